"""Port of the store. Each method is one DynamoDB operation.

Two implementations pass the same contract tests (`tests/kernel/store`): `dynamo.DynamoStore`, and a store in memory for
tests. Every call needs a binding (`chalicelib.access.binding`). Calls without one, and calls on keys of another tenant,
raise `binding.Unbound`. Values are JSON text in `body`, which the store does not interpret.
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
    """Key of an item in an index.

    Index `due`: `DUE#<shard>` / `<wake_at>#<tenant>#<aggregate>`. Index `list`: `T#t#L#<shelf>` / `<due_at>#<number>`
    or `T#t#L#M#<reader>` / `<written>#<at>#<event>`.
    """

    pk: str
    sk: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item of the table."""

    key: Key
    kind: str
    body: str = ""
    version: int | None = None
    """Increases with each change (in a snapshot: the number of the last event). `Update` is conditional on it."""
    count: int | None = None
    """Value of a counter (`Store.count`)."""
    seq: int | None = None
    """Number of the last event. Projected into index `list`, where the daily job compares it."""
    expires: int | None = None
    """DynamoDB TTL in epoch seconds of real time. Expired entries may still be returned, so readers must compare."""
    due: IndexKey | None = None
    listed: IndexKey | None = None
    row: str | None = None
    """Projected into index `list`: the row of a staff queue, or a whole message, as JSON text."""
    form: int | None = None
    """The version of the body's form (`store.stored_form`)."""


class Put(msgspec.Struct, frozen=True):
    """Write an entry. With `if_absent`: on condition that there is none."""

    entry: Entry
    if_absent: bool = True
    plain: bool = False
    """Alone in a commit, the entry is written without a transaction, for half of its write units. If the response is
    lost and the request repeated, the commit reports a conflict with itself, which its caller must expect."""


class Update(msgspec.Struct, frozen=True):
    """Update an entry on condition that its `version` is `expected`. A value of None removes the attribute.

    Attributes that `Entry` does not have stay as they are.
    """

    entry: Entry
    expected: int
    plain: bool = False
    """As in `Put`."""
    restores: bool = False
    """The version may stay as it is: the entry is what the stored one should have been."""


class Schedule(msgspec.Struct, frozen=True):
    """Set or remove only an entry's key in index `due`, on condition that its `version` is `expected`."""

    key: Key
    due: IndexKey | None
    expected: int


class Remove(msgspec.Struct, frozen=True):
    """Delete an entry; an absent entry is no error. With `expected`: on condition that it has this version."""

    key: Key
    expected: int | None = None


class Require(msgspec.Struct, frozen=True):
    """A condition without a write: the entry must exist (`present`) or must not exist. `version`: that it must have."""

    key: Key
    present: bool = True
    version: int | None = None


class Add(msgspec.Struct, frozen=True):
    """Add to a counter as part of a commit, on condition that it stays within `ceiling`. An absent counter is created.

    Unlike `Store.count`, it takes effect exactly once and does not return the new value.
    """

    key: Key
    kind: str
    step: int
    ceiling: int | None = None


Write = Put | Update | Schedule | Remove | Require | Add


class CommitConflict(Exception):
    """A condition failed, so nothing was written. `positions`: the writes whose condition failed.

    `positions` is empty if another transaction held one of the items at that moment.
    """

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(f"conditions failed at {list(positions)}")
        self.positions = tuple(positions)


class Unavailable(Exception):
    """A temporary failure: throttling, timeout or server error. It is unknown whether a write took effect."""


class CeilingReached(Exception):
    """A counter would exceed its ceiling. It was not changed."""


class Page(msgspec.Struct, frozen=True):
    """One page of a query. Pass `after` to the next call; None on the last page."""

    entries: list[Entry]
    after: Mapping[str, str] | None


class Store(Protocol):
    """One DynamoDB table with two indexes, `due` and `list`."""

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        """Read at most 100 entries consistently (BatchGetItem). Unprocessed keys are requested again.

        Absent entries are left out of the result.
        """
        ...

    def commit(self, writes: Sequence[Write]) -> None:
        """Write all or nothing: at most 100 writes, no key twice.

        TransactWriteItems; PutItem or UpdateItem for a single write that is `plain`.

        Raises `CommitConflict` if a write's condition does not hold or another transaction holds an item, and
        `Unavailable` for temporary errors.
        """
        ...

    def put_each(self, entries: Sequence[Entry]) -> None:
        """Write at most 25 entries, each by itself and whether there is one or not (BatchWriteItem).

        It takes the write units of single writes. Unprocessed entries are sent again. Raises `Unavailable` for
        temporary errors: then some entries may be written, and others not.
        """
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
        """A consistent page of the entries with `first <= sk <= last`, in the order of `sk`. `last=None`: no limit."""
        ...

    def due(
        self, shard: int, until: str, *, since: str = "", limit: int = 100, after: Mapping[str, str] | None = None
    ) -> Page:
        """A page of index `due`: partition `DUE#<shard>` with `since <= sort key < until`, oldest first.

        The entries have only `key` and `due`. Eventually consistent.
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
        """A page of index `list`, in the order of the index key.

        The entries have only `key`, `listed`, `seq` and `row`. Eventually consistent.
        """
        ...

    def count(
        self, key: Key, kind: str, *, step: int = 1, ceiling: int | None = None, expires: int | None = None
    ) -> int:
        """Add to a counter in one conditional update and return the new value. An absent counter is created.

        `expires`: as in `Entry`. Raises `CeilingReached` if the value would exceed `ceiling`.
        """
        ...
