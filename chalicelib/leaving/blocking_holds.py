"""Complaints under a legal hold, which block an erasure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.numbers import Month
from chalicelib.oversight import period
from chalicelib.store import event_log
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

    held: str | None = None
    """The event that put the complaint under a hold."""


def held_among(store: Store, tenant: str, numbers: Sequence[str]) -> list[str]:
    """The numbers of the complaints under a hold, out of at most 100 numbers."""
    found = snapshot.read_entries(store, tenant, numbers)
    return [number for number, entry in found.items() if _is_held(store, CaseRef(tenant, number), entry)]


def _is_held(store: Store, ref: CaseRef, entry: Entry) -> bool:
    """If the snapshot is damaged, the events decide."""
    try:
        return snapshot.COMPLAINT.read_part(entry, _HoldState).held is not None
    except Damaged:
        types = [event.type for event in event_log.FORM.read_each(event_log.read_entries(store, ref.pk))]
        return next((type_ == "held" for type_ in reversed(types) if type_ in ("held", "released")), False)


def first_held(store: Store, tenant: str, months: Sequence[Month]) -> list[str]:
    """At most 20 complaints under a hold, out of the first complaints (`MOST_CHECKED`)."""
    place: period.NumberPosition | None = period.NumberPosition()
    found: list[str] = []
    checked = 0
    while place is not None and checked < MOST_CHECKED and len(found) < MOST_NAMED:
        numbers, place = period.next_page(months, place, _BATCH)
        found.extend(held_among(store, tenant, numbers))
        checked += len(numbers)
    return found[:MOST_NAMED]
