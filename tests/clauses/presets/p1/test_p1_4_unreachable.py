"""P1.4 `platform`: a respondent whom the system cannot reach is asked in another way, which is on record."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import ASKED, DECISION, accepted, asked_otherwise, demanded, unit
from tests.clauses.organisation import Organisation

FOUND = {"findings": "属实。"}
LATER = "2026-12-20T09:00:00+08:00"


def outside(marketplace: Organisation) -> str:
    return accepted(marketplace, unit=None)


def without_account(marketplace: Organisation) -> str:
    return accepted(marketplace, unit=unit(marketplace, "shop"))


def test_p1_4_nobody_counts_as_silent_who_was_not_reached(marketplace: Organisation) -> None:
    number = outside(marketplace)
    marketplace.act(number, "handler", "demand_evidence")

    marketplace.world.move_to(LATER)

    assert [event["fields"]["of"] for event in marketplace.events(number, type_="demand_lapsed")] == ["complainant"]
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


def test_p1_4_the_handler_passes_on_the_link_of_a_demand(marketplace: Organisation) -> None:
    number = outside(marketplace)

    marketplace.act(number, "handler", "demand_evidence")

    text = f"投诉 {number} 的被投诉方不在系统内，请将举证链接转交被投诉方，并记录要求举证的方式和答复情况。"
    assert marketplace.told("handler", number)[:1] == [text]


def test_p1_4_what_the_handler_asked_and_what_came_back_is_on_record(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)

    [event] = [event for event in marketplace.events(number, type_="notified") if event.get("act") == "notify"]
    assert marketplace.get(f"/complaints/{number}/record", "handler")["values"][event["id"]] == ASKED
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


@pytest.mark.parametrize("field", list(ASKED))
def test_p1_4_the_record_says_how_the_respondent_was_asked_and_what_came_back(
    marketplace: Organisation, field: str
) -> None:
    answer = marketplace.try_act(outside(marketplace), "handler", "notify", **{**ASKED, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p1_4_handler_and_owner_hear_that_the_respondent_was_not_reached(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)

    text = f"投诉 {number} 的被投诉方无法通过系统联系，要求其提供证据的方式和答复情况已记录。"
    assert [marketplace.told(who, number)[0] for who in ("handler", "owner")] == [text] * 2


def test_p1_4_nothing_is_decided_before_a_respondent_outside_the_system_was_asked(marketplace: Organisation) -> None:
    answer = marketplace.try_act(outside(marketplace), "handler", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p1_5_nothing_is_decided_about_a_respondent_outside_before_the_verification(
    marketplace: Organisation,
) -> None:
    number = outside(marketplace)
    marketplace.act(number, "handler", "notify", **ASKED)

    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


def test_p1_4_the_unit_without_an_account_is_no_recipient_of_a_demand(marketplace: Organisation) -> None:
    answer = marketplace.try_act(without_account(marketplace), "handler", "demand_evidence")

    assert (answer.status, answer.pointer) == (422, "/fields/of")


def test_p1_4_the_director_confirms_that_a_unit_cannot_be_reached(marketplace: Organisation) -> None:
    number = without_account(marketplace)
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.act(number, "handler", "notify", **ASKED)
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409

    [proposal] = marketplace.complaint(number, "director")["proposals"]
    marketplace.act(number, "director", "approve", proposal=proposal["proposal"])

    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_a_demand_to_a_unit_is_not_skipped_without_the_director(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    marketplace.act(number, "handler", "notify", **ASKED)

    assert marketplace.complaint(number)["stage"] == "investigating"
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


@pytest.mark.parametrize("who", ["screener", "director", "archivist", "complainant"])
@pytest.mark.parametrize(("act", "fields"), [("notify", ASKED), ("decide", DECISION), ("inspect", FOUND)])
def test_p1_4_only_the_assigned_handler_investigates(
    marketplace: Organisation, act: str, fields: dict[str, str], who: str
) -> None:
    assert marketplace.try_act(asked_otherwise(marketplace), who, act, **fields).status == 403


def test_p1_4_there_is_no_demand_from_anybody_else(marketplace: Organisation) -> None:
    answer = marketplace.try_act(outside(marketplace), "handler", "demand_evidence", of="witness")

    assert (answer.status, answer.pointer) == (422, "/fields/of")
