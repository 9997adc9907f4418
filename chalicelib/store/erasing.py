"""Erasure: removes partitions of a tenant. They are derived from the tenant's own items, without a Scan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
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


def clear_number(store: Store, ref: CaseRef) -> None:
    """What a complaint or a unit has besides its own partition: messages, read log, notices and look-ups."""
    _clear_each(
        store,
        [
            keys.messages_of(ref.tenant, keys.complainant(ref.number)),
            keys.reads_of(ref.tenant, ref.number),
            keys.notices_of(ref.tenant, ref.number),
            *_lookups(ref.tenant, {"record": [ref.number]}),
        ],
    )


def clear_person(store: Store, tenant: str, sub: str) -> None:
    _clear_each(store, [keys.messages_of(tenant, sub), keys.work_list(tenant, sub)])


def clear_organisation(
    store: Store, tenant: str, units: Collection[str], roles: Iterable[str], values: Mapping[str, Sequence[str]]
) -> None:
    """Units, work lists, effects and look-ups, without the organisation's own partition.

    `values`: the months, bands and shares for which look-ups have partitions (`keys.LOOKUPS`).
    """
    owners = [*roles, *map(keys.unit_list, units)]
    parts = ["pending", "failed", *(f"{month[:4]}-{month[4:]}" for month in values["month"])]
    _clear_each(
        store,
        [
            *(keys.unit(tenant, name) for name in (keys.WHOLE, *units)),
            *(keys.work_list(tenant, owner) for owner in owners),
            *(keys.effects(tenant, part) for part in parts),
            *_lookups(tenant, {"whole": [""], "record": [keys.ORGANISATION], **values}),
        ],
    )


def clear_unconfirmed(store: Store, tenant: str) -> None:
    """All items of an organisation whose founder has not signed in."""
    _clear_each(store, [keys.mails_counter(tenant, "", 0).pk, keys.organisation(tenant)])


def _clear_each(store: Store, partitions: Iterable[str]) -> None:
    for pk in partitions:
        clear(store, pk)


def _lookups(tenant: str, values: Mapping[str, Sequence[str]]) -> list[str]:
    """`values`: by that for what a look-up has a partition (`keys.LOOKUPS`), those whose partitions are asked for."""
    return [
        keys.lookup(tenant, name, value).pk for name, each in keys.LOOKUPS.items() for value in values.get(each, ())
    ]
