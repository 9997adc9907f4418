"""The head of an organisation's statistics: whether all records are counted, and those that have changed since.

Every change of cells is conditional on the head's version, so changes happen one after the other.
"""

from __future__ import annotations

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.statistics.counting.contribution import definition
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Remove, Store, Write
from chalicelib.store.stored_form import Form

KIND = "statistics-head"


class StatisticsHead(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    definition: str = ""
    """The definition by which all records are counted (`counting.definition`). Empty before, and during a rebuild."""
    job: str = ""
    """The job of the rebuild; empty without one."""
    pending: list[str] = []
    """Numbers of the records that have changed since they were counted, sorted. Their marks may have been removed."""
    settled: Instant = 0
    """When a consolidation last left nothing pending. Domain time."""

    @property
    def is_counted(self) -> bool:
        """Whether the cells have all records but the pending ones, as this release counts them."""
        return self.definition == definition()


FORM = Form(KIND, StatisticsHead, version=2)


class StoredHead(msgspec.Struct, frozen=True):
    head: StatisticsHead
    version: int
    """0 if there is no item."""

    def write(self, tenant: str, after: StatisticsHead, *, plain: bool = False) -> Write:
        """The head's next version, on condition that this one is still stored. `plain`: as in `port.Put`."""
        return FORM.write(key(tenant), after, self.version, plain=plain)


def key(tenant: str) -> Key:
    return keys.statistics_head(tenant)


def parse(entry: Entry | None) -> StoredHead:
    if entry is None:
        return StoredHead(StatisticsHead(), 0)
    return StoredHead(FORM.read(entry), entry.version or 0)


def read(store: Store, tenant: str) -> StoredHead:
    return parse(store.get([key(tenant)]).get(key(tenant)))


def removals(store: Store, tenant: str, most: int) -> tuple[list[Write], bool]:
    """The removal of some of what is counted, and whether nothing else is."""
    first, last = keys.STATISTICS_COUNTED
    page = store.query(key(tenant).pk, first=first, last=last, limit=most)
    return [Remove(entry.key) for entry in page.entries], page.after is None
