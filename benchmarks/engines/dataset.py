"""A data set of many open complaints: two real snapshots of filed complaints, copied under further numbers."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.complaints.state import Complaint
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.kit.instants import MINUTE, Instant, from_text, to_text
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, IndexKey, Put, Remove, Store
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.publication.policy_language import PolicyLanguage
from chalicelib.wiring import Wiring
from tests.across.faults.office import Office, opened
from tests.helpers.fakes.wiring import Fakes, fakes

MONTH = "202611"
COMMIT = 100


@dataclass(frozen=True, slots=True)
class Dataset:
    """An organisation's items, and two snapshots: `due` is missed at `now`, `waiting` is due later."""

    tenant: str
    items: list[Entry]
    due: Entry
    waiting: Entry
    now: Instant


def make_dataset() -> Dataset:
    """File both complaints with the use case. The due one has had its warning; its miss is not recorded yet."""
    with contextlib.redirect_stdout(io.StringIO()):
        office = opened()
        first = str(office.file(office.request("file")).body["number"])
        due = _before_its_miss(office, first)
        now = wake_time(due)
        office.world.fakes.clock.move_to(now)
        second = str(office.file(office.request("file")).body["number"])
    own = (keys.organisation(office.id), keys.directory(office.id).pk)
    items = [entry for entry in office.store.everything() if entry.key.pk in own]
    return Dataset(office.id, items, due, _snapshot(office, second), now + MINUTE)


def _before_its_miss(office: Office, number: str) -> Entry:
    """Wake the complaint until its next wake time is the deadline itself. Return the snapshot."""
    while True:
        entry = _snapshot(office, number)
        at = wake_time(entry)
        if entry.listed is not None and entry.listed.sk.startswith(to_text(at)):
            return entry
        with binding.tenant(office.id):
            wake(office.wiring, CaseRef(office.id, number), at)


def _snapshot(office: Office, number: str) -> Entry:
    key = keys.snapshot(keys.complaint(office.id, number))
    with binding.tenant(office.id):
        return office.store.get([key])[key]


def wake_time(entry: Entry) -> Instant:
    if entry.due is None:
        raise ValueError("the complaint has no wake time")
    return from_text(keys.parse_due(entry.due)[0])


def clone(entry: Entry, tenant: str, number: str) -> Entry:
    """Return a copy of the snapshot for another tenant and number, with the number replaced everywhere."""
    record, listed = keys.parse_record(entry.key.pk), entry.listed
    if record is None or listed is None:
        raise ValueError("the snapshot is not a complaint's")
    owner, old = record
    shelf = listed.pk.replace(keys.tenant_prefix(owner), keys.tenant_prefix(tenant))
    return replace(
        entry,
        key=keys.snapshot(keys.complaint(tenant, number)),
        body=entry.body.replace(old, number),
        row=(entry.row or "").replace(old, number),
        due=None if entry.due is None else keys.due(tenant, keys.aggregate_name(number), wake_time(entry)),
        listed=IndexKey(shelf, listed.sk.replace(old, number)),
    )


def write_organisation(store: Store, dataset: Dataset) -> None:
    """Write the organisation as its sign-up made it, but without its hourly job."""
    for entry in (replace(each, due=None) for each in dataset.items):
        scope = (
            binding.directory() if entry.key.pk.startswith(keys.DIRECTORY_PREFIX) else binding.tenant(dataset.tenant)
        )
        with scope:
            store.commit([Put(entry, if_absent=False)])


def write_complaints(store: Store, dataset: Dataset, entry: Entry, positions: Iterable[int]) -> None:
    """Write copies of the snapshot with these numbers."""
    with binding.tenant(dataset.tenant):
        for numbers in _batches(positions):
            store.commit([Put(clone(entry, dataset.tenant, number), if_absent=False) for number in numbers])


def remove_complaints(store: Store, dataset: Dataset, positions: Iterable[int]) -> None:
    """Delete the snapshots with these numbers."""
    with binding.tenant(dataset.tenant):
        for numbers in _batches(positions):
            store.commit([Remove(keys.snapshot(keys.complaint(dataset.tenant, number))) for number in numbers])


def _batches(positions: Iterable[int]) -> list[list[str]]:
    numbers = [number_of(position) for position in positions]
    return [numbers[first : first + COMMIT] for first in range(0, len(numbers), COMMIT)]


def number_of(position: int) -> str:
    return f"{MONTH}-{position:06d}"


def memory_world(store: Store | None = None) -> Fakes:
    """Return the program on the store (default: a memory store), with its other adapters in memory."""
    if store is None:
        return fakes(policies=PolicyLanguage())
    return fakes(policies=PolicyLanguage(), store=store, states=Directory(store, lambda: time.time_ns() // 1_000_000))


def warm_up(wiring: Wiring, dataset: Dataset) -> None:
    """Compile the tenant's policy, as in a process that has handled the tenant before."""
    with binding.tenant(dataset.tenant):
        wiring.compiled.get(dataset.tenant, "1")


def shifted(entry: Entry, by: int) -> Entry:
    """Return the snapshot as if the complaint had been filed `by` milliseconds later."""
    state = msgspec.json.decode(entry.body, type=Complaint)
    runs = [
        replace(run, due=_later(run.due, by), next=_later(run.next, by), warns=[at + by for at in run.warns])
        for run in state.runs
    ]
    seen = {event: at + by for event, at in state.seen.items()}
    later_state = replace(state, runs=runs, seen=seen)
    at = wake_time(entry) + by
    return replace(entry, body=msgspec.json.encode(later_state).decode(), due=entry.due and _due(entry.due, at))


def _due(key: IndexKey, at: Instant) -> IndexKey:
    """Return the key with another wake time, in the same shard."""
    _, tenant, name = keys.parse_due(key)
    return IndexKey(key.pk, keys.due(tenant, name, at).sk)


def _later(at: Instant | None, by: int) -> Instant | None:
    return None if at is None else at + by
