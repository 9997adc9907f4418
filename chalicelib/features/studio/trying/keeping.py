"""Keeps a trial as an example of the draft, with what came of it as what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.complaints.trial.preview import Preview
from chalicelib.features.studio.trying.record_events import wall_text
from chalicelib.kit.instants import Instant, from_instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.editing.edits import AddMember, Edit
from chalicelib.policy.worktime.zone import from_wall_clock

_EXAMPLES = "examples"


def addition(document: Mapping[str, Any], example: Mapping[str, Any], name: str) -> Edit:
    """`document`: of the draft, as written."""
    added = {**({"name": name} if name else {}), **_short(example)}
    if isinstance(document.get(_EXAMPLES), list):
        return AddMember((_EXAMPLES, 0), added)
    return AddMember((_EXAMPLES,), [added])


def expected(policy: Policy, found: Preview) -> dict[str, Any]:
    """The stage, and of each clock the state of the latest run, with its due time."""
    latest = {run.clock: run for run in sorted(found.runs, key=lambda run: run.n)}
    clocks = {
        name: run.state if run.due is None else {"due": _text(policy, run.due), "state": run.state}
        for name, run in latest.items()
    }
    return {**clocks, "stage": found.complaint.stage}


def _text(policy: Policy, due: Instant) -> str:
    """Local time if it is exact and means this instant only."""
    text, zone = wall_text(policy, to_text(due)), policy.calendar.zone
    exact = from_wall_clock(zone, datetime.fromisoformat(text)) == due
    return text if exact else from_instant(due).astimezone(zone).isoformat()


def _short(example: Mapping[str, Any]) -> dict[str, Any]:
    """Events as a map from event to time, if each occurs once and none has fields."""
    events = example["events"]
    is_plain = len({one["event"] for one in events}) == len(events) and not any(one.get("fields") for one in events)
    return {**example, "events": {one["event"]: one["at"] for one in events}} if is_plain else dict(example)
