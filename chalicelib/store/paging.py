"""Paging: the loops that read a query page by page, and that read any number of items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from chalicelib.store.keys import KeyRange
from chalicelib.store.port import Entry, Key, Page, Store, Write
from chalicelib.store.sizes import MAX_KEYS, key_of

PAGE_SIZE = 200


class Fetch(Protocol):
    """Reads the page after a position, such as `partial(store.query, pk)`."""

    def __call__(self, *, after: Mapping[str, str] | None) -> Page: ...


def pages(fetch: Fetch, after: Mapping[str, str] | None = None) -> Iterator[Page]:
    """Yields the pages after a position. At least one, which may be empty.

    Each page is read when the caller asks for it. So the caller must consume the pages inside the binding.
    """
    while True:
        page = fetch(after=after)
        yield page
        after = page.after
        if after is None:
            return


def entries(fetch: Fetch, after: Mapping[str, str] | None = None) -> Iterator[Entry]:
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
