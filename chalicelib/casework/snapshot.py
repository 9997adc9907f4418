"""The snapshot item: the state, the next wake time and, for a complaint, its row in the staff queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

from chalicelib.casework import queue_row
from chalicelib.complaints.acting.advance import wake_at
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Page, Put, Store, Update
from chalicelib.store.stored_form import Damaged, Form, read_rows

COMPLAINT = Form("complaint", Complaint, version=6, packs=True)
UNIT = Form("unit", ScoredUnit, version=6, packs=True)
VOID = Form("void", queue_row.VoidRow, keeps=False)
KIND = COMPLAINT.kind
UNIT_KIND = UNIT.kind
VOID_KIND = VOID.kind
VOID_SHELF = "void"
_Part = TypeVar("_Part")


def entry(tenant: str, complaint: Complaint, policy: Policy) -> Entry:
    """The item. `listed` sorts the staff queue by the earliest open deadline, missed or not. Units have no row."""
    wakes = wake_at(policy, complaint)
    form: Form[Any] = UNIT if isinstance(complaint, ScoredUnit) else COMPLAINT
    item = form.entry(
        keys.snapshot(keys.aggregate(tenant, complaint.number)),
        complaint,
        version=complaint.seq,
        seq=complaint.seq,
        due=None if wakes is None else keys.due(tenant, keys.aggregate_name(complaint.number), wakes),
    )
    if isinstance(complaint, ScoredUnit):
        return item
    first = queue_row.next_deadline(complaint)
    due_at = keys.NEVER if first is None or first.due is None else to_text(first.due)
    shelf = policy.document.stages[complaint.stage].shelf
    return msgspec.structs.replace(
        item,
        listed=keys.listed(tenant, shelf, due_at, complaint.number),
        row=msgspec.json.encode(queue_row.row_of(complaint)).decode(),
    )


def write(tenant: str, after: Complaint, policy: Policy, before: int) -> Put | Update:
    """The write of the item. `before`: the number of the event that it must have now; 0 if it must not exist."""
    item = entry(tenant, after, policy)
    return Update(item, before) if before else Put(item)


def key(ref: CaseRef) -> Key:
    """Of a complaint's or a unit's snapshot, to read it together with other items."""
    return keys.snapshot(ref.pk)


def complaint_key(ref: CaseRef) -> Key:
    """As `key`. A number that a request names is always that of a complaint here, never of a unit."""
    return keys.snapshot(keys.complaint(ref.tenant, ref.number))


def unit_key(tenant: str, name: str) -> Key:
    """Of the snapshot of a unit, or of the organisation as a whole. `name`: of `record_names`."""
    return keys.snapshot(keys.unit(tenant, name))


def read(store: Store, tenant: str, numbers: Sequence[str], part: type[_Part]) -> dict[str, _Part]:
    """By number, in the given order: a part of the state of these complaints. Number gaps are left out.

    Raises `Damaged`.
    """
    found = read_entries(store, tenant, numbers)
    return {number: COMPLAINT.read_part(entry, part) for number, entry in found.items()}


def read_entries(store: Store, tenant: str, numbers: Sequence[str]) -> dict[str, Entry]:
    """By number, in the given order: the items of these complaints, without number gaps."""
    wanted = {complaint_key(CaseRef(tenant, number)): number for number in numbers}
    found = reads.read_all(store, list(wanted))
    return {number: found[one] for one, number in wanted.items() if one in found and found[one].kind == KIND}


def read_complaints(store: Store, tenant: str, numbers: Sequence[str]) -> list[Complaint]:
    """The current state of these complaints, in the given order. Unknown, damaged and void ones are left out."""
    return list(COMPLAINT.read_each(read_entries(store, tenant, numbers).values()))


def parse_state(entry: Entry) -> Complaint | None:
    """The complaint or unit in a snapshot; None for a number gap."""
    if entry.kind == UNIT_KIND:
        return UNIT.read(entry)
    return COMPLAINT.read(entry) if entry.kind == KIND else None


def read_states(entries: Iterable[Entry]) -> Iterator[Complaint]:
    """For lists: the complaints and units in snapshots. Damaged ones and number gaps are left out."""
    for entry in entries:
        with suppress(Damaged):
            if (state := parse_state(entry)) is not None:
                yield state


def versions(entries: Iterable[Entry]) -> dict[str, int]:
    """By number of a complaint: the number of its last event. `entries`: as of `parse_rows`."""
    return {keys.record_number(entry.key.pk): entry.seq or 0 for entry in entries}


def run_of_task(complaint: Complaint, key: str) -> Run | None:
    """The open run of the task that event `key` opened; None if the task has no deadline."""
    return next((run for run in complaint.runs if run.task == int(key)), None)


def listed(store: Store, tenant: str, shelf: str, limit: int, after: Mapping[str, str] | None, first: str = "") -> Page:
    """A page of the items on a shelf (`parse_rows`), by the earliest deadline. `first`: where the list begins."""
    return store.listed(keys.shelf(tenant, shelf), limit=limit, after=after, first=first)


def is_on(entry: Entry, tenant: str, shelf: str) -> bool:
    return entry.listed is not None and entry.listed.pk == keys.shelf(tenant, shelf)


def place(row: queue_row.QueueRow) -> str:
    """Where the row stands on its shelf, for `first` of `listed`: the row itself is the first."""
    return place_at(keys.NEVER if row.next is None else row.next.due, row.number)


def place_at(due_at: str, number: str) -> str:
    """`due_at`: as text, or `keys.NEVER`."""
    return keys.listed("", "", due_at, number).sk


def parse_rows(entries: Iterable[Entry]) -> Iterator[queue_row.QueueRow]:
    """`entries`: of index `list`, on any shelf but `VOID_SHELF`. Damaged ones are left out."""
    return read_rows(entries, queue_row.QueueRow)
