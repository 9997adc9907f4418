"""Work lists (`W#<role>`, `W#U#<unit>`): what is owed, and what awaits approval, by due time (design §6).

Written by the effects worker from the complaint as it is, never from one event: which event came first, or how often,
makes no difference. A look-up keeps what was written of a complaint, so that what is no longer owed can be taken
away; all of it can be written anew from the complaints (`rebuild`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.casework import unit_case
from chalicelib.casework.snapshot import next_deadline
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Entry, Key, Put, Remove, Write
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

KIND = "work"
MOST = 45
"""Rows of one complaint: one transaction takes them, and those that they replace."""
ATTEMPTS = 3
_AT_ONCE = 100
SHELVES = ("open", "pending", "supervision", "archived")
_CHANGING = CANCELLING_EVENTS | {
    *("task_opened", "task_done", "proposed", "approved", "rejected"),
    *("extended", "switched", "recalculated", "linked"),
}


class WorkListRow(msgspec.Struct, frozen=True):
    """One line of a list. `key`: the number of the event that opened the task, or that proposed."""

    kind: str
    """`task` or `approval`."""
    number: str
    key: str


class WrittenRows(msgspec.Struct, frozen=True):
    """What was written of a complaint as it was after event `seq`."""

    seq: int
    rows: list[Key]


def changes(_policy: Policy, event: Event) -> bool:
    """Whether the event can change what is owed, to whom, or until when."""
    return event.type in _CHANGING or bool(event.result.get("voided"))


def reconcile(wiring: Wiring, tenant: str, number: str) -> None:
    """Make the lists say what the complaint says. The tenant is bound by the caller."""
    found = keys.lookup(tenant, KIND, number)
    for _ in range(ATTEMPTS):
        case = unit_case.load(wiring, tenant, number, [found])
        try:
            wiring.store.commit(_writes(tenant, case.complaint, case.entries.get(found)))
        except CommitConflict:
            continue
        return
    raise Problem("conflict", "Others wrote the complaint's work lists at the same time.")


def noted(wiring: Wiring, tenant: str, number: str) -> list[Key]:
    """The rows of a complaint or a unit, on whosever lists they are."""
    key = keys.lookup(tenant, KIND, number)
    entry = wiring.store.get([key]).get(key)
    return [] if entry is None else msgspec.json.decode(entry.body, type=WrittenRows).rows


def rebuild(wiring: Wiring, tenant: str) -> int:
    """Reconcile every complaint and unit of the tenant; how many. Lists lag the index by a moment."""
    count = _rebuild_units(wiring, tenant)
    for shelf in SHELVES:
        after = None
        while True:
            page = wiring.store.listed(keys.shelf(tenant, shelf), after=after)
            for entry in page.entries:
                reconcile(wiring, tenant, entry.key.pk.rpartition("#")[2])
                count += 1
            after = page.after
            if after is None:
                break
    return count


def _rebuild_units(wiring: Wiring, tenant: str) -> int:
    key = keys.snapshot(keys.organisation(tenant))
    names = list(organisation.parse(wiring.store.get([key])[key]).units)
    count = 0
    for first in range(0, len(names), _AT_ONCE):
        found = wiring.store.get([keys.snapshot(keys.unit(tenant, name)) for name in names[first : first + _AT_ONCE]])
        for entry in found.values():
            reconcile(wiring, tenant, keys.UNIT + entry.key.pk.rpartition("#")[2])
            count += 1
    return count


def _writes(tenant: str, complaint: Complaint, entry: Entry | None) -> list[Write]:
    held = WrittenRows(0, []) if entry is None else msgspec.json.decode(entry.body, type=WrittenRows)
    if held.seq > complaint.seq:
        return []
    wanted = dict(sorted(_rows(tenant, complaint), key=lambda row: row[0].sk)[:MOST])
    if entry is None and not wanted:
        return []
    version = 1 if entry is None else (entry.version or 0) + 1
    body = msgspec.json.encode(WrittenRows(complaint.seq, list(wanted))).decode()
    noted = Entry(key=keys.lookup(tenant, KIND, complaint.number), kind="lookup", body=body, version=version)
    return [
        Put(noted) if entry is None else Change(noted, version - 1),
        *(Put(row, if_absent=False) for row in map(_entry, wanted.items())),
        *(Remove(key) for key in held.rows if key not in wanted),
    ]


def _entry(item: tuple[Key, WorkListRow]) -> Entry:
    key, row = item
    return Entry(key=key, kind=KIND, body=msgspec.json.encode(row).decode())


def _rows(tenant: str, complaint: Complaint) -> Iterator[tuple[Key, WorkListRow]]:
    number = complaint.number
    for key, task in complaint.tasks.items():
        for owner in (task.role, *([] if complaint.unit is None else [of_unit(complaint.unit)])):
            at = _due_text(run_of(complaint, key))
            yield keys.work(tenant, owner, at, number, f"{task.task}/{key}"), WorkListRow("task", number, key)
    for key, proposal in complaint.proposals.items():
        for role in proposal.approvers:
            at = _due_text(next_deadline(complaint))
            yield keys.work(tenant, role, at, number, f"approve/{key}"), WorkListRow("approval", number, key)


def of_unit(unit: str) -> str:
    """A unit's list: units and roles may share a name."""
    return f"U#{unit}"


def run_of(complaint: Complaint, key: str) -> Run | None:
    """The open run of the task that this event opened; None where the task has no time."""
    return next((run for run in complaint.runs if run.task == int(key)), None)


def _due_text(run: Run | None) -> str:
    return keys.NEVER if run is None or run.due is None else to_text(run.due)
