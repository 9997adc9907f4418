"""`follows_unit: true`: after a change of the unit, what is used stays used, and the rest counts in its calendar."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from chalicelib.complaints.deadlines.because import explain
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import Calendar, Term, parse_limit
from chalicelib.policy.worktime.due_times.continued import CalendarChange, continued
from tests.kernel.complaints.deadlines.counting.counted import (
    OFFICE,
    PLANT,
    do,
    due,
    filed,
    local,
    moved,
    policy,
    the_run,
)

FOLLOWS: dict[str, Any] = {"from": "registered", "until": "closed", "calendar": "unit", "follows_unit": True}
FRIDAY = "2026-11-27T10:00+01:00"


@pytest.mark.parametrize(
    ("within", "at", "end"),
    [
        ("8 working hours", "2026-11-27T15:00+01:00", "2026-11-27T19:00"),  # four used by then, four to go
        ("8 working hours", "2026-11-28T05:00+01:00", "2026-11-28T08:00"),  # six on Friday, two from the opening at 6
        ("5 working days", "2026-12-01T12:00+01:00", "2026-12-04T22:00"),  # Monday used; Tuesday to Friday of the plant
        ("5 working days", "2026-11-28T12:00+01:00", "2026-12-02T22:00"),  # none used; Saturday is the first
        ("5 working days", "2026-11-27T18:00+01:00", "2026-12-02T22:00"),  # the day of the start counts nowhere
        ("3 calendar days", "2026-11-29T12:00+01:00", "2026-12-01T00:00"),
        ("1 calendar month", "2026-12-01T12:00+01:00", "2026-12-28T00:00"),
        ("3 days", "2026-11-29T12:00+01:00", "2026-11-30T10:00"),
        ("3 working days including the first day", "2026-11-28T12:00+01:00", "2026-11-29T22:00"),  # Friday used
        ("3 working days including the first day", "2026-11-27T15:00+01:00", "2026-11-29T22:00"),  # Friday of the plant
        ("4 calendar days including the first day", "2026-11-29T12:00+01:00", "2026-12-01T00:00"),
        ("1 calendar month including the first day", "2026-12-01T12:00+01:00", "2026-12-27T00:00"),
        ("1 working day then 2 working days", "2026-11-28T12:00+01:00", "2026-11-30T22:00"),  # Saturday, Sunday, Monday
        ("1 working day then 2 working days", "2026-12-01T12:00+01:00", "2026-12-02T22:00"),  # Monday of the office
        ("4 working hours then 2 working days", "2026-11-28T12:00+01:00", "2026-11-29T22:00"),  # four hours of Friday
    ],
)
def test_what_is_used_stays_used(within: str, at: str, end: str) -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": within}}), FRIDAY)
    moved(life, "north", at, "plant")
    assert due(life, "c") == end


def test_the_part_of_a_second_change_goes_on_too() -> None:
    """Saturday of the plant, then Monday and Tuesday of the office."""
    life = filed(policy({"c": {**FOLLOWS, "within": "1 working day then 2 working days"}}), FRIDAY)
    moved(life, "north", "2026-11-28T12:00+01:00", "plant")
    moved(life, "south", "2026-11-29T12:00+01:00", "")
    assert due(life, "c") == "2026-12-01T17:00"


MOVING = {"last_day": "next working day", "last_day_of": "bank"}
BANKS = {"plant": PLANT, "bank": OFFICE, "moving": {**PLANT, **MOVING}}


@pytest.mark.parametrize(
    ("within", "end"),
    [
        ("2 working days", "2026-11-30T22:00"),  # Saturday and Sunday, on which the bank is closed
        ("1 calendar month", "2026-12-29T00:00"),  # Sunday 27 December
    ],
)
def test_the_new_calendars_other_calendar_moves_the_last_day(within: str, end: str) -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": within}}, calendars=BANKS), FRIDAY)
    moved(life, "north", "2026-11-28T12:00+01:00", "moving")
    assert due(life, "c") == end


@pytest.mark.parametrize(
    ("calendar", "end"),
    [
        ("moving", "2026-11-30T22:00"),  # as before
        ("plant", "2026-11-29T12:00"),  # Saturday is over
        ("bank", "2026-11-30T17:00"),  # closed on Saturday
    ],
)
def test_if_only_the_end_was_moved_the_new_calendar_ends_the_last_day(calendar: str, end: str) -> None:
    """Saturday's end was moved to Monday."""
    under = policy({"c": {**FOLLOWS, "within": "1 working day"}}, calendar={**PLANT, **MOVING}, calendars=BANKS)
    life = filed(under, FRIDAY)
    assert due(life, "c") == "2026-11-30T22:00"
    moved(life, "north", "2026-11-29T12:00+01:00", calendar)
    assert due(life, "c") == end


def test_a_clock_that_does_not_follow_keeps_its_calendar() -> None:
    life = filed(policy({"c": {**FOLLOWS, "follows_unit": False, "within": "5 working days"}}), FRIDAY)
    moved(life, "north", "2026-12-01T12:00+01:00", "plant")
    assert due(life, "c") == "2026-12-04T17:00"


def test_a_month_limit_only_changes_its_last_day() -> None:
    """27 December 2026 is a Sunday: no working day of the office, which lets the end move, and one of the plant."""
    office = {**OFFICE, "last_day": "next working day"}
    plant = {**PLANT, "last_day": "next working day"}
    under = policy({"c": {**FOLLOWS, "within": "1 calendar month"}}, calendar=office, calendars={"plant": plant})
    life = filed(under, FRIDAY)
    assert due(life, "c") == "2026-12-29T00:00"
    moved(life, "north", "2026-12-01T12:00+01:00", "plant")
    assert due(life, "c") == "2026-12-28T00:00"


def test_an_end_that_is_over_in_the_new_calendar_is_due_at_the_change() -> None:
    office = {**OFFICE, "last_day": "next working day"}
    under = policy({"c": {**FOLLOWS, "within": "2 calendar days"}}, calendar=office)
    life = filed(under, FRIDAY)
    assert due(life, "c") == "2026-12-01T00:00"  # Sunday's end moves to Monday
    moved(life, "north", "2026-11-30T12:00+01:00", "plant")
    assert due(life, "c") == "2026-11-30T12:00"


def test_a_second_change_keeps_what_both_calendars_used() -> None:
    """Monday of the office, Tuesday and Wednesday of the plant, then Thursday and Friday of the office again."""
    life = filed(policy({"c": {**FOLLOWS, "within": "5 working days"}}), FRIDAY)
    moved(life, "north", "2026-12-01T12:00+01:00", "plant")
    moved(life, "south", "2026-12-03T12:00+01:00", "")
    assert due(life, "c") == "2026-12-04T17:00"
    assert [(name, local(until)) for name, until in the_run(life, "c").moved] == [
        ("", "2026-12-01T12:00"),
        ("plant", "2026-12-03T12:00"),
    ]


def test_owners_who_change_a_units_calendar_move_no_run() -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": "5 working days", "paused_in": "waiting"}}), FRIDAY)
    life.policy = replace(life.policy, unit_calendar="plant")
    assert do(life, "park", "2026-11-30T10:00+01:00") is None
    assert do(life, "resume", "2026-11-30T11:00+01:00") is None
    assert due(life, "c") == "2026-12-04T17:00"


def test_a_paused_run_goes_on_in_the_new_calendar_when_it_resumes() -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": "8 working hours", "paused_in": "waiting"}}), FRIDAY)
    assert do(life, "park", "2026-11-27T15:00+01:00") is None
    moved(life, "north", "2026-11-28T12:00+01:00", "plant")
    assert the_run(life, "c").due is None
    assert do(life, "resume", "2026-11-29T10:00+01:00") is None
    assert due(life, "c") == "2026-11-29T14:00"


def test_another_limit_counts_what_was_used_in_both_calendars() -> None:
    within = [{"when": {"stage": "registered"}, "limit": "8 working hours"}]
    within.append({"when": {"stage": ["waiting", "over"]}, "limit": "10 working hours"})
    life = filed(policy({"c": {**FOLLOWS, "within": within}}), FRIDAY)
    moved(life, "north", "2026-11-27T15:00+01:00", "plant")
    assert do(life, "park", "2026-11-27T16:00+01:00") is None
    assert due(life, "c") == "2026-11-27T21:00"


def test_a_share_of_the_time_counts_what_was_used() -> None:
    clock = {**FOLLOWS, "within": "8 working hours", "warn": ["25 %", "75 %"]}
    life = filed(policy({"c": clock}), FRIDAY)
    moved(life, "north", "2026-11-27T15:00+01:00", "plant")
    assert [local(warn) for warn in the_run(life, "c").warns] == ["2026-11-27T17:00"]


@pytest.mark.parametrize(
    ("at", "end"), [("2026-11-28T12:00+01:00", "2026-11-28T14:00"), ("2026-11-27T23:00+01:00", "2026-11-28T08:00")]
)
def test_a_start_that_has_not_come_follows_the_new_calendar(at: str, end: str) -> None:
    clock = {**FOLLOWS, "within": "2 working hours", "starts": "next working day"}
    life = filed(policy({"c": clock}), "2026-11-27T18:00+01:00")
    assert due(life, "c") == "2026-11-30T11:00"
    moved(life, "north", at, "plant")
    assert due(life, "c") == end


def test_a_switch_keeps_what_was_used() -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": "8 working hours"}}), FRIDAY)
    moved(life, "north", "2026-11-27T15:00+01:00", "plant")
    new = replace(policy({"c": {**FOLLOWS, "within": "10 working hours"}}), version="2", unit_calendar="plant")
    now = from_text("2026-11-27T16:00+01:00")
    [run] = switching.plan(life.policy, new, life.complaint, SwitchTerms(), [], now).runs
    assert local(run.due) == "2026-11-27T21:00"


def test_a_switch_to_a_clock_that_does_not_follow_counts_in_one_calendar() -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": "8 working hours"}}), FRIDAY)
    moved(life, "north", "2026-11-27T15:00+01:00", "plant")
    new = replace(policy({"c": {**FOLLOWS, "follows_unit": False, "within": "8 working hours"}}), version="2")
    now = from_text("2026-11-27T16:00+01:00")
    [run] = switching.plan(life.policy, new, life.complaint, SwitchTerms(), [], now).runs
    assert (run.moved, local(run.due)) == ([], "2026-11-27T18:00")


@pytest.mark.parametrize(
    ("within", "used"),
    [
        ("8 working hours", {"ms": 4 * 3_600_000}),
        ("5 working days", {"days": 0}),
    ],
)
def test_the_explanation_says_what_was_used_in_which_calendar(within: str, used: dict[str, int]) -> None:
    under = policy({"c": {**FOLLOWS, "within": within}})
    life = filed(under, FRIDAY)
    at = "2026-11-27T15:00+01:00" if "ms" in used else "2026-11-28T12:00+01:00"
    moved(life, "north", at, "plant")
    shown = explain(life.policy, the_run(life, "c"), "1")
    [one] = shown.used or []
    assert (one.calendar, local(from_text(one.until))) == ("calendar", at[:16])
    assert {"ms": one.ms} == used or {"days": one.days} == used
    assert shown.rule.calendar == "plant"
    assert "on the calendar “calendar”" in shown.text["en"]
    assert "按日历“calendar”计算" in shown.text["zh"]


def test_the_explanation_of_limits_in_turn_says_which_part_used_it() -> None:
    life = filed(policy({"c": {**FOLLOWS, "within": "8 working hours then 1 day"}}), FRIDAY)
    moved(life, "north", "2026-11-27T15:00+01:00", "plant")
    assert due(life, "c") == "2026-11-28T19:00"
    first, then = explain(life.policy, the_run(life, "c"), "1").parts or []
    assert [one.ms for one in first.used or []] == [4 * 3_600_000]
    assert (local(from_text(then.start)), then.used) == ("2026-11-27T19:00", UNSET)


def test_a_change_of_the_time_zone_counts_dates() -> None:
    """From Friday in Berlin, two days by the change on Monday morning in Tokyo, and three days of Tokyo."""
    berlin, tokyo = Calendar.parse(PLANT), Calendar.parse({**PLANT, "timezone": "Asia/Tokyo"})
    term = Term(berlin, parse_limit("5 calendar days"), from_text(FRIDAY))
    found = continued(term, CalendarChange(from_text("2026-11-30T08:00+09:00"), tokyo, "berlin"))
    assert found.due().due == from_text("2026-12-03T00:00+09:00")
    month = Term(berlin, parse_limit("1 month"), from_text(FRIDAY))
    later = continued(month, CalendarChange(from_text("2026-11-30T08:00+09:00"), tokyo, "berlin"))
    assert later.due().due == from_text("2026-12-27T10:00+01:00")
