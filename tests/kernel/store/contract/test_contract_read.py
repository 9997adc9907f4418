"""The contract of queries, index reads and counters, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, Entry, Key, Page, Put, Remove, Store, Update

PK = keys.complaint("acme", "202611-000001")
OTHER = keys.complaint("acme", "202611-000002")
COUNTER = keys.month_counter("acme", "202611")
WAKE = 1_795_000_000_000

Ask = Callable[[Mapping[str, str] | None], Page]


def all_pages(ask: Ask) -> list[Entry]:
    entries: list[Entry] = []
    after: Mapping[str, str] | None = None
    while True:
        page = ask(after)
        entries += page.entries
        after = page.after
        if after is None:
            return entries


def put(store: Store, *entries: Entry) -> None:
    with binding.tenant("acme"):
        store.commit([Put(entry) for entry in entries])


def events(pk: str, count: int) -> list[Entry]:
    return [Entry(key=keys.event(pk, seq), kind="E", body=f'{{"seq":{seq}}}') for seq in range(1, count + 1)]


def sks(entries: list[Entry]) -> list[str]:
    return [entry.key.sk for entry in entries]


@pytest.fixture
def written(store: Store) -> list[Entry]:
    """Ten events among other items of the complaint and of another complaint."""
    entries = events(PK, 10)
    put(store, *entries, *events(OTHER, 3), Entry(key=keys.snapshot(PK), kind="S"), Entry(key=Key(PK, "P#1"), kind="P"))
    return entries


@pytest.mark.usefixtures("acme")
class TestQuery:
    def test_gives_a_partition_in_the_order_of_its_sort_keys(self, store: Store, written: list[Entry]) -> None:
        page = store.query(PK)
        assert sks(page.entries) == [*sks(written), "P#1", "S"]
        assert page.after is None

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            ("E#00000009", None, ["E#00000009", "E#00000010", "P#1", "S"]),
            ("", "E#00000002", ["E#00000001", "E#00000002"]),
            ("E#00000003", "E#00000004", ["E#00000003", "E#00000004"]),
            ("E#00000004", "E#00000003", []),
            ("T", None, []),
        ],
    )
    def test_takes_both_ends_of_a_range_as_belonging_to_it(
        self, store: Store, written: list[Entry], first: str, last: str | None, expected: list[str]
    ) -> None:
        assert sks(store.query(PK, first=first, last=last).entries) == expected

    @pytest.mark.parametrize("limit", [1, 3, 5, 10, 11])
    def test_pages_give_every_entry_once(self, store: Store, written: list[Entry], limit: int) -> None:
        found = all_pages(lambda after: store.query(PK, first="E#", last="E#~", limit=limit, after=after))
        assert found == written

    def test_pages_go_backwards_too(self, store: Store, written: list[Entry]) -> None:
        found = all_pages(
            lambda after: store.query(PK, first="E#", last="E#~", limit=4, after=after, newest_first=True)
        )
        assert found == written[::-1]

    def test_an_entry_removed_between_pages_does_not_stop_them(self, store: Store, written: list[Entry]) -> None:
        first = store.query(PK, first="E#", last="E#~", limit=4)
        store.commit([Remove(written[3].key), Remove(written[4].key)])
        second = store.query(PK, first="E#", last="E#~", after=first.after)
        assert second.entries == written[5:]

    def test_an_unknown_partition_is_empty(self, store: Store) -> None:
        assert store.query(PK) == Page([], None)


class TestDue:
    def snapshot(self, number: str, wake_at: int) -> Entry:
        due = keys.due("acme", f"C#{number}", wake_at)
        return Entry(
            key=keys.snapshot(keys.complaint("acme", number)),
            kind="S",
            body="{}",
            version=1,
            due=due._replace(pk=keys.due_partition(0)),
        )

    def test_gives_keys_only_oldest_first_below_the_bound(self, store: Store) -> None:
        snapshots = [self.snapshot(f"202611-00000{n}", WAKE + n) for n in (3, 1, 2, 4)]
        put(store, *snapshots)
        until = self.snapshot("202611-000004", WAKE + 4).due
        assert until is not None
        with binding.sweep():
            found = all_pages(lambda after: store.due(0, until.sk, limit=2, after=after))
        assert found == [Entry(key=s.key, kind="", due=s.due) for s in (snapshots[1], snapshots[2], snapshots[0])]

    def test_begins_where_it_is_told_to(self, store: Store) -> None:
        snapshots = [self.snapshot(f"202611-00000{n}", WAKE + n) for n in (1, 2, 3)]
        put(store, *snapshots)
        assert snapshots[1].due is not None
        with binding.sweep():
            found = all_pages(lambda after: store.due(0, "9999", since=snapshots[1].due.sk, limit=1, after=after))
        assert [entry.key for entry in found] == [each.key for each in snapshots[1:]]

    def test_a_beginning_behind_the_bound_gives_nothing(self, store: Store) -> None:
        put(store, self.snapshot("202611-000001", WAKE))
        with binding.sweep():
            assert store.due(0, "2026", since="9999").entries == []

    def test_what_no_longer_wakes_leaves_the_index(self, store: Store) -> None:
        snapshot = self.snapshot("202611-000001", WAKE)
        put(store, snapshot)
        with binding.tenant("acme"):
            store.commit([Update(Entry(key=snapshot.key, kind="S", version=2), expected=1)])
        with binding.sweep():
            assert store.due(0, "9999").entries == []

    def test_entries_of_one_index_key_are_all_given(self, store: Store) -> None:
        same = self.snapshot("202611-000001", WAKE)
        twins = [Entry(key=keys.event(PK, n), kind="E", due=same.due) for n in range(5)]
        put(store, *twins)
        with binding.sweep():
            found = all_pages(lambda after: store.due(0, "9999", limit=2, after=after))
        assert sorted(sks(found)) == sks(twins)


@pytest.mark.usefixtures("acme")
class TestListed:
    def snapshot(self, number: str, due_at: str) -> Entry:
        return Entry(
            key=keys.snapshot(keys.complaint("acme", number)),
            kind="S",
            body="not projected",
            seq=4,
            row='{"stage":"open"}',
            listed=keys.listed("acme", "open", due_at, number),
        )

    def test_gives_the_row_in_the_order_of_what_is_due_next(self, store: Store) -> None:
        late, soon, never = (
            self.snapshot("1", "2026-11-28T00:00:00.000Z"),
            self.snapshot("2", "2026-11-27T00:00:00.000Z"),
            self.snapshot("3", keys.NEVER),
        )
        put(store, late, soon, never)
        found = all_pages(lambda after: store.listed(keys.shelf("acme", "open"), limit=2, after=after))
        assert found == [
            Entry(key=s.key, kind="", listed=s.listed, seq=4, row='{"stage":"open"}') for s in (soon, late, never)
        ]

    def test_pages_go_backwards_too(self, store: Store) -> None:
        due = [f"2026-11-2{n}" for n in range(5)]
        put(store, *(self.snapshot(str(n), at) for n, at in enumerate(due)))
        found = all_pages(
            lambda after: store.listed(keys.shelf("acme", "open"), limit=2, after=after, newest_first=True)
        )
        assert [entry.listed and entry.listed.sk.partition("#")[0] for entry in found] == due[::-1]

    def test_takes_a_range_of_due_times(self, store: Store) -> None:
        put(store, *(self.snapshot(str(n), f"2026-11-2{n}") for n in range(5)))
        found = store.listed(keys.shelf("acme", "open"), first="2026-11-21", last="2026-11-23~").entries
        assert [entry.listed and entry.listed.sk for entry in found] == [f"2026-11-2{n}#{n}" for n in (1, 2, 3)]

    def test_another_shelf_is_empty(self, store: Store) -> None:
        put(store, self.snapshot("1", keys.NEVER))
        assert store.listed(keys.shelf("acme", "archived")) == Page([], None)


@pytest.mark.usefixtures("acme")
class TestCount:
    def test_starts_at_one_and_is_found_like_any_entry(self, store: Store) -> None:
        assert [store.count(COUNTER, "N") for _ in range(3)] == [1, 2, 3]
        assert store.get([COUNTER]) == {COUNTER: Entry(key=COUNTER, kind="N", count=3)}

    def test_takes_steps_up_to_the_ceiling_and_gives_them_back(self, store: Store) -> None:
        assert store.count(COUNTER, "N", step=60, ceiling=100) == 60
        with pytest.raises(CeilingReached):
            store.count(COUNTER, "N", step=41, ceiling=100)
        assert store.count(COUNTER, "N", step=40, ceiling=100) == 100
        assert store.count(COUNTER, "N", step=-30, ceiling=100) == 70

    def test_a_first_step_above_the_ceiling_makes_no_counter(self, store: Store) -> None:
        with pytest.raises(CeilingReached):
            store.count(COUNTER, "N", step=11, ceiling=10)
        assert store.get([COUNTER]) == {}

    def test_may_say_when_it_expires(self, store: Store) -> None:
        store.count(COUNTER, "N", step=2, expires=1_800_000_000)
        assert store.count(COUNTER, "N", step=3, expires=1_800_000_000) == 5
        assert store.get([COUNTER])[COUNTER] == Entry(key=COUNTER, kind="N", count=5, expires=1_800_000_000)

    def test_keeps_what_else_the_entry_holds(self, store: Store) -> None:
        put(store, Entry(key=COUNTER, kind="N", body="{}", version=1))
        store.count(COUNTER, "N")
        assert store.get([COUNTER])[COUNTER] == Entry(key=COUNTER, kind="N", body="{}", version=1, count=1)


def attempts(store: Store) -> dict[str, Callable[[], Any]]:
    foreign = Entry(key=keys.snapshot(keys.complaint("umbrella", "1")), kind="S", version=2)
    shelved = Entry(key=keys.snapshot(PK), kind="S", listed=keys.listed("umbrella", "open", keys.NEVER, "1"))
    return {
        "get": lambda: store.get([keys.snapshot(PK), foreign.key]),
        "put": lambda: store.commit([Put(foreign)]),
        "change": lambda: store.commit([Update(foreign, expected=1)]),
        "remove": lambda: store.commit([Remove(foreign.key)]),
        "query": lambda: store.query(foreign.key.pk),
        "listed": lambda: store.listed(keys.shelf("umbrella", "open")),
        "shelve": lambda: store.commit([Put(shelved)]),
        "count": lambda: store.count(keys.month_counter("umbrella", "202611"), "N"),
        "directory": lambda: store.get([keys.directory("acme")]),
        "prefix": lambda: store.query("T#acme"),
        "longer name": lambda: store.query("T#acme-2#ORG"),
        "due": lambda: store.due(0, "9999"),
    }


@pytest.mark.parametrize("attempt", list(attempts(None)))  # type: ignore[arg-type]
class TestBinding:
    @pytest.mark.usefixtures("acme")
    def test_a_tenant_reaches_nothing_of_another_nor_the_directory_nor_due(self, store: Store, attempt: str) -> None:
        with pytest.raises(binding.Unbound):
            attempts(store)[attempt]()

    def test_unbound_code_reaches_nothing(self, store: Store, attempt: str) -> None:
        with pytest.raises(binding.Unbound):
            attempts(store)[attempt]()

    def test_the_sweep_reads_due_and_nothing_else(self, store: Store, attempt: str) -> None:
        with binding.sweep():
            if attempt == "due":
                assert store.due(0, "9999").entries == []
            else:
                with pytest.raises(binding.Unbound):
                    attempts(store)[attempt]()

    def test_the_directory_holds_no_tenants_items(self, store: Store, attempt: str) -> None:
        with binding.directory():
            if attempt == "directory":
                assert store.get([keys.directory("acme")]) == {}
            else:
                with pytest.raises(binding.Unbound):
                    attempts(store)[attempt]()
