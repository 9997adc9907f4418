"""The snapshot item: the state, the next wake time and, for a complaint, its row in the staff queue."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.complaints.advance import wake_at
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.port import Entry

KIND = "complaint"
UNIT_KIND = "unit"


def entry(tenant: str, complaint: Complaint, policy: Policy) -> Entry:
    """The item. `listed` sorts the staff queue by the earliest open deadline, missed or not. Units have no row."""
    wakes = wake_at(policy, complaint)
    item = Entry(
        key=keys.snapshot(keys.aggregate(tenant, complaint.number)),
        kind=UNIT_KIND if isinstance(complaint, ScoredUnit) else KIND,
        body=msgspec.json.encode(complaint).decode(),
        version=complaint.seq,
        seq=complaint.seq,
        due=None if wakes is None else keys.due(tenant, keys.aggregate_name(complaint.number), wakes),
    )
    if isinstance(complaint, ScoredUnit):
        return item
    first = next_deadline(complaint)
    due_at = keys.NEVER if first is None or first.due is None else to_text(first.due)
    shelf = policy.document.stages[complaint.stage].shelf
    return msgspec.structs.replace(
        item,
        listed=keys.listed(tenant, shelf, due_at, complaint.number),
        row=msgspec.json.encode(row(complaint)).decode(),
    )


def parse_state(entry: Entry) -> Complaint | None:
    """The complaint or unit in a snapshot; None for a void (the entry of an unused number)."""
    kind = {KIND: Complaint, UNIT_KIND: ScoredUnit}.get(entry.kind)
    return None if kind is None else msgspec.json.decode(entry.body, type=kind)


def next_deadline(complaint: Complaint) -> Run | None:
    """The open run with the earliest due time, past or future."""
    runs = [run for run in complaint.runs if run.due is not None]
    return min(runs, key=lambda run: (run.due or 0, run.clock), default=None)


def run_of_task(complaint: Complaint, key: str) -> Run | None:
    """The open run of the task that event `key` opened; None if the task has no deadline."""
    return next((run for run in complaint.runs if run.task == int(key)), None)


def row(complaint: Complaint) -> dict[str, Any]:
    """The complaint's row in the staff queue. It contains no private values."""
    first = next_deadline(complaint)
    return {
        "number": complaint.number,
        "policy": complaint.policy,
        "stage": complaint.stage,
        "severity": complaint.severity,
        "tier": complaint.tier,
        "channel": complaint.channel,
        "category": complaint.category,
        "unit": complaint.unit,
        "assigned": sorted({sub for people in complaint.assigned.values() for sub in people}),
        "registered_at": to_text(complaint.registered_at),
        "receipt_with": complaint.receipt_with or None,
        "next": None if first is None else {"clock": first.clock, "due": to_text(first.due or 0), "state": first.state},
    }
