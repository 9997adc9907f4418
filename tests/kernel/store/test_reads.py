"""Paging: every page is read once, in order, and only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import islice

import pytest

from chalicelib.access import binding
from chalicelib.store import keys, reads
from chalicelib.store.keys import KeyRange
from chalicelib.store.port import Entry, Key, Page, Put, Store

PK = keys.complaint("acme", "202611-000001")


@pytest.fixture
def names(store: Store) -> list[str]:
    """The sort keys of five items of a partition."""
    found = [f"K#{position}" for position in range(5)]
    with binding.tenant("acme"):
        store.commit([Put(Entry(key=Key(PK, sk), kind="K")) for sk in found])
    return found


class CountingQuery:
    """The store's query, with the positions that were read."""

    def __init__(self, store: Store, limit: int = 2) -> None:
        self.read: list[Mapping[str, str] | None] = []
        self._query = partial(store.query, PK, limit=limit)

    def __call__(self, *, after: Mapping[str, str] | None) -> Page:
        self.read.append(after)
        return self._query(after=after)


@pytest.mark.usefixtures("acme")
class TestPages:
    def test_end_with_the_last_page(self, store: Store, names: list[str]) -> None:
        query = CountingQuery(store)
        found = list(reads.pages(query))
        assert [entry.key.sk for page in found for entry in page.entries] == names
        assert query.read == [None, found[0].after, found[1].after]

    def test_start_after_a_position(self, store: Store, names: list[str]) -> None:
        first = store.query(PK, limit=2)
        assert [entry.key.sk for entry in reads.entries(CountingQuery(store), first.after)] == names[2:]

    def test_are_read_one_at_a_time(self, store: Store, names: list[str]) -> None:
        query = CountingQuery(store)
        assert [entry.key.sk for entry in islice(reads.entries(query), 2)] == names[:2]
        assert len(query.read) == 1

    def test_an_empty_partition_has_one_empty_page(self, store: Store) -> None:
        assert list(reads.pages(CountingQuery(store))) == [Page([], None)]

    def test_go_on_behind_an_empty_page(self) -> None:
        """DynamoDB may return an empty page with a position, such as after many expired items."""
        position = {"pk": PK, "sk": "K#0"}
        answers = {None: Page([], position), "K#0": Page([Entry(key=Key(PK, "K#1"), kind="K")], None)}
        found = reads.entries(lambda after: answers[None if after is None else after["sk"]])
        assert [entry.key.sk for entry in found] == ["K#1"]


@pytest.mark.usefixtures("acme")
class TestItems:
    def test_of_a_whole_partition(self, store: Store, names: list[str]) -> None:
        assert [entry.key.sk for entry in reads.items(store, PK, page_size=2)] == names

    def test_of_a_range(self, store: Store, names: list[str]) -> None:
        found = reads.items(store, PK, KeyRange(names[1], names[3]), page_size=1)
        assert [entry.key.sk for entry in found] == names[1:4]


def test_pages_are_consumed_inside_the_binding(store: Store) -> None:
    with binding.tenant("acme"):
        found = reads.items(store, PK)
    with pytest.raises(binding.Unbound):
        next(found)
