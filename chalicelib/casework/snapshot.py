"""The snapshot item: the state, the next wake time and, for a complaint, its row in the staff queue.

The rows are the stored form. `QueuedComplaint` in `chalicelib/casework/queries/staff_queue.py` is the API's.
"""

from __future__ import annotations

import msgspec

from chalicelib.complaints import exclusion
from chalicelib.complaints.advance import wake_at
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.port import Entry

KIND = "complaint"
UNIT_KIND = "unit"
VOID_SHELF = "void"


class NextDeadline(msgspec.Struct, frozen=True):
    """The open run with the earliest due time."""

    clock: str
    due: str
    state: str


class QueueRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A complaint's row in the staff queue. It contains no private values.

    A column that is added later needs a default: a stored row lacks it until the complaint's next event.
    """

    number: str
    policy: str
    stage: str
    severity: str | None
    tier: int
    channel: str
    category: dict[str, str]
    unit: str | None
    assigned: list[str]
    registered_at: str
    receipt_with: str | None
    next: NextDeadline | None
    recused: tuple[str, ...] = ()
    """Assignees who are excluded from all acts; absent if there are none."""
    excluded: list[Doer] | None = None
    """All people whom the complaint excludes. Absent in a row from before this column: then its complaint says so."""


class VoidRow(msgspec.Struct, frozen=True, kw_only=True):
    """The row and the body of a number gap (`void`), with the reason and the time."""

    number: str
    void: str
    at: str


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
    """The complaint or unit in a snapshot; None for a number gap."""
    kind = {KIND: Complaint, UNIT_KIND: ScoredUnit}.get(entry.kind)
    return None if kind is None else msgspec.json.decode(entry.body, type=kind)


def next_deadline(complaint: Complaint) -> Run | None:
    """The open run with the earliest due time, past or future."""
    runs = [run for run in complaint.runs if run.due is not None]
    return min(runs, key=lambda run: (run.due or 0, run.clock), default=None)


def run_of_task(complaint: Complaint, key: str) -> Run | None:
    """The open run of the task that event `key` opened; None if the task has no deadline."""
    return next((run for run in complaint.runs if run.task == int(key)), None)


def row(complaint: Complaint) -> QueueRow:
    first = next_deadline(complaint)
    assigned = {sub for people in complaint.assigned.values() for sub in people}
    return QueueRow(
        number=complaint.number,
        policy=complaint.policy,
        stage=complaint.stage,
        severity=complaint.severity,
        tier=complaint.tier,
        channel=complaint.channel,
        category=complaint.category,
        unit=complaint.unit,
        assigned=sorted(assigned),
        registered_at=to_text(complaint.registered_at),
        receipt_with=complaint.receipt_with or None,
        next=None if first is None else NextDeadline(first.clock, to_text(first.due or 0), first.state),
        recused=tuple(sorted(assigned & exclusion.people(complaint.recused))),
        excluded=complaint.recused,
    )


def parse_row(entry: Entry) -> QueueRow:
    """`entry`: of index `list`, on any shelf but `VOID_SHELF`."""
    return msgspec.json.decode(entry.row or "", type=QueueRow)


def parse_void_row(entry: Entry) -> VoidRow:
    return msgspec.json.decode(entry.row or "", type=VoidRow)
