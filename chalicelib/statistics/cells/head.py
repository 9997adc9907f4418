"""The head of an organisation's statistics: the generation that queries read, and the records that have changed since.

Every change of cells is conditional on the head's version, so changes happen one after the other.
"""

from __future__ import annotations

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Remove, Store, Write
from chalicelib.store.stored_form import Form

KIND = "statistics-head"


class StatisticsHead(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    live: int = 0
    """The generation that queries read; 0 before the first is complete."""
    building: int = 0
    """The generation that a rebuild writes; 0 without one."""
    job: str = ""
    """The job of that rebuild."""
    pending: list[str] = []
    """Numbers of the records that have changed since they were counted, sorted. Their marks may have been removed."""
    definition: str = ""
    """The definition by which the live generation was built (`counting.definition`)."""
    settled: Instant = 0
    """When a consolidation last left nothing pending. Domain time."""

    @property
    def generations(self) -> list[int]:
        return [one for one in (self.live, self.building) if one]


FORM = Form(KIND, StatisticsHead)


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


def removals_before(store: Store, tenant: str, generation: int, most: int) -> tuple[list[Write], bool]:
    """The removal of some of the items of earlier generations, and whether these are the last ones."""
    first, last = keys.statistics_before(generation)
    page = store.query(key(tenant).pk, first=first, last=last, limit=most)
    return [Remove(entry.key) for entry in page.entries], page.after is None


def last_generation(store: Store, tenant: str) -> int:
    """The last generation of which there is a cell; 0 without any."""
    within = keys.STATISTICS_GENERATIONS
    page = store.query(key(tenant).pk, first=within.first, last=within.last, limit=1, newest_first=True)
    return keys.statistics_generation(page.entries[0].key) if page.entries else 0
