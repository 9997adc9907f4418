"""Clocks, tiers and limitations on calendars of their own, limits that start at 24:00, and due times beyond 2099."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest
from chalicelib.complaints.runs import from_json
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import DAY, from_text, to_text
from chalicelib.kit.problem import Problem
from tests.kernel.complaints import one_person, play
from tests.kernel.complaints.one_person import ANN
from tests.kernel.complaints.play import Life

OFFICE = {"timezone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}}
PLANT = {"timezone": "Europe/Berlin", "hours": {"mon-sun": ["00:00-24:00"]}}
FRIDAY = from_text("2026-11-27T16:00:00+01:00")
SATURDAY = from_text("2026-11-28T12:00:00+01:00")


policy = partial(one_person.policy, OFFICE, PLANT)


def dues(life: Life) -> dict[str, str]:
    return {run.clock: to_text(run.due) for run in life.complaint.runs if run.due is not None}


def clock(**keys: Any) -> dict[str, Any]:
    return {"from": "registered", "until": "decided", "within": "10 working hours", **keys}


def test_a_clock_counts_on_the_calendar_that_it_names() -> None:
    life = play.filed(policy(clocks={"here": clock(), "there": clock(calendar="plant")}), Filing("a"), FRIDAY)
    assert dues(life) == {"here": "2026-12-01T09:00:00.000Z", "there": "2026-11-28T01:00:00.000Z"}


@pytest.mark.parametrize(("named", "in_time"), [({}, "yes"), ({"calendar": "plant"}, "no")])
def test_a_limitation_counts_on_the_calendar_that_it_names(named: dict[str, str], in_time: str) -> None:
    """From a Friday to the next: five working days of the office, and seven of the plant."""
    intake = {
        "channels": ["a"],
        "unit": "optional",
        "facts": {"bought": {"en": "Bought", "kind": "time", "required": True}},
        "limitation": {"within": "5 working days", "latest": "bought", **named},
    }
    filing = Filing("a", facts={"bought": to_text(FRIDAY - 7 * DAY)})
    assert play.filed(policy(intake=intake), filing, FRIDAY).complaint.flags["in_time"] == in_time


def test_hours_are_those_of_the_clocks_own_calendar() -> None:
    within = [
        {"when": {"hours": hours}, "limit": limit} for hours, limit in (("open", "1 hour"), ("closed", "2 hours"))
    ]
    document = policy(clocks={"here": clock(within=within), "there": clock(within=within, calendar="plant")})
    assert dues(play.filed(document, Filing("a"), SATURDAY)) == {
        "here": "2026-11-28T13:00:00.000Z",
        "there": "2026-11-28T12:00:00.000Z",
    }


def test_a_tier_without_a_limit_counts_on_the_missed_clocks_calendar() -> None:
    life = play.filed(policy(clocks={"there": clock(calendar="plant")}), Filing("a"), FRIDAY)
    life.wait(from_text("2026-11-28T02:30:00+01:00"))
    assert to_text(life.complaint.runs[0].next or 0) == "2026-11-28T11:00:00.000Z"


def test_a_tier_with_a_limit_counts_on_the_policys_calendar() -> None:
    """The plant's clock is missed on Saturday; the office opens on Monday."""
    tiers = [{"roles": "ann"}, {"roles": "ann", "within": "2 working hours"}]
    life = play.filed(policy(clocks={"there": clock(calendar="plant")}, tiers=tiers), Filing("a"), FRIDAY)
    life.wait(from_text("2026-11-28T02:30:00+01:00"))
    assert to_text(life.complaint.runs[0].next or 0) == "2026-11-30T10:00:00.000Z"


def test_a_tier_with_a_limit_may_name_a_calendar() -> None:
    tiers = [{"roles": "ann"}, {"roles": "ann", "within": "2 working hours", "calendar": "plant"}]
    life = play.filed(policy(clocks={"here": clock()}, tiers=tiers), Filing("a"), FRIDAY)
    life.wait(from_text("2026-12-01T10:00:00+01:00"))
    assert to_text(life.complaint.runs[0].next or 0) == "2026-12-01T11:00:00.000Z"


@pytest.mark.parametrize(("chosen", "due"), [("", "2026-12-01"), ("plant", "2026-11-28"), ("gone", "2026-12-01")])
def test_a_clock_on_its_units_calendar_follows_the_owners_choice(chosen: str, due: str) -> None:
    document = replace(policy(clocks={"c": clock(calendar="unit")}), unit_calendar=chosen)
    assert dues(play.filed(document, Filing("a", unit="north"), FRIDAY))["c"].startswith(due)


@pytest.mark.parametrize(
    ("named", "calendars", "kept"),
    [
        ("unit", {"plant": PLANT}, "plant"),
        ("unit", {"works": PLANT}, "works"),
        ("works", {"plant": PLANT, "works": PLANT}, "works"),
    ],
    ids=["its unit's", "gone", "another clock's"],
)
def test_a_run_on_its_units_calendar_keeps_it_at_a_switch_if_it_still_exists(
    named: str, calendars: dict[str, Any], kept: str
) -> None:
    """Meanwhile the owners have chosen another calendar for the unit."""
    old = replace(policy(clocks={"c": clock(calendar="unit")}), unit_calendar="plant")
    life = play.filed(old, Filing("a", unit="north"), FRIDAY)
    new = replace(policy(clocks={"c": clock(calendar=named)}, calendars=calendars), version="2", unit_calendar="works")
    [run] = switching.plan(old, new, life.complaint, SwitchTerms(), [], FRIDAY).runs
    assert run.calendar == kept


def test_the_tier_after_a_miss_at_24_00_counts_from_the_day_that_ended() -> None:
    """Thursday 24:00: `1 working day` ends on Friday."""
    tiers = [{"roles": "ann"}, {"roles": "ann", "within": "1 working day"}]
    document = policy(clocks={"c": clock(within="1 calendar day")}, tiers=tiers)
    life = play.filed(document, Filing("a"), from_text("2026-11-25T10:00:00+01:00"))
    life.wait(from_text("2026-11-27T00:00:00+01:00"))
    assert to_text(life.complaint.runs[0].next or 0) == "2026-11-27T16:00:00.000Z"


def test_a_clock_that_time_starts_at_24_00_counts_from_the_day_that_ended() -> None:
    clocks = {
        "c": clock(within="1 calendar day", missed={"act": "reply"}),
        "after": {"from": "replied", "until": "decided", "within": "1 working day", "missed": "record"},
    }
    life = play.filed(policy(clocks=clocks), Filing("a"), from_text("2026-11-25T10:00:00+01:00"))
    life.wait(from_text("2026-11-27T00:00:00+01:00"))
    assert dues(life)["after"] == "2026-11-27T16:00:00.000Z"


def test_a_filing_whose_limit_would_end_after_2099_is_refused() -> None:
    with pytest.raises(Problem, match="after 2099"):
        play.filed(
            policy(clocks={"c": clock(within="2 calendar years")}), Filing("a"), from_text("2098-12-30T10:00:00Z")
        )


def test_a_run_that_time_starts_beyond_2099_is_never_due_and_provisional() -> None:
    clocks = {
        "c": clock(within="1 calendar day", missed={"act": "reply"}),
        "after": {"from": "replied", "until": "decided", "within": "2 calendar years", "missed": "record"},
    }
    life = play.filed(policy(clocks=clocks), Filing("a"), from_text("2098-12-30T10:00:00Z"))
    life.wait(from_text("2099-12-30T10:00:00Z"))
    after = next(run for run in life.complaint.runs if run.clock == "after")
    assert (after.due, after.next, after.provisional) == (None, None, True)
    assert life.act(ActRequest("decide"), ANN, from_text("2099-12-30T11:00:00Z")) is None
    assert from_json(life.commits[-1][-1].result.clocks[-1]).state == "met"
