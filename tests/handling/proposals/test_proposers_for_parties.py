"""Approving what a member recorded for the complainant: the member must still be allowed to speak for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, document

ACTS: dict[str, Any] = {"withdraw": {"by": "complainant", "to": "done", "approval": {"by": "reviewer"}}}
"""Of the people of the organisation, no one may withdraw a complaint in their own name."""


@pytest.fixture
def office() -> Organisation:
    made = council(ACTS, intake={**document({})["intake"], "unit": "optional"})
    for unit in ("north", "south"):
        ask(made, "POST", "/units", {"id": unit, "name": unit})
    return made


def ask(office: Organisation, method: str, path: str, body: Any) -> None:
    answer = office.world.call(method, office.path + path, body, auth=office.auth("owner"))
    assert answer.status < 300, answer.text


def withdrawn_for_the_complainant(office: Organisation) -> str:
    """A complaint about unit `north` that awaits the approval of its withdrawal, as `second` recorded it."""
    number = office.file(unit="north")
    body = {"fields": {}, "on_behalf_of": "complainant"}
    path = f"{office.path}/complaints/{number}/acts/withdraw"
    answer = office.world.call("POST", path, body, auth=office.auth("second"))
    assert (answer.status, answer.json["stage"]) == (200, "open"), answer.text
    return number


def regrant(office: Organisation, unit: str) -> None:
    ask(office, "PUT", f"/people/{office.subs['second']}", {"grants": [{"role": "officer", "unit": unit}]})


def test_what_a_member_recorded_for_the_complainant_can_be_approved(office: Organisation) -> None:
    number = withdrawn_for_the_complainant(office)

    assert office.act(number, "reviewer", "approve")["stage"] == "done"

    [event] = office.events(number, "reviewer", "proposed")
    assert (event["actor"]["id"], event["actor"]["on_behalf_of"]) == (office.subs["second"], "complainant")


def test_it_can_be_approved_while_a_grant_of_the_member_covers_the_unit(office: Organisation) -> None:
    number = withdrawn_for_the_complainant(office)
    regrant(office, "north")

    assert office.act(number, "reviewer", "approve")["stage"] == "done"


def test_it_cannot_be_approved_when_no_grant_of_the_member_covers_the_unit(office: Organisation) -> None:
    number = withdrawn_for_the_complainant(office)
    regrant(office, "south")

    answer = office.try_act(number, "reviewer", "approve")

    assert (answer.status, answer.problem) == (409, "proposer-gone"), answer.text
    assert office.complaint(number, "reviewer")["stage"] == "open"
