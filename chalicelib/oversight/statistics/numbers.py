"""The numbers of all records of an organisation, and of those that have changed since they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from chalicelib.casework import anchor_marks
from chalicelib.oversight.period import Month
from chalicelib.store import keys, paging
from chalicelib.store.port import Store
from chalicelib.tenants import organisation


def months(store: Store, tenant: str) -> list[Month]:
    """The months with the counts of their complaint numbers, oldest first."""
    found = paging.items(store, keys.organisation(tenant), keys.KeyRange(*keys.MONTH_COUNTERS))
    return [Month(keys.month_of(entry.key), entry.count or 0) for entry in found]


def units(store: Store, tenant: str) -> list[str]:
    """The numbers of the organisation's units and of the organisation as a whole."""
    found = organisation.load(store, tenant)
    return sorted(keys.unit_number(name) for name in found.record_names)


def every(store: Store, tenant: str) -> Iterator[str]:
    for month in months(store, tenant):
        yield from (f"{month.name}-{number:06d}" for number in range(1, month.count + 1))
    yield from units(store, tenant)


def marked(store: Store, tenant: str) -> set[str]:
    """The records with a mark, also of the present hour."""
    found: set[str] = set()
    for pk in anchor_marks.partitions(tenant):
        for page in paging.pages(partial(store.query, pk, limit=paging.PAGE_SIZE)):
            found.update(keys.marked_number(entry.key) for entry in page.entries)
    return found
