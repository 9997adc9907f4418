"""The items of the statistics that a new count needs: the head, and the words about returning complainants."""

from __future__ import annotations

from functools import partial

from chalicelib.casework.composing.derived import DerivedFault, Faults
from chalicelib.statistics.cells import head, returning
from chalicelib.statistics.cells.head import StatisticsHead
from chalicelib.store import reads
from chalicelib.store.port import Entry, Store
from chalicelib.store.restoring import restore
from chalicelib.store.stored_form import Damaged


def faults(store: Store, tenant: str) -> Faults:
    """A lost head comes back as one that has counted nothing: the new count removes the cells first."""
    key = head.key(tenant)
    entry, counted = reads.find(store, key), head.removals(store, tenant, 1)[0]
    if (entry is None and counted) or _is_damaged(entry):
        version = 1 if entry is None else (entry.version or 0) + 1
        wanted = head.FORM.entry(key, StatisticsHead(), version=version)
        what = "missing" if entry is None else "unreadable"
        yield DerivedFault(head.KIND, what, partial(restore, store, entry, wanted))
    for removal in returning.removals_of_damaged(store, tenant):
        yield DerivedFault(returning.KIND, "unreadable", partial(store.commit, [removal]))


def _is_damaged(entry: Entry | None) -> bool:
    try:
        if entry is not None:
            head.FORM.read(entry)
    except Damaged:
        return True
    return False
