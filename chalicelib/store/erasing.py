"""Erasure: removes partitions of a tenant. They are derived from the tenant's own items, without a Scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.store import keys
from chalicelib.store.keys import Split
from chalicelib.store.port import Entry, Key, Remove, Store
from chalicelib.store.sizes import MAX_WRITES


def clear(store: Store, pk: str, kept: Sequence[str] = ()) -> None:
    """Remove the items of a partition, except those with the sort keys `kept`."""
    while True:
        page = store.query(pk, limit=MAX_WRITES + len(kept))
        removable = [entry.key for entry in page.entries if entry.key.sk not in kept]
        if not removable:
            return
        remove(store, removable)


def remove(store: Store, removable: Sequence[Key]) -> None:
    for first in range(0, len(removable), MAX_WRITES):
        store.commit([Remove(key) for key in removable[first : first + MAX_WRITES]])


def removal(entry: Entry) -> Remove:
    """The write that removes an item, on condition that it has not changed since it was read."""
    return Remove(entry.key, entry.version)


def clear_unconfirmed(store: Store, tenant: str) -> None:
    """All items of an organisation whose founder has not signed in."""
    clear_each(store, [keys.mails_counter(tenant, "", 0).pk, keys.organisation(tenant)])


def clear_each(store: Store, partitions: Iterable[str]) -> None:
    for pk in partitions:
        clear(store, pk)


def lookups(tenant: str, split: Split, value: str = "") -> list[str]:
    """The partitions of the look-ups that have one for each such value (`keys.LOOKUPS`)."""
    return [keys.lookup(tenant, name, value).pk for name, each in keys.LOOKUPS.items() if each == split]
