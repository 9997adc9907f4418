"""Complaints under a legal hold, which block an erasure."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.numbers import Month, NumberPosition, next_page
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Store
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.store.stored_form import Damaged

MOST_CHECKED = 2_000
"""Most complaints that a request checks. The erasure itself checks all of them before it deletes anything."""
MOST_NAMED = 20
_BATCH = MAX_KEYS


class _HoldState(msgspec.Struct, frozen=True):
    """The part of a complaint's snapshot that is decoded here."""

    number: str
    held: str | None = None
    """The event that put the complaint under a hold."""


def held_among(store: Store, tenant: str, numbers: Sequence[str]) -> list[str]:
    """The numbers of the complaints under a hold, out of at most 100 numbers.

    One read, and one query for each number without a snapshot that can be read: an unused number has no event.
    """
    found = snapshot.read_entries(store, tenant, numbers)
    return [number for number in numbers if _is_held(store, CaseRef(tenant, number), found.get(number))]


def _is_held(store: Store, ref: CaseRef, entry: Entry | None) -> bool:
    with suppress(Damaged):
        if entry is not None:
            return snapshot.COMPLAINT.read_part(entry, _HoldState).held is not None
    return _is_held_by_events(store, ref)


def _is_held_by_events(store: Store, ref: CaseRef) -> bool:
    """The last event about a hold decides. One that is damaged or lost may have been a hold, but for the first one."""
    following = None
    for entry in event_log.read_entries_backwards(store, ref.pk):
        seq = keys.event_seq(entry.key)
        event = next(event_log.FORM.read_each([entry]), None)
        if (following is not None and seq != following - 1) or (event is None and seq > 1):
            return True
        if event is not None and event.type in ("held", "released"):
            return event.type == "held"
        following = seq
    return following is not None and following > 2


def first_held(store: Store, tenant: str, months: Sequence[Month]) -> list[str]:
    """At most 20 complaints under a hold, out of the first complaints (`MOST_CHECKED`)."""
    place: NumberPosition | None = NumberPosition()
    found: list[str] = []
    checked = 0
    while place is not None and checked < MOST_CHECKED and len(found) < MOST_NAMED:
        numbers, place = next_page(months, place, _BATCH)
        found.extend(held_among(store, tenant, numbers))
        checked += len(numbers)
    return found[:MOST_NAMED]
