"""Concurrent writes, on every engine except plain moto, which loses acknowledged writes (`moto.test_shim`)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import Add, CeilingReached, CommitConflict, Entry, Key, Put, Store, Update
from tests.kernel.store.conftest import ALWAYS, ON_REQUEST

pytestmark = pytest.mark.parametrize(
    "make_store", [name for name in (*ALWAYS, *ON_REQUEST) if name != "moto"], indirect=True
)

SNAPSHOT = keys.snapshot(keys.complaint("acme", "202611-000001"))
AT_ONCE = 8


def at_once(act: Callable[[int], None], times: int = AT_ONCE) -> list[int]:
    """The numbers of the threads that succeeded."""

    def run(number: int) -> bool:
        with binding.tenant("acme"):
            try:
                act(number)
            except (CommitConflict, CeilingReached):
                return False
            return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [number for number, won in enumerate(threads.map(run, range(times))) if won]


def test_one_of_many_concurrent_changes_wins(store: Store) -> None:
    with binding.tenant("acme"):
        store.commit([Put(Entry(key=SNAPSHOT, kind="S", version=1))])
    won = at_once(lambda n: store.commit([Update(Entry(key=SNAPSHOT, kind="S", version=2, body=str(n)), expected=1)]))
    with binding.tenant("acme"):
        assert [store.get([SNAPSHOT])[SNAPSHOT].body] == [str(number) for number in won]


def test_one_of_many_concurrent_puts_wins(store: Store) -> None:
    won = at_once(lambda n: store.commit([Put(Entry(key=SNAPSHOT, kind="S", body=str(n)))]))
    with binding.tenant("acme"):
        assert [store.get([SNAPSHOT])[SNAPSHOT].body] == [str(number) for number in won]


def test_no_acknowledged_write_is_lost_beside_failing_ones(store: Store) -> None:
    with binding.tenant("acme"):
        store.commit([Put(Entry(key=SNAPSHOT, kind="S", version=1))])

    def act(number: int) -> None:
        writes = [Put(Entry(key=keys.event(SNAPSHOT.pk, number), kind="E"))]
        if number % 2:
            writes.append(Put(Entry(key=SNAPSHOT, kind="S")))
        store.commit(writes)

    won = at_once(act, 60)
    with binding.tenant("acme"):
        found = store.get([keys.event(SNAPSHOT.pk, number) for number in range(60)])
    assert won == list(range(0, 60, 2))
    assert {int(key.sk[2:]) for key in found} == set(won)


def test_concurrent_additions_stay_within_the_ceiling(store: Store) -> None:
    counter = keys.evidence_counter("acme")
    won = at_once(lambda number: _add_until_it_counts(store, counter, number), 40)
    assert len(won) == 25
    with binding.tenant("acme"):
        assert store.get([counter])[counter].count == 25


def _add_until_it_counts(store: Store, counter: Key, number: int) -> None:
    """Raises `CommitConflict` at the ceiling. Retries if another transaction holds the item."""
    while True:
        try:
            store.commit([Add(counter, "N", 1, ceiling=25), Put(Entry(key=keys.event(counter.pk, number), kind="E"))])
        except CommitConflict as lost:
            if lost.positions:
                raise
        else:
            return


def test_a_counter_counts_each_once_and_stops_at_its_ceiling(store: Store) -> None:
    counter = keys.month_counter("acme", "202611")
    numbers: list[int] = []
    won = at_once(lambda _: numbers.append(store.count(counter, "N", ceiling=25)), 40)
    assert len(won) == 25
    assert sorted(numbers) == list(range(1, 26))
