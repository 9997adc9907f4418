"""The end of a complaint, and the event that says that its private values and files are erased some time after it."""

from __future__ import annotations

from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import SYSTEM, EventFields, Occurrence
from chalicelib.complaints.runs import CANCELLED
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy


def ended_at(policy: Policy, complaint: Complaint) -> Instant | None:
    """When the complaint ended: at its event `closed`, or when it entered a stage that is an end.

    An event `closed` does not count once the complaint went on to another stage, other than by its archiving.
    """
    seen = complaint.seen
    closed = seen.get("closed")
    if closed is not None and complaint.since <= max(closed, seen.get("archived", closed)):
        return closed
    return complaint.since if policy.document.stages[complaint.stage].is_end else None


def erase(flow: Flow, at: Instant, due_at: Instant, fields: EventFields) -> None:
    """Adds the event. Nothing is owed from then on: all runs are cancelled, and no task, demand or proposal is left."""
    open_runs = [clocks.end(run, at, CANCELLED) for run in flow.complaint.runs]
    flow.add("values_erased", Occurrence(at, SYSTEM, due_at=due_at), fields, changed=open_runs)
