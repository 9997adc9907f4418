"""A request reads each item once, a run of a job certain ones. Both decide on what is stored after a lost commit."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.access.binding import Unbound
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Store, Update
from chalicelib.store.reads import ReadOnce

pytestmark = pytest.mark.usefixtures("acme")

ONCE = keys.snapshot(keys.organisation("acme"))
OTHER = keys.statistics_head("acme")


def entry(version: int, key: Key = ONCE) -> Entry:
    return Entry(key=key, kind="organisation", body="{}", version=version)


@pytest.fixture
def run(store: Store) -> ReadOnce:
    """It has read both items at their first version."""
    store.commit([Put(entry(1)), Put(entry(1, OTHER))])
    made = ReadOnce(store, [ONCE])
    made.get([ONCE, OTHER])
    return made


def versions(store: Store) -> dict[Key, int | None]:
    return {key: found.version for key, found in store.get([ONCE, OTHER]).items()}


def test_only_those_items_are_read_once(store: Store, run: ReadOnce) -> None:
    store.commit([Update(entry(2), 1), Update(entry(2, OTHER), 1)])

    assert versions(run) == {ONCE: 1, OTHER: 2}


def test_a_request_reads_every_item_once(store: Store) -> None:
    store.commit([Put(entry(1)), Put(entry(1, OTHER))])
    request = ReadOnce(store)
    versions(request)
    store.commit([Update(entry(2), 1), Update(entry(2, OTHER), 1)])

    assert versions(request) == {ONCE: 1, OTHER: 1}


def test_a_request_asks_only_for_what_it_has_not_read(store: Store) -> None:
    store.commit([Put(entry(1)), Put(entry(1, OTHER))])
    request = ReadOnce(store)
    request.get([ONCE])
    store.commit([Update(entry(2), 1), Update(entry(2, OTHER), 1)])

    assert versions(request) == {ONCE: 1, OTHER: 2}


def test_what_the_run_wrote_is_read_again(run: ReadOnce) -> None:
    run.commit([Update(entry(2), 1)])

    assert versions(run) == {ONCE: 2, OTHER: 1}


def test_what_the_run_put_by_itself_is_read_again(run: ReadOnce) -> None:
    run.put_each([entry(3)])

    assert versions(run) == {ONCE: 3, OTHER: 1}


def test_an_attempt_that_lost_to_another_writer_reads_again(store: Store, run: ReadOnce) -> None:
    store.commit([Update(entry(2), 1)])

    with pytest.raises(CommitConflict):
        run.commit([Update(entry(2), 1), Update(entry(2, OTHER), 1)])
    assert versions(run) == {ONCE: 2, OTHER: 1}


def test_an_item_that_was_missing_is_looked_for_again(store: Store) -> None:
    run = ReadOnce(store, [ONCE])
    assert run.get([ONCE]) == {}

    store.commit([Put(entry(1))])

    assert run.get([ONCE]) == {ONCE: entry(1)}


def test_a_known_item_is_refused_under_another_binding(run: ReadOnce) -> None:
    with binding.tenant("other"), pytest.raises(Unbound):
        run.get([ONCE])
