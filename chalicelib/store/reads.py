"""Reading: a query page by page, any number of items, and each item once for one request or job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from chalicelib.store import scope
from chalicelib.store.keys import KeyRange
from chalicelib.store.port import CommitConflict, Entry, Key, Page, Store, Write
from chalicelib.store.sizes import MAX_KEYS, key_of

PAGE_SIZE = 200


class Positioned(Protocol):
    """A page of items, or of what was made of them."""

    @property
    def after(self) -> Mapping[str, str] | None: ...


P = TypeVar("P", bound=Positioned, covariant=True)


class Fetch(Protocol[P]):
    """Reads the page after a position, such as `partial(store.query, pk)`."""

    def __call__(self, *, after: Mapping[str, str] | None) -> P: ...


def pages(fetch: Fetch[P], after: Mapping[str, str] | None = None) -> Iterator[P]:
    """Yields the pages after a position. At least one, which may be empty.

    Each page is read when the caller asks for it. So the caller must consume the pages inside the binding.
    """
    while True:
        page = fetch(after=after)
        yield page
        after = page.after
        if after is None:
            return


def entries(fetch: Fetch[Page], after: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """Yields the entries of `pages`."""
    for page in pages(fetch, after):
        yield from page.entries


def items(store: Store, pk: str, sort_keys: KeyRange | None = None, page_size: int = PAGE_SIZE) -> Iterator[Entry]:
    """Yields the items of a partition, or those in a range of its sort keys, in order. Consistent within a page."""
    first, last = sort_keys or ("", None)
    return entries(partial(store.query, pk, first=first, last=last, limit=page_size))


def find(store: Store, key: Key) -> Entry | None:
    return store.get([key]).get(key)


def read_all(store: Store, wanted: Sequence[Key]) -> dict[Key, Entry]:
    """As `Store.get`, for any number of keys. Without keys there is no call."""
    found = dict[Key, Entry]()
    for first in range(0, len(wanted), MAX_KEYS):
        found |= store.get(wanted[first : first + MAX_KEYS])
    return found


def missing(store: Store, writes: Sequence[Write]) -> list[Write]:
    """Those of the writes whose item does not exist."""
    known = read_all(store, [key_of(write) for write in writes])
    return [write for write in writes if key_of(write) not in known]


class ReadOnce:
    """`port.Store` for one request or one run of a job, whose steps ask for the same items: reads each of them once.

    After a commit that writes an item, or that lost to another writer, the item is read again. Between, the request
    does not see what others write. What it writes is conditional on the version that it has read, so it overwrites
    nothing, and a repeated attempt decides on the present item.
    """

    def __init__(self, store: Store, only: Iterable[Key] | None = None) -> None:
        """`only`: the items that are read once. None: every item."""
        self._store = store
        self._only = None if only is None else frozenset(only)
        self._known: dict[Key, Entry] = {}

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        known = {key: self._known[key] for key in keys if key in self._known}
        if not known:
            return self._read(keys)
        scope.check_partitions(key.pk for key in known)
        unknown = [key for key in keys if key not in known]
        return known | self._read(unknown) if unknown else known

    def _read(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        found = self._store.get(keys)
        only = self._only
        self._known.update(found if only is None else {key: found[key] for key in found if key in only})
        return found

    def commit(self, writes: Sequence[Write]) -> None:
        self._forget(map(key_of, writes))
        try:
            self._store.commit(writes)
        except CommitConflict:
            self._known.clear()
            raise

    def put_each(self, entries: Sequence[Entry]) -> None:
        self._forget(entry.key for entry in entries)
        self._store.put_each(entries)

    def _forget(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self._known.pop(key, None)

    def __getattr__(self, name: str) -> Any:
        """Queries and counters are those of the store."""
        return getattr(self._store, name)
