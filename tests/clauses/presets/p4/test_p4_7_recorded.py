"""P4.7: a complainant replaces a rating that a member recorded for them, before and after the closing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.hall import DECISION, decided
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import advance, skip_to
from tests.helpers.fakes.client import Answer

RATED = "投诉 {}：投诉人已作出评价。"


def try_rate_for(hall: Organisation, number: str, who: str = "reception") -> Answer:
    """A member records what the complainant says."""
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}
    return hall.world.call("POST", f"{hall.path}/complaints/{number}/acts/rate", body, auth=hall.auth(who))


def recorded(hall: Organisation, *, closes: bool) -> str:
    """A rating that reception recorded a day after the decision."""
    number = decided(hall)
    hall.world.move_to("2026-11-28T09:00:00+08:00")
    assert try_rate_for(hall, number).status == 200
    if closes:
        hall.act(number, "reception", "close", summary="已评价。")
    return number


@pytest.mark.parametrize("closes", [False, True])
def test_p4_7_a_complainant_replaces_a_rating_that_was_recorded_for_them(hall: Organisation, closes: bool) -> None:
    number = recorded(hall, closes=closes)
    before = {who: len(hall.told(who, number)) for who in ("investigator", "reception")}

    hall.act(number, "complainant", "rate", rating="dissatisfied", comment="未改进。")

    last = hall.events(number, type_="rated")[-1]
    assert last["fields"]["rating"] == "dissatisfied"
    values = hall.get(f"/complaints/{number}/record", "reception")["values"][last["id"]]
    assert values == {"comment": "未改进。"}
    for who, count in before.items():
        assert len(hall.told(who, number)) == count + 1
        assert hall.told(who, number)[0] == RATED.format(number)


@pytest.mark.parametrize("closes", [False, True])
def test_p4_7_a_replaced_rating_needs_a_rating(hall: Organisation, closes: bool) -> None:
    number = recorded(hall, closes=closes)

    answer = hall.try_act(number, "complainant", "rate", comment="未改进。")

    assert (answer.status, answer.pointer) == (422, "/fields/rating")


@pytest.mark.parametrize("closes", [False, True])
def test_p4_7_a_rating_is_replaced_once(hall: Organisation, closes: bool) -> None:
    number = recorded(hall, closes=closes)
    hall.act(number, "complainant", "rate", rating="dissatisfied")

    assert "rate" not in hall.complaint(number)["acts"]
    assert hall.try_act(number, "complainant", "rate", rating="satisfied").problem == "act-not-open"


@pytest.mark.parametrize("closes", [False, True])
@pytest.mark.parametrize("who", ["reception", "second", "investigator"])
def test_p4_7_no_member_replaces_a_rating(hall: Organisation, who: str, closes: bool) -> None:
    hire(hall, "reception", name="second")
    number = recorded(hall, closes=closes)

    assert try_rate_for(hall, number, who).status in (403, 409)

    assert len(hall.events(number, type_="rated")) == 1


@pytest.mark.parametrize("stage", ["rated", "closed", "archived"])
@pytest.mark.parametrize("who", ["reception", "director"])
def test_p4_7_no_member_records_a_rating_after_the_complainants_own(hall: Organisation, who: str, stage: str) -> None:
    number = decided(hall)
    hall.world.move_to("2026-11-28T09:00:00+08:00")
    hall.act(number, "complainant", "rate", rating="dissatisfied")
    for act in {"rated": (), "closed": ("close",), "archived": ("close", "archive")}[stage]:
        hall.act(number, "reception", act, **({"summary": "已评价。"} if act == "close" else {}))

    answer = try_rate_for(hall, number, who)

    assert (answer.status, answer.problem, answer.pointer) == (409, "act-not-open", "/on_behalf_of")
    assert [one["fields"]["rating"] for one in hall.events(number, type_="rated")] == ["dissatisfied"]


def test_p4_7_nor_of_the_next_decision(hall: Organisation) -> None:
    number = rated_late_and_decided_again(hall)

    assert try_rate_for(hall, number).pointer == "/on_behalf_of"


def rated_late_and_decided_again(hall: Organisation) -> str:
    """The complainant rated in person after the closing, and asked for more."""
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    hall.act(number, "complainant", "rate", rating="dissatisfied")
    advance(hall.world, "1 day")
    hall.act(number, "complainant", "reopen")
    hall.act(number, "investigator", "inspect", findings="仍未增设窗口。")
    hall.act(number, "investigator", "decide", **DECISION)
    advance(hall.world, "1 day")
    return number


def test_p4_7_the_complainant_rates_the_next_decision_in_person(hall: Organisation) -> None:
    number = rated_late_and_decided_again(hall)

    assert hall.act(number, "complainant", "rate", rating="satisfied")["stage"] == "rated"


@pytest.mark.parametrize("stage", ["closed", "archived"])
def test_p4_7_a_late_rating_is_recorded_and_reopens_nothing(hall: Organisation, stage: str) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    if stage == "archived":
        hall.act(number, "reception", "archive")

    answer = hall.act(number, "complainant", "rate", rating="satisfied", comment="已改进。")

    assert (answer["stage"], hall.events(number, type_="reopened")) == (stage, [])
    [event] = hall.events(number, type_="rated")
    assert event["fields"]["rating"] == "satisfied"
    for who in ("investigator", "reception"):
        assert hall.told(who, number)[0] == RATED.format(number)


def test_p4_7_a_late_rating_in_the_archive_owes_nothing(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    hall.act(number, "reception", "archive")

    hall.act(number, "complainant", "rate", rating="satisfied")

    assert [one for one in deadlines_of(hall, number) if one["state"] == "running"] == []


def test_p4_7_the_complainant_can_still_ask_for_more_after_a_late_rating(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])

    hall.act(number, "complainant", "rate", rating="dissatisfied")

    assert hall.act(number, "complainant", "reopen")["stage"] == "investigating"


def deadlines_of(hall: Organisation, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]
    return found


def test_p4_7_while_the_centre_investigates_again_no_answer_is_awaited(hall: Organisation) -> None:
    number = decided(hall)
    hall.world.move_to(hall.deadline(number, "silence")["due"])

    hall.act(number, "complainant", "reopen")

    deadlines = hall.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    running = {one["clock"] for one in deadlines if one["state"] == "running"}
    assert "decision" in running
    assert not running & {"reminder", "silence"}


def test_p4_7_after_a_late_answer_too_the_complainant_replaces_a_recorded_rating(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    hall.act(number, "complainant", "reopen")
    hall.act(number, "investigator", "inspect", findings="仍未增设窗口。")
    hall.act(number, "investigator", "decide", **DECISION)
    advance(hall.world, "1 day")
    assert try_rate_for(hall, number).status == 200
    hall.act(number, "reception", "close", summary="已评价。")

    assert hall.try_act(number, "complainant", "rate", rating="dissatisfied").status == 200
