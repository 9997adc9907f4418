"""Rows of the work lists (`W#<role>`, `W#U#<unit>`): open tasks, and proposals that await approval, by due time.

The lists `W#Q#<shelf>#…` have the complaints of a person or a unit, for the desk of a large organisation (`own_lists`).

A reaction writes them from the complaint's current state, not from the event. The order of events and repeated events
therefore make no difference. A look-up (`X#work#<number>`) holds the keys of a complaint's rows, so that rows of
finished work can be removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import loading
from chalicelib.casework.loading import Case
from chalicelib.casework.queue_row import next_deadline
from chalicelib.casework.snapshot import run_of_task
from chalicelib.complaints.rights import exclusion
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import OwedTask
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import ends_of
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Write
from chalicelib.store.stored_form import Damaged, Form

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

KIND = "work"
LOOKUP = "work"
"""The name of the look-up of a complaint's rows."""
QUEUED = "queued"
SHELVES = ("open", "pending", "supervision")
"""Those whose complaints have rows for people and units. The archive grows for ever, and holds no work."""
_JUST_AFTER = "!"
MOST = 45
"""Most rows of one complaint: a transaction takes them together with the rows that they replace."""


class WorkListRow(msgspec.Struct, frozen=True):
    """A row of a list. `key`: the number of the event that opened the task or made the proposal."""

    kind: str
    """`task`, `approval`, or `queued`: a complaint of a person or a unit, with an empty `key`."""
    number: str
    key: str


class WrittenRows(msgspec.Struct, frozen=True):
    """The keys of a complaint's rows, as written after its event `seq`."""

    seq: int
    rows: list[Key]


FORM = Form(KIND, WorkListRow, keeps=False)
WRITTEN = Form(keys.LOOKUP_KIND, WrittenRows, of=LOOKUP, keeps=False)


def refresh(store: Store, compiled: CompiledPolicies, ref: CaseRef, *, again: bool = False) -> None:
    """Write the rows of a complaint or a unit from its current state. The caller binds the tenant.

    `again`: also those that are written already, by what the look-up says.
    """
    lookup = keys.lookup(ref.tenant, LOOKUP, ref.number)

    def attempt() -> None:
        case = loading.load(store, compiled, ref, [lookup])
        store.commit(_writes(ref.tenant, case, case.entries.get(lookup), again=again))

    retry_or_refuse(attempt, "Others wrote the complaint's work lists at the same time.")


def first_entries(store: Store, tenant: str, owner: str, after: str, most: int) -> list[Entry]:
    """The first rows of a list behind the sort key `after`. `owner`: a role, or `keys.unit_list`."""
    first = after + _JUST_AFTER if after else ""
    return store.query(keys.work_list(tenant, owner), first=first, limit=most).entries


def written_rows(store: Store, ref: CaseRef) -> list[Key]:
    """The keys of a complaint's or a unit's rows in all lists; none if the look-up is damaged."""
    entry = reads.find(store, keys.lookup(ref.tenant, LOOKUP, ref.number))
    return [row for written in WRITTEN.read_each([] if entry is None else [entry]) for row in written.rows]


def are_current(store: Store, tenant: str, case: Case) -> bool:
    """Whether the stored rows are those of the state. A later event may have left them as they were."""
    key, rows = keys.lookup(tenant, LOOKUP, case.complaint.number), _current(tenant, case)
    found = store.get([key, *rows])
    written = _written(found.get(key))
    return (
        (key in found or not rows)
        and written.seq <= case.complaint.seq
        and set(written.rows) == set(rows)
        and all(found.get(row) == _entry((row, of)) for row, of in rows.items())
    )


def rewrite(store: Store, compiled: CompiledPolicies, ref: CaseRef) -> None:
    """As `refresh`, also if the look-up names an event that the record does not have yet."""
    key = keys.lookup(ref.tenant, LOOKUP, ref.number)
    case = loading.load(store, compiled, ref, [key])
    if key in case.entries and _written(case.entries[key]).seq > case.complaint.seq:
        store.commit([Remove(key, case.entries[key].version)])
    refresh(store, compiled, ref, again=True)


def _writes(tenant: str, case: Case, entry: Entry | None, *, again: bool) -> list[Write]:
    """The key of a row says all that the row says, so a row that is written stays right."""
    complaint = case.complaint
    written, current = _written(entry), _current(tenant, case)
    if written.seq > complaint.seq:
        return []
    if entry is None and not current:
        return []
    key, rows = keys.lookup(tenant, LOOKUP, complaint.number), WrittenRows(complaint.seq, list(current))
    return [
        WRITTEN.write(key, rows, entry),
        *(Put(_entry(row), if_absent=False) for row in current.items() if again or row[0] not in written.rows),
        *(Remove(key) for key in written.rows if key not in current),
    ]


def _written(entry: Entry | None) -> WrittenRows:
    """Nothing for a damaged look-up: the rows that it named stay, and lists leave out those whose work is done."""
    with suppress(Damaged):
        return WrittenRows(0, []) if entry is None else WRITTEN.read(entry)
    return WrittenRows(0, [])


def _current(tenant: str, case: Case) -> dict[Key, WorkListRow]:
    return dict(sorted(_rows(tenant, case), key=lambda row: row[0].sk)[:MOST])


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
    yield from _queued(tenant, case)


def _queued(tenant: str, case: Case) -> Iterator[tuple[Key, WorkListRow]]:
    """For each person to whom the complaint is assigned, unless it excludes them, and for its unit."""
    complaint = case.complaint
    shelf = None if isinstance(complaint, ScoredUnit) else case.policy.document.stages[complaint.stage].shelf
    if shelf is None or shelf not in SHELVES:
        return
    people = sorted(complaint.assignees - exclusion.people(complaint.recused))
    for owner in (*people, *([] if complaint.unit is None else [keys.unit_list(complaint.unit)])):
        at, number = _due_text(next_deadline(complaint)), complaint.number
        yield keys.work(tenant, keys.queue_list(shelf, owner), at, number, QUEUED), WorkListRow(QUEUED, number, "")


def _is_over(case: Case, key: str, task: OwedTask) -> bool:
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
