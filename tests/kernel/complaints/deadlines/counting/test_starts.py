"""`starts: next working day`: a start outside working time counts as the opening of the next working day."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import filing, late_filing
from chalicelib.complaints.deadlines.because import explain
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import from_text, to_text
from chalicelib.policy.worktime import explaining
from tests.kernel.complaints.deadlines.counting.counted import OFFICE, do, due, filed, local, policy, the_run

NEXT: dict[str, Any] = {"from": "registered", "until": ["replied", "closed"], "starts": "next working day"}


@pytest.mark.parametrize(
    ("at", "begins", "end"),
    [
        ("2026-11-27T08:00+01:00", "", "2026-11-27T11:00"),  # before the opening of a Friday: as without the key
        ("2026-11-27T12:30+01:00", "", "2026-11-27T15:00"),  # in its lunch break
        ("2026-11-27T16:59+01:00", "", "2026-11-30T10:59"),
        ("2026-11-27T17:00+01:00", "2026-11-30T09:00", "2026-11-30T11:00"),
        ("2026-11-28T10:00+01:00", "2026-11-30T09:00", "2026-11-30T11:00"),
    ],
)
def test_a_start_outside_working_time_counts_as_the_next_opening(at: str, begins: str, end: str) -> None:
    life = filed(policy({"c": {**NEXT, "within": "2 working hours"}}), at)
    run = the_run(life, "c")
    assert (local(run.started), local(run.begins), local(run.due)) == (at[:16], begins, end)


@pytest.mark.parametrize(("starts", "end"), [({}, "2026-11-30T17:00"), (NEXT, "2026-12-01T17:00")])
def test_the_day_of_that_opening_is_the_day_of_the_start(starts: dict[str, Any], end: str) -> None:
    """Filed on a Saturday. Monday is not counted, as the day of a start is not."""
    clock = {"from": "registered", "until": ["replied", "closed"], **starts, "within": "1 working day"}
    assert due(filed(policy({"c": clock}), "2026-11-28T10:00+01:00"), "c") == end


def test_a_working_day_that_ends_at_midnight_is_over_at_its_last_closing() -> None:
    clock = {**NEXT, "within": "1 working day"}
    life = filed(policy({"c": clock}, calendar={**OFFICE, "day_ends": "midnight"}), "2026-11-27T20:00+01:00")
    assert local(the_run(life, "c").begins) == "2026-11-30T09:00"


def test_the_calendar_that_moves_the_last_day_moves_no_start() -> None:
    """The plant is open on Saturdays: the start is Monday's opening all the same, and the last day stays Saturday."""
    moving = {**OFFICE, "last_day": "next working day", "last_day_of": "plant"}
    life = filed(policy({"c": {**NEXT, "within": "5 calendar days"}}, calendar=moving), "2026-11-28T10:00+01:00")
    assert (local(the_run(life, "c").begins), due(life, "c")) == ("2026-11-30T09:00", "2026-12-06T00:00")


def test_elapsed_time_counts_from_that_opening_too() -> None:
    life = filed(policy({"c": {**NEXT, "within": "24 hours"}}), "2026-11-28T10:00+01:00")
    assert due(life, "c") == "2026-12-01T09:00"


def test_the_run_can_be_met_before_its_start() -> None:
    life = filed(policy({"c": {**NEXT, "within": "2 working hours"}}), "2026-11-28T10:00+01:00")
    assert the_run(life, "c").state == "running"
    assert do(life, "reply", "2026-11-28T11:00+01:00") is None
    assert life.events[-1].result["clocks"][0]["state"] == "met"


def test_hours_are_those_of_the_event() -> None:
    within = [{"when": {"hours": "open"}, "limit": "1 hour"}, {"when": {"hours": "closed"}, "limit": "3 hours"}]
    life = filed(policy({"c": {**NEXT, "within": within}}), "2026-11-28T10:00+01:00")
    assert (the_run(life, "c").hours, due(life, "c")) == ("closed", "2026-11-30T12:00")


def test_a_pause_before_that_opening_takes_nothing_away() -> None:
    life = filed(policy({"c": {**NEXT, "within": "2 working hours", "paused_in": "waiting"}}), "2026-11-28T10:00+01:00")
    assert do(life, "park", "2026-11-28T11:00+01:00") is None
    assert do(life, "resume", "2026-11-28T20:00+01:00") is None
    assert due(life, "c") == "2026-11-30T11:00"


def test_a_warning_comes_after_that_opening() -> None:
    clock = {**NEXT, "within": "4 working hours", "warn": ["50 %", "20 hours before"]}
    life = filed(policy({"c": clock}), "2026-11-28T10:00+01:00")
    assert [local(warn) for warn in the_run(life, "c").warns] == ["2026-11-30T11:00"]


def test_what_time_starts_at_24_00_is_not_moved() -> None:
    """Missed on Friday at 24:00; without that rule, Saturday's start would count as Monday's opening."""
    clocks = {
        "c": {"from": "registered", "until": "closed", "within": "1 calendar day", "missed": {"act": "reply"}},
        "after": {**NEXT, "from": "replied", "until": "closed", "within": "1 working day", "missed": "record"},
    }
    life = filed(policy(clocks), "2026-11-26T10:00+01:00")
    life.wait(from_text("2026-11-28T00:00+01:00"))
    assert (the_run(life, "after").begins, due(life, "after")) == (None, "2026-11-30T17:00")


@pytest.mark.parametrize(
    ("on", "begins"),
    [("2026-11-27", ""), ("2026-11-28", "2026-11-30T09:00"), ("2026-11-29", "2026-11-30T09:00")],
)
def test_a_date_is_moved_only_from_a_closed_day(on: str, begins: str) -> None:
    clock = {"from": {"fact": "complained_on"}, "until": "closed", "within": "3 working days", "starts": NEXT["starts"]}
    life = filed(policy({"c": clock}), "2026-11-30T10:00+01:00", complained_on=on)
    assert local(the_run(life, "c").begins) == begins


def test_a_time_of_receipt_is_moved_too() -> None:
    under, now = policy({"c": {**NEXT, "within": "2 working days"}}), from_text("2026-11-30T12:00+01:00")
    receipt = late_filing.check(under, to_text(from_text("2026-11-28T10:00+01:00")), {}, now)
    accepted = filing.check(under, Filing("a"), now, arrival=receipt)
    clerk = Actor("staff", "ann", "ann", on_behalf_of="complainant")
    [run] = filing.register(under, accepted, number="1", receipt="", actor=clerk, now=now).complaint.runs
    assert (local(run.started), local(run.begins)) == ("2026-11-28T10:00", "2026-11-30T09:00")


def test_the_explanation_shows_the_event_and_the_opening() -> None:
    under = policy({"c": {**NEXT, "within": "2 working hours"}})
    run = the_run(filed(under, "2026-11-28T10:00+01:00"), "c")
    shown = explain(under, run, "1")
    assert (shown.event_at, shown.start) == ("2026-11-28T09:00:00.000Z", "2026-11-30T08:00:00.000Z")
    for language in ("zh", "en"):
        assert explaining.due_text(under.calendar, run.started, language) in shown.text[language]
        assert explaining.due_text(under.calendar, run.begins or 0, language) in shown.text[language]
