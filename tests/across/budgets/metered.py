"""Read and write units of the calls to a memory store, by partition.

Amazon DynamoDB Developer Guide, "Read and write operations": a consistent read takes one unit per 4 KB of the item
(an absent item: one), a query one unit per 4 KB of its page (by an index: half). A transactional write takes two units
per 1 KB of the larger of the item before and after it. An index takes one unit per 1 KB of its projection, and one more
to delete the old row if the key changes. A counter update without a transaction takes one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from chalicelib.store import sizes
from chalicelib.store.port import Entry, IndexKey, Key, Page, Put, Remove, Schedule, Update, Write
from chalicelib.store.transaction import plain
from infra.memory_store.store import MemoryStore

READ_BYTES, WRITE_BYTES = 4096, 1024
_INDEX_OVERHEAD = 100
"""Bytes that DynamoDB adds to each index item, according to its guide."""


@dataclass
class Metered:
    store: MemoryStore
    by_partition: Counter[str] = field(default_factory=Counter)
    """Write units by partition key, for the table and the indexes."""
    reads: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Read units by kind of item. Absent items are of the kind `absent`, as are pages without items."""
    writes: Counter[str] = field(default_factory=Counter)
    """Write units by kind of item, and for its rows in an index."""

    @property
    def read(self) -> float:
        return sum(self.reads.values())

    @property
    def written(self) -> int:
        return self.writes.total()

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        found = self.store.get(keys)
        for key in keys:
            self.reads[_kind(found.get(key))] += -(-_bytes(found[key]) // READ_BYTES) if key in found else 1
        return found

    def commit(self, writes: Sequence[Write]) -> None:
        before = self._there(writes)
        self.store.commit(writes)
        after = self._there(writes)
        each = 2 if plain(writes) is None else 1
        for write in writes:
            key = sizes.key_of(write)
            kind = _kind(after.get(key) or before.get(key))
            for partition, units in write_units(write, before.get(key), after.get(key), each):
                self.by_partition[partition] += units
                self.writes[kind if partition == key.pk else f"{kind}, in an index"] += units

    def put_each(self, entries: Sequence[Entry]) -> None:
        writes = [Put(entry) for entry in entries]
        before = self._there(writes)
        self.store.put_each(entries)
        for write in writes:
            key = write.entry.key
            for partition, units in write_units(write, before.get(key), write.entry, 1):
                self.by_partition[partition] += units
                self.writes[write.entry.kind if partition == key.pk else f"{write.entry.kind}, in an index"] += units

    def count(self, key: Key, kind: str, **how: int | None) -> int:
        self.writes[kind] += 1
        self.by_partition[key.pk] += 1
        return self.store.count(key, kind, **how)  # type: ignore[arg-type]

    def query(self, pk: str, **how: object) -> Page:
        return self._paged(self.store.query(pk, **how), 1)  # type: ignore[arg-type]

    def listed(self, pk: str, **how: object) -> Page:
        page = self.store.listed(pk, **how)  # type: ignore[arg-type]
        whole = [replace(entry, kind=self.store._entries[entry.key].kind) for entry in page.entries]
        self._paged(Page(whole, None), 0.5, ", in an index")
        return page

    def due(self, shard: int, until: str, **how: object) -> Page:
        return self._paged(self.store.due(shard, until, **how), 0.5)  # type: ignore[arg-type]

    def _paged(self, page: Page, each: float, where: str = "") -> Page:
        units = each * max(1, -(-sum(map(_bytes, page.entries)) // READ_BYTES))
        self.reads[_kind(page.entries[0] if page.entries else None) + where] += units
        return page

    def _there(self, writes: Sequence[Write]) -> Mapping[Key, Entry]:
        """The present items under the keys of the writes. Not metered, because the program does not read them."""
        keys = [sizes.key_of(write) for write in writes]
        return {key: entry for key in keys if (entry := self.store._entries.get(key)) is not None}

    def __getattr__(self, name: str) -> Callable[..., object]:
        target: Callable[..., object] = getattr(self.store, name)
        return target


def _bytes(entry: Entry) -> int:
    return sizes.bytes_of(sizes.attributes(entry))


def _kind(entry: Entry | None) -> str:
    return "absent" if entry is None else entry.kind


def write_units(write: Write, before: Entry | None, after: Entry | None, each: int = 2) -> Iterator[tuple[str, int]]:
    """Yields each partition key with the units that one write takes there.

    `each`: units for a kilobyte of the table, 2 in a transaction.
    """
    there = [entry for entry in (before, after) if entry is not None]
    largest = max(map(_bytes, there), default=1)
    yield sizes.key_of(write).pk, each * -(-largest // WRITE_BYTES)
    if isinstance(write, Put | Update | Remove | Schedule):
        yield from _index(before and before.due, after and after.due, 0, changed=False)
        row = len(str(dict(sizes.attributes(after)).get("row", ""))) if after else 0
        changed = (before and (before.row, before.seq)) != (after and (after.row, after.seq))
        yield from _index(before and before.listed, after and after.listed, row, changed=changed)


def _index(before: IndexKey | None, after: IndexKey | None, row: int, *, changed: bool) -> Iterator[tuple[str, int]]:
    """A row whose key changes is deleted and written. A row whose projected values change is written."""
    if before is not None and before != after:
        yield before.pk, -(-(_INDEX_OVERHEAD + len("".join(before)) + row) // WRITE_BYTES)
    if after is not None and (before != after or changed):
        yield after.pk, -(-(_INDEX_OVERHEAD + len("".join(after)) + row) // WRITE_BYTES)
