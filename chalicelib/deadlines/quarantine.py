"""Parking: what the due queue gave up is taken off index `due` and listed for the deployment's operators.

Else it would be tried again at every sweep for ever. Nothing of the complaint is lost, and any act on it schedules it
anew; `deadlines.redrive` does so by hand.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.deadlines.batch import DueBatch, Hit
from chalicelib.instants import Instant
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, IndexKey, Put, Remove, Schedule
from chalicelib.wiring import Wiring

KIND = "parked"


class QuarantinedItem(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator is shown, and what putting it back needs."""

    tenant: str
    hit: Hit
    parked_at: Instant
    """Real time."""
    due: IndexKey
    version: int
    """Of the parked item: a later one means that somebody acted on it, and scheduled it so."""


def park(wiring: Wiring, given: DueBatch) -> int:
    """How many were parked. A repeat, and one that was acted on meanwhile, changes nothing.

    A batch that was given up is taken apart: one of its hits may have killed the worker before the others were tried.
    """
    if len(given.hits) == 1:
        return int(_park(wiring, given.tenant, given.hits[0]))
    wiring.due.send([QueueMessage.of(DueBatch(given.tenant, [hit])) for hit in given.hits])
    return 0


def _park(wiring: Wiring, tenant: str, hit: Hit) -> bool:
    with bound(tenant, hit):
        entry = wiring.store.get([hit.key]).get(hit.key)
    if entry is None or entry.due is None or entry.version is None or entry.due.sk != _due_key(tenant, hit).sk:
        return False
    found = QuarantinedItem(tenant=tenant, hit=hit, parked_at=wiring.real_clock(), due=entry.due, version=entry.version)
    listed = _entry(found)
    # Listed first: what dies between the two writes comes again from the queue.
    with binding.directory():
        wiring.store.commit([Put(listed, if_absent=False)])
    try:
        with bound(tenant, hit):
            wiring.store.commit([Schedule(hit.key, None, found.version)])
    except CommitConflict as lost:
        if not lost.positions:
            raise  # somebody else had it at that moment, and may have left it as it is: it comes again from the queue
        unlist(wiring, listed)
        return False
    observability.error("A due item was parked", tenant=tenant, complaint=hit.aggregate)
    observability.measure("DueParked")
    return True


def unlist(wiring: Wiring, entry: Entry) -> None:
    """Take this parking off the list; a later one of the same item stays there."""
    with suppress(CommitConflict), binding.directory():
        wiring.store.commit([Remove(entry.key, entry.version or 0)])


def parked(
    wiring: Wiring, limit: int, after: Mapping[str, str] | None
) -> tuple[list[QuarantinedItem], Mapping[str, str] | None]:
    """A page, by tenant, and where the next one starts."""
    with binding.directory():
        page = wiring.store.query(keys.parked().pk, limit=limit, after=after)
    return [msgspec.json.decode(entry.body, type=QuarantinedItem) for entry in page.entries], page.after


def _entry(found: QuarantinedItem) -> Entry:
    """Each parking has a version of its own: whoever puts an earlier one back must not take this one off the list."""
    body = msgspec.json.encode(found).decode()
    key = keys.parked(found.tenant, found.hit.aggregate, found.hit.sk)
    return Entry(key=key, kind=KIND, body=body, version=secrets.randbits(52))


def _due_key(tenant: str, hit: Hit) -> IndexKey:
    return keys.due(tenant, hit.aggregate, hit.wake_at)


def bound(tenant: str, hit: Hit) -> AbstractContextManager[Binding]:
    return binding.directory() if hit.aggregate == "DIR" else binding.tenant(tenant)
