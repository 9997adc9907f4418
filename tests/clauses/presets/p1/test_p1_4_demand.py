"""P1.4 `platform`: a demand says what is wanted and why, and ends when the files that it names are sealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    RECEIVED,
    accepted,
    demanded,
    linked,
    reopened,
    reopened_elsewhere,
)
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import PDF

SAID = [("需要提供的材料", ASKED_FOR["wanted"]), ("需要该材料的原因", ASKED_FOR["why"])]


def outside(marketplace: Organisation) -> str:
    return accepted(marketplace, unit=None)


def enclosed(marketplace: Organisation, number: str) -> list[tuple[str, str]]:
    """In the newest message to the respondent."""
    marketplace.world.settle()
    found = next(one for one in marketplace.get("/messages", "seller")["messages"] if one["number"] == number)
    return [(one["label"]["zh"], one["text"]["zh"]) for one in found["enclosed"]]


@pytest.mark.parametrize("field", list(ASKED_FOR))
@pytest.mark.parametrize(
    ("at", "who"),
    [(accepted, "handler"), (outside, "handler"), (reopened, "second"), (reopened_elsewhere, "second")],
)
def test_p1_4_a_demand_without_what_is_wanted_or_why_is_refused(
    marketplace: Organisation, at: Callable[[Organisation], str], who: str, field: str
) -> None:
    number = at(marketplace)
    fields = ASKED if marketplace.complaint(number)["stage"].endswith("inquiring") else ASKED_FOR

    answer = marketplace.try_act(number, who, "demand_evidence", **{**fields, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize(("at", "who"), [(accepted, "handler"), (reopened, "second")])
def test_p1_4_the_message_to_the_respondent_says_what_is_wanted_and_why(
    marketplace: Organisation, at: Callable[[Organisation], str], who: str
) -> None:
    number = at(marketplace)

    marketplace.act(number, who, "demand_evidence", **ASKED_FOR)

    assert enclosed(marketplace, number) == SAID


def test_p1_4_outside_the_system_the_page_of_the_demand_says_it(marketplace: Organisation) -> None:
    number = outside(marketplace)
    marketplace.act(number, "handler", "demand_evidence", **ASKED)
    event = marketplace.events(number, type_="evidence_demanded")[-1]["id"]

    path = f"{marketplace.path}/complaints/{event.replace('/', '/demands/')}"
    found = marketplace.world.call("GET", path, auth=linked(marketplace, number)).json["said"]

    assert [one for one in SAID if one not in [(each["name"]["zh"], each["text"]) for each in found]] == []


def test_p1_4_the_message_about_what_staff_recorded_says_what_it_was(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)

    assert enclosed(marketplace, number) == [("收到的答复和证据材料", RECEIVED["received"])]


def test_p1_4_a_demand_for_several_kinds_ends_when_a_file_of_each_is_sealed(marketplace: Organisation) -> None:
    number = accepted(marketplace)
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR, kinds=["screenshot", "transaction"])

    given(marketplace, number, "screenshot", auth=marketplace.auth("seller"))
    begun = marketplace.events(number, type_="evidence_received")
    given(marketplace, number, "transaction", PDF + b"second", auth=marketplace.auth("seller"))

    assert (begun, len(marketplace.events(number, type_="evidence_received"))) == ([], 1)
