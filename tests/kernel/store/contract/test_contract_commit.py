"""The contract of `commit`, on every engine."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.store import keys
from chalicelib.store.port import (
    Add,
    CommitConflict,
    Entry,
    IndexKey,
    Key,
    Put,
    Remove,
    Require,
    Schedule,
    Store,
    Update,
)
from chalicelib.store.sizes import TooLarge

pytestmark = pytest.mark.usefixtures("acme")

PK = keys.complaint("acme", "202611-000001")
SNAPSHOT = keys.snapshot(PK)


def entry(key: Key = SNAPSHOT, **values: object) -> Entry:
    return Entry(key=key, kind="S", **values)  # type: ignore[arg-type]


def full(version: int) -> Entry:
    return entry(
        body='{"stage":"受理"}',
        version=version,
        seq=7,
        expires=1_800_000_000,
        due=keys.due("acme", "C#202611-000001", 1_795_000_000_000),
        listed=keys.listed("acme", "open", keys.NEVER, "202611-000001"),
        row='{"subject":"退款"}',
        form=3,
    )


def test_an_entry_comes_back_as_it_was_put(store: Store) -> None:
    store.commit([Put(full(1))])
    assert store.get([SNAPSHOT]) == {SNAPSHOT: full(1)}


def test_empty_and_absent_values_come_back_as_they_were(store: Store) -> None:
    store.commit([Put(entry())])
    assert store.get([SNAPSHOT]) == {SNAPSHOT: entry()}


def test_absent_keys_are_left_out_and_a_key_asked_twice_is_found(store: Store) -> None:
    store.commit([Put(entry())])
    found = store.get([SNAPSHOT, keys.event(PK, 1), SNAPSHOT])
    assert list(found) == [SNAPSHOT]


def test_no_keys_give_nothing(store: Store) -> None:
    assert store.get([]) == {}


def test_a_hundred_entries_are_written_and_read_in_one_call(store: Store) -> None:
    entries = [entry(keys.event(PK, seq)) for seq in range(100)]
    store.commit([Put(each) for each in entries])
    assert len(store.get([each.key for each in entries])) == 100


def test_a_put_if_absent_conflicts_with_an_existing_entry(store: Store) -> None:
    store.commit([Put(entry(body="first"))])
    with pytest.raises(CommitConflict) as lost:
        store.commit([Put(entry(body="second"))])
    assert lost.value.positions == (0,)
    assert store.get([SNAPSHOT])[SNAPSHOT].body == "first"


def test_a_put_without_condition_replaces_the_whole_entry(store: Store) -> None:
    store.commit([Put(full(1))])
    store.commit([Put(entry(body="new"), if_absent=False)])
    assert store.get([SNAPSHOT])[SNAPSHOT] == entry(body="new")


def test_a_change_sets_values_and_removes_those_that_are_none(store: Store) -> None:
    store.commit([Put(full(1))])
    changed = entry(version=2, row="{}", listed=IndexKey(*keys.listed("acme", "archived", keys.NEVER, "1")))
    store.commit([Update(changed, expected=1)])
    assert store.get([SNAPSHOT])[SNAPSHOT] == changed


@pytest.mark.parametrize("stored", [None, 2])
def test_a_change_conflicts_with_another_version_and_with_no_entry(store: Store, stored: int | None) -> None:
    if stored is not None:
        store.commit([Put(entry(version=stored))])
    with pytest.raises(CommitConflict) as lost:
        store.commit([Update(entry(version=4), expected=3)])
    assert lost.value.positions == (0,)


def test_removing_an_absent_entry_is_no_error(store: Store) -> None:
    store.commit([Put(entry())])
    store.commit([Remove(SNAPSHOT)])
    store.commit([Remove(SNAPSHOT)])
    assert store.get([SNAPSHOT]) == {}


def test_removing_one_version_conflicts_with_another(store: Store) -> None:
    store.commit([Put(full(2))])
    with pytest.raises(CommitConflict) as lost:
        store.commit([Put(entry(keys.event(PK, 1))), Remove(SNAPSHOT, expected=1)])
    assert (lost.value.positions, list(store.get([SNAPSHOT, keys.event(PK, 1)]))) == ((1,), [SNAPSHOT])

    store.commit([Remove(SNAPSHOT, expected=2)])
    assert store.get([SNAPSHOT]) == {}


def test_removing_a_version_of_an_absent_entry_conflicts(store: Store) -> None:
    with pytest.raises(CommitConflict):
        store.commit([Remove(SNAPSHOT, expected=1)])


@pytest.mark.parametrize(("present", "lost_at"), [(True, ()), (False, (1,))])
def test_a_requirement_of_presence_decides_for_the_whole_commit(
    store: Store, present: bool, lost_at: tuple[int, ...]
) -> None:
    store.commit([Put(entry())])
    writes = [Put(entry(keys.event(PK, 1))), Require(SNAPSHOT, present=present)]
    if lost_at:
        with pytest.raises(CommitConflict) as lost:
            store.commit(writes)
        assert lost.value.positions == lost_at
    else:
        store.commit(writes)
    assert (keys.event(PK, 1) in store.get([keys.event(PK, 1)])) is (not lost_at)


@pytest.mark.parametrize(("version", "lost_at"), [(2, ()), (1, (1,)), (3, (1,))])
def test_a_required_version_is_the_one_that_the_entry_has(store: Store, version: int, lost_at: tuple[int, ...]) -> None:
    store.commit([Put(entry(version=2))])
    writes = [Put(entry(keys.event(PK, 1))), Require(SNAPSHOT, version=version)]
    if lost_at:
        with pytest.raises(CommitConflict) as lost:
            store.commit(writes)
        assert lost.value.positions == lost_at
    else:
        store.commit(writes)
    assert (keys.event(PK, 1) in store.get([keys.event(PK, 1)])) is (not lost_at)


def test_a_version_of_an_absent_entry_is_not_there(store: Store) -> None:
    with pytest.raises(CommitConflict):
        store.commit([Put(entry(keys.event(PK, 1))), Require(SNAPSHOT, version=1)])
    assert store.get([keys.event(PK, 1)]) == {}


def test_conflict_positions_are_those_of_the_caller(store: Store) -> None:
    store.commit([Put(entry(version=5)), Put(entry(keys.event(PK, 3)))])
    writes = [
        Update(entry(version=2), expected=1),
        Put(entry(keys.event(PK, 4))),
        Remove(keys.event(PK, 9)),
        Put(entry(keys.event(PK, 3))),
        Require(keys.event(PK, 8)),
    ]
    with pytest.raises(CommitConflict) as lost:
        store.commit(writes)
    assert lost.value.positions == (0, 3, 4)


def test_a_lost_commit_writes_nothing_at_all(store: Store) -> None:
    store.commit([Put(full(1)), Put(entry(keys.event(PK, 1), body="kept"))])
    writes = [
        Put(entry(keys.event(PK, 2))),
        Remove(keys.event(PK, 1)),
        Update(entry(version=2), expected=1),
        Require(keys.event(PK, 8)),
    ]
    with pytest.raises(CommitConflict):
        store.commit(writes)
    found = store.get([SNAPSHOT, keys.event(PK, 1), keys.event(PK, 2)])
    assert found == {SNAPSHOT: full(1), keys.event(PK, 1): entry(keys.event(PK, 1), body="kept")}


def test_an_empty_commit_is_nothing(store: Store) -> None:
    store.commit([])


def test_a_key_twice_or_more_than_a_hundred_writes_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="twice"):
        store.commit([Put(entry()), Remove(SNAPSHOT)])
    with pytest.raises(ValueError, match="100"):
        store.commit([Remove(keys.event(PK, seq)) for seq in range(101)])
    with pytest.raises(ValueError, match="100"):
        store.get([keys.event(PK, seq) for seq in range(101)])


COUNTER = keys.evidence_counter("acme")


def test_an_addition_makes_its_counter_and_then_counts(store: Store) -> None:
    store.commit([Put(entry()), Add(COUNTER, "counter", 7, ceiling=10)])
    store.commit([Add(COUNTER, "counter", 3, ceiling=10)])
    store.commit([Add(COUNTER, "counter", -4)])
    assert store.get([COUNTER]) == {COUNTER: Entry(key=COUNTER, kind="counter", count=6)}


@pytest.mark.parametrize("before", [0, 8])
def test_an_addition_above_its_ceiling_loses_the_whole_commit(store: Store, before: int) -> None:
    if before:
        store.commit([Add(COUNTER, "counter", before)])
    with pytest.raises(CommitConflict) as lost:
        store.commit([Add(COUNTER, "counter", 11 - before, ceiling=10), Put(entry())])
    assert lost.value.positions == (0,)
    assert store.get([SNAPSHOT]) == {}
    assert [found.count for found in store.get([COUNTER]).values()] == ([before] if before else [])


def test_a_lost_commit_adds_nothing(store: Store) -> None:
    store.commit([Put(entry(version=1))])
    with pytest.raises(CommitConflict) as lost:
        store.commit([Add(COUNTER, "counter", 1), Update(entry(version=5), expected=4)])
    assert lost.value.positions == (1,)
    assert store.get([COUNTER]) == {}


def test_a_change_that_does_not_count_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="version"):
        store.commit([Update(entry(version=1), expected=1)])


def test_a_change_that_restores_may_keep_the_version(store: Store) -> None:
    store.commit([Put(replace(full(2), body="damaged", listed=None))])

    store.commit([Update(full(2), 2, restores=True)])

    assert store.get([SNAPSHOT]) == {SNAPSHOT: full(2)}
    with pytest.raises(CommitConflict):
        store.commit([Update(full(2), 1, restores=True)])


def test_an_entry_near_the_limit_is_kept_and_one_above_it_is_refused(store: Store) -> None:
    store.commit([Put(entry(body="x" * 400_000))])
    assert len(store.get([SNAPSHOT])[SNAPSHOT].body) == 400_000
    with pytest.raises(TooLarge):
        store.commit([Put(entry(body="x" * 400 * 1024), if_absent=False)])


def test_a_commit_above_four_megabytes_is_refused(store: Store) -> None:
    with pytest.raises(TooLarge):
        store.commit([Put(entry(keys.event(PK, seq), body="x" * 390_000)) for seq in range(11)])


@pytest.mark.parametrize("due", [None, keys.due("acme", "C#202611-000001", 1_796_000_000_000)])
def test_scheduling_changes_the_due_key_and_nothing_else(store: Store, due: IndexKey | None) -> None:
    store.commit([Put(full(1))])
    store.commit([Schedule(SNAPSHOT, due, expected=1)])
    assert store.get([SNAPSHOT])[SNAPSHOT] == replace(full(1), due=due)


def test_scheduling_conflicts_with_another_change(store: Store) -> None:
    store.commit([Put(full(2))])
    with pytest.raises(CommitConflict):
        store.commit([Schedule(SNAPSHOT, None, expected=1)])


def test_an_absent_entry_cannot_be_scheduled(store: Store) -> None:
    with pytest.raises(CommitConflict):
        store.commit([Schedule(SNAPSHOT, None, expected=1)])
