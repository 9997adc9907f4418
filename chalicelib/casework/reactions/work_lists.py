"""Work lists (`W#<role>`, `W#U#<unit>`): open tasks, and proposals that await approval, by due time.

The effects worker writes them from the complaint's current state, not from an event. The order of events and repeated
events therefore make no difference. A look-up (`X#work#<number>`) holds the keys of a complaint's rows, so that rows of
finished work can be removed. `refresh_all` writes the lists of a tenant again from its complaints and units.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import loading, snapshot
from chalicelib.casework.loading import Case
from chalicelib.casework.snapshot import next_deadline, run_of_task
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import OpenTask
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import ends_of
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, event_term
from chalicelib.store import keys, paging
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Change, Entry, Key, Put, Remove, Store, Write
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.store.stored_form import Form
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.casework.reactions.committed_event import CommittedEvent
    from chalicelib.wiring import CompiledPolicies

KIND = "work"
LOOKUP = "work"
"""The name of the look-up of a complaint's rows."""
MOST = 45
"""Most rows of one complaint: a transaction takes them together with the rows that they replace."""
_BATCH = MAX_KEYS
SHELVES = ("open", "pending", "supervision", "archived")


class WorkListRow(msgspec.Struct, frozen=True):
    """A row of a list. `key`: the number of the event that opened the task or made the proposal."""

    kind: str
    """`task` or `approval`."""
    number: str
    key: str


class WrittenRows(msgspec.Struct, frozen=True):
    """The keys of a complaint's rows, as written after its event `seq`."""

    seq: int
    rows: list[Key]


FORM = Form(KIND, WorkListRow, keeps=False)
WRITTEN = Form(keys.LOOKUP_KIND, WrittenRows, of=LOOKUP, keeps=False)


def applies(committed: CommittedEvent) -> bool:
    """Whether the event can change the open work, its owners or its due times."""
    result = committed.event.result
    ends_tasks = any(run.get("task") and run.get("ended") for run in result.get("clocks", []))
    changes = event_term(committed.event.type).changes_work or committed.event.type in CANCELLING_EVENTS
    return changes or ends_tasks or bool(result.get("voided")) or _ends_repetition(committed)


def _ends_repetition(committed: CommittedEvent) -> bool:
    if committed.is_of_unit:
        return False
    policy = committed.policy
    tasks = [task for name, task in policy.document.tasks.items() if task.every or name not in policy.clocks]
    return any(committed.event.type in task.until for task in tasks)


def react(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    refresh(wiring.store, wiring.compiled, committed.ref)


def refresh(store: Store, compiled: CompiledPolicies, ref: CaseRef) -> None:
    """Write the rows of a complaint or a unit again from its current state. The caller binds the tenant."""
    lookup = keys.lookup(ref.tenant, LOOKUP, ref.number)

    def attempt() -> None:
        case = loading.load(store, compiled, ref, [lookup])
        store.commit(_writes(ref.tenant, case, case.entries.get(lookup)))

    retry_or_refuse(attempt, "Others wrote the complaint's work lists at the same time.")


def written_rows(store: Store, ref: CaseRef) -> list[Key]:
    """The keys of a complaint's or a unit's rows in all lists."""
    key = keys.lookup(ref.tenant, LOOKUP, ref.number)
    entry = store.get([key]).get(key)
    return [] if entry is None else WRITTEN.read(entry).rows


def refresh_all(store: Store, compiled: CompiledPolicies, tenant: str) -> int:
    """Refresh the rows of all complaints and units of the tenant. Returns their count.

    It finds complaints by an index, which may lag behind by a moment.
    """
    count = _refresh_units(store, compiled, tenant)
    for shelf in SHELVES:
        for entry in paging.entries(partial(store.listed, keys.shelf(tenant, shelf))):
            refresh(store, compiled, CaseRef(tenant, keys.record_number(entry.key.pk)))
            count += 1
    return count


def _refresh_units(store: Store, compiled: CompiledPolicies, tenant: str) -> int:
    names = organisation.load(store, tenant).record_names
    count = 0
    for first in range(0, len(names), _BATCH):
        found = store.get([snapshot.unit_key(tenant, name) for name in names[first : first + _BATCH]])
        for entry in found.values():
            refresh(store, compiled, CaseRef(tenant, keys.record_number(entry.key.pk)))
            count += 1
    return count


def _writes(tenant: str, case: Case, entry: Entry | None) -> list[Write]:
    complaint = case.complaint
    written = WrittenRows(0, []) if entry is None else WRITTEN.read(entry)
    if written.seq > complaint.seq:
        return []
    current = dict(sorted(_rows(tenant, case), key=lambda row: row[0].sk)[:MOST])
    if entry is None and not current:
        return []
    version = 1 if entry is None else (entry.version or 0) + 1
    rows = WrittenRows(complaint.seq, list(current))
    lookup = WRITTEN.entry(keys.lookup(tenant, LOOKUP, complaint.number), rows, version=version)
    return [
        Put(lookup) if entry is None else Change(lookup, version - 1),
        *(Put(row, if_absent=False) for row in map(_entry, current.items())),
        *(Remove(key) for key in written.rows if key not in current),
    ]


def _entry(item: tuple[Key, WorkListRow]) -> Entry:
    return FORM.entry(*item)


def _rows(tenant: str, case: Case) -> Iterator[tuple[Key, WorkListRow]]:
    complaint, number = case.complaint, case.complaint.number
    for key, task in complaint.tasks.items():
        if _is_over(case, key, task):
            continue
        for owner in (task.role, *([] if complaint.unit is None else [keys.unit_list(complaint.unit)])):
            at = _due_text(run_of_task(complaint, key))
            yield keys.work(tenant, owner, at, number, f"{task.task}/{key}"), WorkListRow("task", number, key)
    for key, proposal in complaint.proposals.items():
        for role in proposal.approvers:
            at = _due_text(next_deadline(complaint))
            yield keys.work(tenant, role, at, number, f"approve/{key}"), WorkListRow("approval", number, key)


def _is_over(case: Case, key: str, task: OpenTask) -> bool:
    """True if an event of the task's `until` ended its time: the task can still be done, but is no longer owed."""
    definition = case.policy.document.tasks.get(task.task)
    if definition is None or run_of_task(case.complaint, key) is not None:
        return False
    if definition.every:
        return any(event in case.complaint.seen for event in definition.until)
    ends = ends_of(definition)
    timed = task.task in case.policy.clocks  # the run is over, and the task is not done
    return bool(ends) if timed else any(case.complaint.seen.get(event, -1) >= task.opened for event in ends)


def _due_text(run: Run | None) -> str:
    return keys.NEVER if run is None or run.due is None else to_text(run.due)
