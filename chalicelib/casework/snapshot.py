"""The snapshot's item: the complaint's state, when it wakes, and its row in the staff's queue."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.complaints.advance import wake_at
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.port import Entry

KIND = "complaint"


def entry(tenant: str, complaint: Complaint, policy: Policy) -> Entry:
    """The item. `listed` sorts by the earliest unmet deadline, missed ones included."""
    wakes = wake_at(policy, complaint)
    first = next_deadline(complaint)
    due_at = keys.NEVER if first is None or first.due is None else to_text(first.due)
    shelf = policy.document.stages[complaint.stage].shelf
    return Entry(
        key=keys.snapshot(keys.complaint(tenant, complaint.number)),
        kind=KIND,
        body=msgspec.json.encode(complaint).decode(),
        version=complaint.seq,
        seq=complaint.seq,
        due=None if wakes is None else keys.due(tenant, f"C#{complaint.number}", wakes),
        listed=keys.listed(tenant, shelf, due_at, complaint.number),
        row=msgspec.json.encode(row(complaint)).decode(),
    )


def next_deadline(complaint: Complaint) -> Run | None:
    """The open run that is (or was) due first."""
    runs = [run for run in complaint.runs if run.due is not None]
    return min(runs, key=lambda run: (run.due or 0, run.clock), default=None)


def row(complaint: Complaint) -> dict[str, Any]:
    """What the queue shows of a complaint: no text and no particulars."""
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
        "next": None if first is None else {"clock": first.clock, "due": to_text(first.due or 0), "state": first.state},
    }
