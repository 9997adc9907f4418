"""Many open complaints in a store: real snapshots of filed complaints, copied under further numbers."""

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
from chalicelib.deadlines.wake_complaint import wake
from chalicelib.instants import MINUTE, Instant, from_text, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, IndexKey, Put, Remove, Store
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.publication.policy_language import PolicyLanguage
from chalicelib.wiring import Wiring
from tests.fakes.wiring import Fakes, fakes
from tests.faults.office import Office, opened

MONTH = "202611"
COMMIT = 100


@dataclass(frozen=True, slots=True)
class Dataset:
    """An organisation's own items, and two snapshots: one that is missed at `now`, one that waits beyond it."""

    tenant: str
    items: list[Entry]
    due: Entry
    waiting: Entry
    now: Instant


def make_dataset() -> Dataset:
    """Both complaints were filed by the use case; the due one has had its warning, and no sweep has seen its miss."""
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
    """Woken as often as it takes until the deadline itself is what it wakes at."""
    while True:
        entry = _snapshot(office, number)
        at = wake_time(entry)
        if entry.listed is not None and entry.listed.sk.startswith(entry.due.sk.partition("#")[0]):  # type: ignore[union-attr]
            return entry
        with binding.tenant(office.id):
            wake(office.wiring, office.id, number, at)


def _snapshot(office: Office, number: str) -> Entry:
    key = keys.snapshot(keys.complaint(office.id, number))
    with binding.tenant(office.id):
        return office.store.get([key])[key]


def wake_time(entry: Entry) -> Instant:
    if entry.due is None:
        raise ValueError("the complaint wakes at nothing")
    return from_text(entry.due.sk.partition("#")[0])


def clone(entry: Entry, tenant: str, number: str) -> Entry:
    """The snapshot as that tenant's complaint of that number, wherever the number stands in it."""
    old = entry.key.pk.rpartition("#")[2]
    listed = entry.listed
    if listed is None:
        raise ValueError("the snapshot is no complaint's")
    shelf, due_at = listed.pk.rpartition("#")[2], listed.sk.partition("#")[0]
    return replace(
        entry,
        key=keys.snapshot(keys.complaint(tenant, number)),
        body=entry.body.replace(old, number),
        row=(entry.row or "").replace(old, number),
        due=None if entry.due is None else keys.due(tenant, f"C#{number}", wake_time(entry)),
        listed=keys.listed(tenant, shelf, due_at, number),
    )


def write_organisation(store: Store, found: Dataset) -> None:
    """The organisation itself, as its sign-up made it, without its hourly job: that is no complaint."""
    for entry in (replace(each, due=None) for each in found.items):
        scope = binding.directory() if entry.key.pk.startswith(keys.DIRECTORY_PREFIX) else binding.tenant(found.tenant)
        with scope:
            store.commit([Put(entry, if_absent=False)])


def write_complaints(store: Store, found: Dataset, entry: Entry, places: Iterable[int]) -> None:
    """Copies under the numbers of these places."""
    with binding.tenant(found.tenant):
        for numbers in _portions(places):
            store.commit([Put(clone(entry, found.tenant, number), if_absent=False) for number in numbers])


def remove_complaints(store: Store, found: Dataset, places: Iterable[int]) -> None:
    """Take the snapshots of these places away again."""
    with binding.tenant(found.tenant):
        for numbers in _portions(places):
            store.commit([Remove(keys.snapshot(keys.complaint(found.tenant, number))) for number in numbers])


def _portions(places: Iterable[int]) -> list[list[str]]:
    numbers = [number_of(place) for place in places]
    return [numbers[first : first + COMMIT] for first in range(0, len(numbers), COMMIT)]


def number_of(place: int) -> str:
    return f"{MONTH}-{place:06d}"


def memory_world(store: Store | None = None) -> Fakes:
    """The program on that store, default one in memory, with everything else of it in memory."""
    if store is None:
        return fakes(policies=PolicyLanguage())
    return fakes(policies=PolicyLanguage(), store=store, states=Directory(store, lambda: time.time_ns() // 1_000_000))


def warm_up(wiring: Wiring, found: Dataset) -> None:
    """Let the process know the policy, as one that has worked for this tenant does."""
    with binding.tenant(found.tenant):
        wiring.compiled.get(wiring.store, found.tenant, "1")


def shifted(entry: Entry, by: int) -> Entry:
    """The snapshot with all that it waits for `by` milliseconds later, as if it had been filed by so much later."""
    state = msgspec.json.decode(entry.body, type=Complaint)
    runs = [
        replace(run, due=_later(run.due, by), next=_later(run.next, by), warns=[at + by for at in run.warns])
        for run in state.runs
    ]
    seen = {event: at + by for event, at in state.seen.items()}
    later_state = replace(state, runs=runs, seen=seen)
    at = wake_time(entry) + by
    due = entry.due and IndexKey(entry.due.pk, to_text(at) + entry.due.sk[entry.due.sk.index("#") :])
    return replace(entry, body=msgspec.json.encode(later_state).decode(), due=due)


def _later(at: Instant | None, by: int) -> Instant | None:
    return None if at is None else at + by
