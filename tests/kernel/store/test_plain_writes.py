"""Single writes without a transaction (`plain`), which take half of the units. Their conditions are the same."""

from __future__ import annotations

import pytest

from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Store, Update, Write
from tests.kernel.store.conftest import Table
from tests.kernel.store.contract.test_dynamo import Sent

pytestmark = pytest.mark.usefixtures("acme")

KEY = keys.read_log("acme", "202611-000001", "2026-11-27T01:00:00.000Z", "a")
OTHER = keys.read_log("acme", "202611-000001", "2026-11-27T01:00:00.000Z", "b")


def entry(version: int = 1, body: str = "{}", key: Key = KEY) -> Entry:
    return Entry(key=key, kind="read", body=body, version=version)


def test_a_plain_entry_comes_back(store: Store) -> None:
    store.commit([Put(entry(), plain=True)])
    assert store.get([KEY]) == {KEY: entry()}


def test_a_plain_put_conflicts_with_an_entry_that_exists(store: Store) -> None:
    store.commit([Put(entry(body='{"first": 1}'), plain=True)])

    with pytest.raises(CommitConflict) as conflict:
        store.commit([Put(entry(), plain=True)])
    assert conflict.value.positions == (0,)
    assert store.get([KEY])[KEY].body == '{"first": 1}'


def test_a_plain_put_without_a_condition_replaces_the_entry(store: Store) -> None:
    store.commit([Put(entry(body='{"first": 1}'))])
    store.commit([Put(entry(), if_absent=False, plain=True)])
    assert store.get([KEY]) == {KEY: entry()}


def test_a_plain_change_needs_the_expected_version(store: Store) -> None:
    store.commit([Put(entry())])
    store.commit([Update(entry(2, '{"second": 1}'), 1, plain=True)])

    with pytest.raises(CommitConflict) as conflict:
        store.commit([Update(entry(3), 1, plain=True)])
    assert conflict.value.positions == (0,)
    assert store.get([KEY]) == {KEY: entry(2, '{"second": 1}')}


def test_a_plain_change_of_an_absent_entry_conflicts(store: Store) -> None:
    with pytest.raises(CommitConflict):
        store.commit([Update(entry(2), 1, plain=True)])
    assert store.get([KEY]) == {}


@pytest.mark.parametrize(
    ("writes", "operation"),
    [
        ([Put(entry(), plain=True)], "PutItem"),
        ([Put(entry())], "TransactWriteItems"),
        ([Put(entry(), plain=True), Put(entry(key=OTHER), plain=True)], "TransactWriteItems"),
    ],
    ids=["plain", "not plain", "several"],
)
def test_only_a_single_plain_write_goes_without_a_transaction(
    table: Table, writes: list[Write], operation: str
) -> None:
    store = table.store()
    sent = Sent(store)
    store.commit(writes)
    assert [name for name, _ in sent.calls] == [operation]


def test_a_plain_change_is_an_update(table: Table) -> None:
    store = table.store()
    store.commit([Put(entry())])
    sent = Sent(store)
    store.commit([Update(entry(2), 1, plain=True)])
    assert [name for name, _ in sent.calls] == ["UpdateItem"]
