"""`from: {fact: …}`: a run starts at the registration and counts from a fact of the filing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import from_text
from tests.kernel.complaints.deadlines.counting.counted import do, due, filed, local, policy, the_run

ON: dict[str, Any] = {"from": {"fact": "complained_on"}, "until": ["replied", "closed"]}
AT: dict[str, Any] = {"from": {"fact": "complained_at"}, "until": ["replied", "closed"]}
NOW = "2026-11-27T10:00+01:00"


@pytest.mark.parametrize(
    ("clock", "facts", "end"),
    [
        (ON, {"complained_on": "2026-11-23"}, "2026-12-04T00:00"),  # ten calendar days after Monday 23 November
        (AT, {"complained_at": "2026-11-23T15:00:00+01:00"}, "2026-12-04T00:00"),
        (AT, {"complained_at": "2026-11-24T00:00:00+01:00"}, "2026-12-05T00:00"),  # of the day that begins
    ],
)
def test_it_counts_from_the_day_of_the_fact(clock: dict[str, Any], facts: dict[str, str], end: str) -> None:
    assert due(filed(policy({"c": {**clock, "within": "10 calendar days"}}), NOW, **facts), "c") == end


FIRST = "10 calendar days including the first day"


@pytest.mark.parametrize(
    ("clock", "facts", "end"),
    [
        (ON, {"complained_on": "2026-11-23"}, "2026-12-03T00:00"),
        (AT, {"complained_at": "2026-11-23T15:00:00+01:00"}, "2026-12-03T00:00"),
        (AT, {"complained_at": "2026-11-24T00:00:00+01:00"}, "2026-12-04T00:00"),
    ],
)
def test_the_day_of_the_fact_can_be_the_first(clock: dict[str, Any], facts: dict[str, str], end: str) -> None:
    assert due(filed(policy({"c": {**clock, "within": FIRST}}), NOW, **facts), "c") == end


def test_a_date_stays_the_first_day_if_a_newer_version_counts_from_another_start() -> None:
    life = filed(policy({"c": {**ON, "within": FIRST}}), NOW, complained_on="2026-11-23")
    new = replace(policy({"c": {**ON, "from": "registered", "within": FIRST}}), version="2")
    [run] = switching.plan(life.policy, new, life.complaint, SwitchTerms(), [], from_text(NOW)).runs
    assert local(run.due) == "2026-12-03T00:00"


def test_a_total_that_includes_the_first_day_begins_with_a_date() -> None:
    extend = {"extend": {"by": "ann", "needs": ["clock"], "takes": ["until"], "most_total": FIRST}}
    life = filed(policy({"c": {**ON, "within": "6 calendar days"}}, extend), NOW, complained_on="2026-11-23")
    assert do(life, "extend", NOW, clock="c", until="2026-12-03T00:01+01:00") == "invalid"
    assert do(life, "extend", NOW, clock="c", until="2026-12-02T10:00+01:00") is None
    assert do(life, "extend", NOW, clock="c", until="2026-12-03T00:01+01:00") == "invalid"
    assert do(life, "extend", NOW, clock="c", until="2026-12-03T00:00+01:00") is None


def test_a_date_is_its_24_00_for_limits_in_hours() -> None:
    assert due(filed(policy({"c": {**ON, "within": "96 hours"}}), NOW, complained_on="2026-11-23"), "c") == (
        "2026-11-28T00:00"
    )


def test_without_the_fact_no_run_starts() -> None:
    assert filed(policy({"c": {**ON, "within": "10 calendar days"}}), NOW).complaint.runs == []


def test_what_is_late_already_is_recorded_with_the_filing() -> None:
    """Due at the end of Wednesday, filed on Friday. The next tier counts from the filing."""
    life = filed(policy({"c": {**ON, "within": "2 calendar days", "warn": "50 %"}}), NOW, complained_on="2026-11-23")
    late = [(event.type, event.at, event.due_at) for event in life.events if event.due_at is not None]
    filing, end = "2026-11-27T09:00:00.000Z", "2026-11-25T23:00:00.000Z"
    assert late == [("missed", filing, end), ("escalated", filing, end)]
    assert local(the_run(life, "c").next) == "2026-11-30T00:00"


def test_of_the_warnings_before_the_filing_only_the_last_is_given() -> None:
    clock = {**ON, "within": "10 calendar days", "warn": ["90 %", "30 %", "10 %", "20 %"]}
    life = filed(policy({"c": clock}), NOW, complained_on="2026-11-23")
    assert [event.due_at for event in life.events if event.type == "warned"] == ["2026-11-26T23:00:00.000Z"]
    assert [local(warn) for warn in the_run(life, "c").warns] == ["2026-12-03T00:00"]


def test_a_pause_of_the_first_stage_begins_with_the_registration() -> None:
    clock = {**ON, "within": "10 calendar days", "paused_in": "registered"}
    life = filed(policy({"c": clock}), NOW, complained_on="2026-11-23")
    assert [[local(one) for one in pause] for pause in the_run(life, "c").pauses] == [["2026-11-27T10:00", ""]]


def test_a_reopening_does_not_start_it() -> None:
    life = filed(policy({"c": {**ON, "within": "10 calendar days"}}), NOW, complained_on="2026-11-23")
    assert do(life, "close", "2026-11-27T11:00+01:00") is None
    assert do(life, "reopen", "2026-11-27T12:00+01:00") is None
    assert life.complaint.runs == []


def test_a_switch_starts_it_if_it_starts_new_clocks() -> None:
    old = policy({"other": {"from": "registered", "until": "closed", "within": "1 day"}})
    life = filed(old, NOW, complained_on="2026-11-23")
    new = policy({"c": {**ON, "within": "10 calendar days"}})
    terms = SwitchTerms(start_new_clocks=True)
    found = switching.plan(old, replace(new, version="2"), life.complaint, terms, life.events, from_text(NOW))
    assert [(run.clock, local(run.due)) for run in found.runs if run.clock == "c"] == [("c", "2026-12-04T00:00")]
