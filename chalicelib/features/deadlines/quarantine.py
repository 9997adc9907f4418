"""Quarantine: due entries that failed repeatedly are removed from index `due` and listed for the operators.

If they stayed in the index, every sweep would try them again. No data of the complaint is lost: any act on it
schedules it again, and `features.deadlines.redrive` does so on an operator's request. Stored items and the API call a
quarantined entry `parked`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress

import msgspec

from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.ports import QueueMessage, TimeSource
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, IndexKey, Page, Put, Remove, Schedule, Store
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "parked"


class QuarantinedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the stored list. It holds the data that operators see and that a redrive needs."""

    tenant: str
    hit: Hit
    parked_at: Instant
    """Real time."""
    due: IndexKey
    """The key that the item had in index `due`."""
    version: int
    """The item's version at quarantine. A later version means that an act has scheduled the item again."""
    reason: str | msgspec.UnsetType = msgspec.UNSET
    """Without it, the entry failed repeatedly."""


FORM = Form(KIND, QuarantinedEntry, keeps=False)


def quarantine_batch(wiring: Wiring, batch: DueBatch) -> int:
    """Returns how many hits were quarantined: 1 or 0. A repeated call changes nothing.

    A hit is not quarantined if its item has changed since the sweep. A batch of several hits is split and sent again
    instead: one of its hits may have killed the worker before the others were tried.
    """
    if len(batch.hits) == 1:
        return int(quarantine_hit(wiring.store, wiring.real_clock, batch.tenant, batch.hits[0]))
    wiring.due.send([QueueMessage.of(DueBatch(batch.tenant, [hit])) for hit in batch.hits])
    return 0


def quarantine_hit(store: Store, real_clock: TimeSource, tenant: str, hit: Hit, reason: str = "") -> bool:
    """Returns False if the item has changed since the sweep. `reason`: why it is not tried again, if that is known."""
    with binding_of(tenant, hit):
        entry = reads.find(store, hit.key)
    due_key = keys.due(tenant, hit.aggregate, hit.wake_at)
    if entry is None or entry.due is None or entry.version is None or entry.due.sk != due_key.sk:
        return False
    item = QuarantinedEntry(
        tenant=tenant,
        hit=hit,
        parked_at=real_clock(),
        due=entry.due,
        version=entry.version,
        reason=reason or msgspec.UNSET,
    )
    listed = _list_entry(item)
    # The list is written first. If the process dies before the second write, the queue delivers the message again.
    with binding.directory():
        store.commit([Put(listed, if_absent=False)])
    try:
        with binding_of(tenant, hit):
            store.commit([Schedule(hit.key, None, item.version)])
    except CommitConflict as lost:
        if not lost.positions:
            raise  # another transaction held the item and may leave it unchanged: the queue delivers the message again
        remove_from_list(store, listed)
        return False
    observability.error("A due entry was quarantined", tenant=tenant, complaint=hit.aggregate)
    observability.measure("DueParked")
    return True


def waits(store: Store, ref: CaseRef, version: int) -> bool:
    """Whether the deadlines of a complaint or a unit, as they are at this version, wait for a redrive."""
    listed = keys.quarantined(ref.tenant, keys.aggregate_name(ref.number), keys.snapshot(ref.pk).sk)
    with binding.directory():
        found = reads.find(store, listed)
    return found is not None and FORM.read(found).version == version


def put_back(store: Store, found: QuarantinedEntry) -> None:
    """Schedules the item again. Raises `CommitConflict` if it has changed since."""
    with binding_of(found.tenant, found.hit):
        store.commit([Schedule(found.hit.key, found.due, found.version)])


def remove_from_list(store: Store, entry: Entry) -> None:
    """Removes exactly this entry. A later quarantine of the same item stays on the list."""
    with suppress(CommitConflict), binding.directory():
        store.commit([Remove(entry.key, entry.version or 0)])


def list_quarantined(
    store: Store, limit: int, after: Mapping[str, str] | None
) -> tuple[list[QuarantinedEntry], Mapping[str, str] | None]:
    """Returns a page, ordered by tenant, and the start of the next page."""
    page = page_of(store, "", "", limit, after)
    return list(FORM.read_each(page.entries)), page.after


def page_of(store: Store, tenant: str, aggregate: str, limit: int, after: Mapping[str, str] | None) -> Page:
    """A page of one aggregate's entries; without `aggregate` of the tenant's; without `tenant` of all."""
    first, last = keys.quarantined_under(tenant, aggregate)
    with binding.directory():
        return store.query(keys.quarantined().pk, first=first, last=last, limit=limit, after=after)


def _list_entry(item: QuarantinedEntry) -> Entry:
    """Each entry has a random version. A redrive of an earlier entry must not remove a later one from the list."""
    key = keys.quarantined(item.tenant, item.hit.aggregate, item.hit.sk)
    return FORM.entry(key, item, version=secrets.randbits(52))


def binding_of(tenant: str, hit: Hit) -> AbstractContextManager[Binding]:
    """The binding with the permissions for the hit's item."""
    return binding.directory() if hit.is_hourly else binding.tenant(tenant)
