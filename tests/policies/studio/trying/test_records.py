"""A complaint that is tried again runs as it did: each clock has the due time and state of its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from chalicelib.casework.record_views import EnvelopeView, RecordView
from chalicelib.complaints.runs import Run, from_json
from chalicelib.features.studio.trying.record_events import as_example
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from tests.across.browser.desk.demo_loaded import loaded
from tests.across.recorded import files, policies
from tests.across.recorded.playing import played
from tests.policies.studio.documents import compiled, policy
from tests.policies.studio.trying.trials import line

Json = dict[str, Any]
NOT_ASSUMED = {"telecom-regulator": {"arrival"}}
"""By policy: clocks that begin with a file from the complainant. A trial does not know who gave one."""

SIGN = "strong_dissatisfaction"
UNEQUAL = "202609-000114"
"""A complaint of the load whose complainant agrees, and so was reached: the task to telephone ends. Staff may record
the same act, and a trial does not know who did it. So the task runs on there."""


def recorded(events: Sequence[Json]) -> dict[tuple[str, int], Run]:
    """The last form of each run."""
    runs = [from_json(raw) for event in events for raw in event["result"].get("clocks", ())]
    return {(run.clock, run.n): run for run in runs}


def tried(under: Policy, events: Sequence[Json]) -> dict[tuple[str, int], Run]:
    view = RecordView(number="", events=msgspec.convert(events, list[EnvelopeView]), values={}, erased=[], damaged=[])
    made = line(under, {**as_example(under, view), "now": events[-1]["at"]})
    return {(one.run.clock, one.run.n): one.run for row in made.rows for one in row.runs}


def differences(under: Policy, events: Sequence[Json], without: set[str]) -> list[tuple[Any, ...]]:
    old, new = recorded(events), tried(under, events)
    assert old
    return [
        (key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if key[0] not in without and _told(old.get(key)) != _told(new.get(key))
    ]


def _told(run: Run | None) -> object:
    return None if run is None else (run.started, run.due, run.state, run.rung)


@pytest.mark.parametrize("name", files.stories())
def test_the_complaints_of_a_recorded_story_run_as_they_did(name: str) -> None:
    organisation, under = played(name).organisation, compiled(policies.source(name))
    without = NOT_ASSUMED.get(name, set())
    found = {number: differences(under, organisation.events(number), without) for number in organisation.filed}
    assert found == {number: [] for number in organisation.filed}


@pytest.mark.nightly
def test_the_300_complaints_of_the_load_run_as_they_did() -> None:
    _, offices = loaded()
    found = {
        (preset, case.number): differences(policy(preset), one.office.events(case.number), set())
        for preset, one in offices.items()
        for case in one.cases
    }
    assert len(found) == 300
    assert [key for key, one in found.items() if one] == [("corporate-standard", UNEQUAL)]


def test_a_moved_due_time_is_told_when_it_moves() -> None:
    """By telephone, to a complainant whom no mail reaches: the task opens at the classification, not at the warning."""
    under = policy("corporate-standard")
    events = [
        {"event": "registered", "at": "2026-09-11T08:30"},
        {"event": "accepted", "at": "2026-09-11T10:00"},
        {"event": "classified", "at": "2026-09-11T11:00", "fields": {"severity": "important", "sign": SIGN}},
    ]
    category = {"matter": "service_quality", "wanted": "protest"}
    given = {"channel": "phone", "severity": "general", "category": category, "reached": "no"}
    made = line(under, {"given": given, "events": events, "now": "2026-09-11T14:00"})
    [telephone] = [row.runs[0].run for row in made.rows if row.clock == "telephone"]
    assert telephone.started == from_text("2026-09-11T11:00+08:00")
