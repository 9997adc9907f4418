"""`port.Store` in memory, without AWS, for fast tests and model runs.

Thread-safe: each call runs under one lock. Index reads are consistent here, which callers must not rely on.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

import msgspec

from chalicelib.store import scope, sizes
from chalicelib.store.keys import due_partition
from chalicelib.store.port import (
    Add,
    CeilingReached,
    CommitConflict,
    Entry,
    Key,
    Page,
    Put,
    Remove,
    Require,
    Schedule,
    Update,
    Write,
)
from infra.memory_store.stream_records import EventName, StreamRecord

IndexPosition = tuple[str, str, str]
"""Position of an entry in a partition of the table or of an index: the sort key there, then the table key."""


class RecordedCall(NamedTuple):
    """One call of the store: method name and number of keys (always 1 for queries and counters)."""

    name: str
    keys: int


class Range(NamedTuple):
    """Sort keys from `first` to `last`. `closed`: whether the range includes `last`."""

    first: str
    last: str | None
    closed: bool = True

    def slice_of(self, positions: Sequence[IndexPosition]) -> tuple[int, int]:
        start = bisect_left(positions, (self.first,))
        if self.last is None:
            return start, len(positions)
        find = bisect_right if self.closed else bisect_left
        return start, max(start, find(positions, self.last, key=lambda position: position[0]))


class _Calling:
    """Holds the store's lock. A class, because a generator takes longer than most calls. Equal calls share one."""

    __slots__ = ("_call", "_store")

    def __init__(self, store: MemoryStore, call: RecordedCall) -> None:
        self._store, self._call = store, call

    def __enter__(self) -> None:
        if self._store.before is not None:
            self._store.before(self._call)
        self._store._lock.acquire()
        self._store.calls.append(self._call)

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self._store._lock.release()
        if failure is None and self._store.after is not None:
            self._store.after(self._call)


class MemoryStore:
    """`calls` and `stream` grow for the lifetime of the store. Tests read them and may clear `calls`.

    `before` and `after` run around each call, outside the lock. A test lets them raise (throttling, or a timeout after
    the write) or write to the store (a race between load and commit).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[Key, Entry] = {}
        self._partitions: defaultdict[tuple[str, str], list[IndexPosition]] = defaultdict(list)
        self.calls: list[RecordedCall] = []
        self.stream: list[StreamRecord] = []
        self.before: Callable[[RecordedCall], None] | None = None
        self.after: Callable[[RecordedCall], None] | None = None
        self._calling: dict[tuple[str, int], _Calling] = {}

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        scope.check_partitions(key.pk for key in keys)
        sizes.check_keys(keys)
        if not keys:
            return {}
        with self._call("get", len(keys)):
            return {key: self._entries[key] for key in keys if key in self._entries}

    def commit(self, writes: Sequence[Write]) -> None:
        scope.check_writes(writes)
        sizes.check_writes(writes)
        if not writes:
            return
        with self._call("commit", len(writes)):
            failed = [position for position, write in enumerate(writes) if not self._condition_holds(write)]
            if failed:
                raise CommitConflict(failed)
            for write in writes:
                self._apply(write)

    def put_each(self, entries: Sequence[Entry]) -> None:
        scope.check_writes([Put(entry) for entry in entries])
        sizes.check_puts(entries)
        if not entries:
            return
        with self._call("put_each", len(entries)):
            for entry in entries:
                self._store(entry)

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        limit: int = 100,
        after: Mapping[str, str] | None = None,
        newest_first: bool = False,
    ) -> Page:
        scope.check_partitions([pk])
        start = None if after is None else (after["sk"], after["pk"], after["sk"])
        with self._call("query", 1):
            page = self._page(("table", pk), Range(first, last), start, limit, newest_first)
            return Page(self._entries_at(page), _token(page[-1]) if len(page) == limit else None)

    def due(
        self, shard: int, until: str, *, since: str = "", limit: int = 100, after: Mapping[str, str] | None = None
    ) -> Page:
        scope.check_sweep()
        if after is not None and after["due_sk"] < since:
            raise ValueError("DynamoDB rejects a page that begins before its range")
        pk = due_partition(shard)
        with self._call("due", 1):
            page = self._page(("due", pk), Range(since, until, closed=False), _index_start("due", after), limit)
            if not page:
                return Page([], None)  # of most shards
            entries = [Entry(key=e.key, kind="", due=e.due) for e in self._entries_at(page)]
            return Page(entries, _index_token("due", pk, page[-1]) if len(page) == limit else None)

    def listed(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        limit: int = 100,
        after: Mapping[str, str] | None = None,
        newest_first: bool = False,
    ) -> Page:
        scope.check_partitions([pk])
        with self._call("listed", 1):
            page = self._page(("list", pk), Range(first, last), _index_start("list", after), limit, newest_first)
            entries = [Entry(key=e.key, kind="", listed=e.listed, seq=e.seq, row=e.row) for e in self._entries_at(page)]
            found = Page(entries, _index_token("list", pk, page[-1]) if len(page) == limit else None)
        return scope.own_rows(found)

    def count(
        self, key: Key, kind: str, *, step: int = 1, ceiling: int | None = None, expires: int | None = None
    ) -> int:
        scope.check_partitions([key.pk])
        with self._call("count", 1):
            old = self._entries.get(key) or Entry(key=key, kind=kind)
            total = (old.count or 0) + step
            if ceiling is not None and total > ceiling:
                raise CeilingReached
            self._store(msgspec.structs.replace(old, count=total, expires=old.expires if expires is None else expires))
            return total

    def everything(self) -> list[Entry]:
        """All entries of all tenants, for tests."""
        with self._lock:
            return list(self._entries.values())

    def stream_after(self, position: int) -> list[StreamRecord]:
        """Stream records after the first `position` ones."""
        with self._lock:
            return self.stream[position:]

    def _call(self, name: str, keys: int) -> _Calling:
        found = self._calling.get((name, keys))
        if found is None:
            found = self._calling[name, keys] = _Calling(self, RecordedCall(name, keys))
        return found

    def _condition_holds(self, write: Write) -> bool:
        if isinstance(write, Put):
            return not (write.if_absent and write.entry.key in self._entries)
        if isinstance(write, Update):
            old = self._entries.get(write.entry.key)
            return old is not None and old.version == write.expected
        if isinstance(write, Require):
            found = self._entries.get(write.key)
            if write.version is not None:
                return found is not None and found.version == write.version
            return (found is not None) is write.present
        if isinstance(write, Add):
            old = self._entries.get(write.key)
            return write.ceiling is None or ((old and old.count) or 0) + write.step <= write.ceiling
        if isinstance(write, Schedule) or write.expected is not None:
            found = self._entries.get(write.key)
            return found is not None and found.version == write.expected
        return True

    def _apply(self, write: Write) -> None:
        if isinstance(write, Put | Update):
            self._store(write.entry)
        elif isinstance(write, Schedule):
            self._store(msgspec.structs.replace(self._entries[write.key], due=write.due))
        elif isinstance(write, Remove):
            self._drop(write.key)
        elif isinstance(write, Add):
            old = self._entries.get(write.key) or Entry(key=write.key, kind=write.kind)
            self._store(msgspec.structs.replace(old, count=(old.count or 0) + write.step))

    def _store(self, entry: Entry) -> None:
        old = self._entries.get(entry.key)
        if old == entry:
            return  # DynamoDB's stream has no record of a write that changes nothing
        if old is not None:
            self._unplace(old)
        self._entries[entry.key] = entry
        for partition, position in _positions(entry):
            insort(self._partitions[partition], position)
        self._record("INSERT" if old is None else "MODIFY", entry.key)

    def _drop(self, key: Key) -> None:
        old = self._entries.pop(key, None)
        if old is not None:
            self._unplace(old)
            self._record("REMOVE", key)

    def _unplace(self, entry: Entry) -> None:
        for partition, position in _positions(entry):
            positions = self._partitions[partition]
            del positions[bisect_left(positions, position)]

    def _record(self, name: EventName, key: Key) -> None:
        self.stream.append(StreamRecord(len(self.stream) + 1, name, key))

    def _page(
        self,
        partition: tuple[str, str],
        within: Range,
        after: IndexPosition | None,
        limit: int,
        newest_first: bool = False,
    ) -> list[IndexPosition]:
        positions = self._partitions.get(partition)
        if not positions:
            return []  # the sweep reads many empty shards
        start, end = within.slice_of(positions)
        if after is not None and newest_first:
            end = min(end, bisect_left(positions, after))
        elif after is not None:
            start = max(start, bisect_right(positions, after))
        if newest_first:
            return positions[max(start, end - limit) : max(start, end)][::-1]
        return positions[start : min(end, start + limit)]

    def _entries_at(self, positions: Sequence[IndexPosition]) -> list[Entry]:
        entries = cast("dict[tuple[str, str], Entry]", self._entries)  # a key equals the pair, which is made faster
        return [entries[pk, sk] for _, pk, sk in positions]


def _token(position: IndexPosition) -> dict[str, str]:
    return {"pk": position[1], "sk": position[2]}


def _index_token(index: str, pk: str, position: IndexPosition) -> dict[str, str]:
    return {f"{index}_pk": pk, f"{index}_sk": position[0], **_token(position)}


def _index_start(index: str, after: Mapping[str, str] | None) -> IndexPosition | None:
    return None if after is None else (after[f"{index}_sk"], after["pk"], after["sk"])


def _positions(entry: Entry) -> Iterator[tuple[tuple[str, str], IndexPosition]]:
    """Each partition that holds the entry, with the entry's position there."""
    key = entry.key
    yield ("table", key.pk), (key.sk, *key)
    if entry.due is not None:
        yield ("due", entry.due.pk), (entry.due.sk, *key)
    if entry.listed is not None:
        yield ("list", entry.listed.pk), (entry.listed.sk, *key)
