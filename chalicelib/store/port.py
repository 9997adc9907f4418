"""The store's port: what DynamoDB can do in one call each, and nothing that it cannot.

Two implementations keep one contract (`tests/store`): `memory.MemoryStore` and `dynamo.DynamoStore`.
Every call needs a binding (`chalicelib.access.binding`); unbound calls, and calls on keys of another tenant,
raise `binding.Unbound` in both. Values are JSON text in `body`: the store never looks inside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec


class Key(NamedTuple):
    """The table's primary key."""

    pk: str
    sk: str


class IndexKey(NamedTuple):
    """An index's key: `DUE#<shard>` / `<wake_at>#<tenant>#<aggregate>`, `T#t#L#<shelf>` / `<due_at>#<number>`, or
    `T#t#L#M#<reader>` / `<written>#<at>#<event>`."""

    pk: str
    sk: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item of the table."""

    key: Key
    kind: str
    body: str = ""
    version: int | None = None
    """Grows with each change (a snapshot: the number of its last event); a `Change` is conditional on it."""
    count: int | None = None
    """A counter's value (`Store.count`)."""
    seq: int | None = None
    """The last event's number, projected into `list` so that the daily job can compare it."""
    expires: int | None = None
    """DynamoDB TTL, in epoch seconds of real time. The store may still return an entry past it: readers compare."""
    due: IndexKey | None = None
    listed: IndexKey | None = None
    row: str | None = None
    """What index `list` projects: the queue's row, or the whole message, as JSON text."""


class Put(msgspec.Struct, frozen=True):
    """Write an entry; with `if_absent` only where there is none."""

    entry: Entry
    if_absent: bool = True


class Change(msgspec.Struct, frozen=True):
    """Set an existing entry's attributes on condition that its `version` is `expected`. `None` removes an attribute.

    Attributes that this code does not know stay as they are (an update, never a put).
    """

    entry: Entry
    expected: int


class Schedule(msgspec.Struct, frozen=True):
    """Set or remove an entry's key in index `due` on condition of its `version`, which stays as it is, as all else."""

    key: Key
    due: IndexKey | None
    expected: int


class Remove(msgspec.Struct, frozen=True):
    """Delete an entry; one that is absent is no error. With `expected`: on condition that it has this version."""

    key: Key
    expected: int | None = None


class Require(msgspec.Struct, frozen=True):
    """Only a condition: the entry must (not) be there for the whole commit to happen."""

    key: Key
    present: bool = True


class Add(msgspec.Struct, frozen=True):
    """Add to a counter (made when absent) with the rest of the commit, on condition that it stays within `ceiling`.

    Unlike `Store.count` it happens exactly once, and its value is not told.
    """

    key: Key
    kind: str
    step: int
    ceiling: int | None = None


Write = Put | Change | Schedule | Remove | Require | Add


class CommitConflict(Exception):
    """A condition failed, so nothing was written. `positions` are those of the writes whose own condition failed.

    Empty positions: another transaction held an item at that moment.
    """

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(f"conditions failed at {list(positions)}")
        self.positions = tuple(positions)


class Unavailable(Exception):
    """Throttled, timed out or refused for now. Whether a write happened is unknown."""


class CeilingReached(Exception):
    """A counter would pass its ceiling; it was not counted."""


class Page(msgspec.Struct, frozen=True):
    """One page of a query. `after` is given to the next call; `None` at the end."""

    entries: list[Entry]
    after: Mapping[str, str] | None


class Store(Protocol):
    """One DynamoDB table with two indexes (design §6)."""

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        """At most 100 entries in one consistent read (BatchGetItem; unprocessed keys are asked for again).

        Absent ones are left out.
        """
        ...

    def commit(self, writes: Sequence[Write]) -> None:
        """All or none, at most 100, no key twice (TransactWriteItems). Raises `Lost` or `Unavailable`."""
        ...

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
        """A consistent page of a partition with `first <= sk <= last`, by `sk`. `last=None`: no upper end."""
        ...

    def due(
        self, shard: int, until: str, *, since: str = "", limit: int = 100, after: Mapping[str, str] | None = None
    ) -> Page:
        """Index `due`: `DUE#<shard>` with `since <= sort key < until`, oldest first: `key` and `due` only.

        Eventually consistent.
        """
        ...

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
        """Index `list`: `key`, `listed`, `seq` and `row`, in the order of the index key. Eventually consistent."""
        ...

    def count(
        self, key: Key, kind: str, *, step: int = 1, ceiling: int | None = None, expires: int | None = None
    ) -> int:
        """Add to a counter (made when absent) in one conditional update and return its new value. Raises `Ceiling`.

        `expires`: as in `Entry`, for a counter that is of no use later.
        """
        ...
