"""Compact items: written by a store that packs, read by every store, and changed by releases of both kinds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.instants import Instant
from chalicelib.store import keys, sizes
from chalicelib.store.dynamo import CompactDynamoStore, DynamoStore
from chalicelib.store.port import Change, Entry, IndexKey, Key, Put
from tests.store.conftest import Table
from tests.store.test_dynamo import raw_key

pytestmark = pytest.mark.usefixtures("acme")

SNAPSHOT = keys.snapshot(keys.complaint("acme", "202611-000001"))
EVENT = keys.event(SNAPSHOT.pk, 1)
NOON: Instant = 1_795_000_000_000
STATE = json.dumps({"number": "202611-000001", "seen": {f"event_{n}": NOON + n for n in range(60)}, "text": "已受理"})
ROW = json.dumps({"number": "202611-000001", "stage": "registered", "assigned": [], "next": None})


def state(version: int = 1, body: str = STATE, kind: str = "complaint", key: Key = SNAPSHOT) -> Entry:
    listed = IndexKey(*keys.listed("acme", "open", keys.NEVER, "202611-000001"))
    return Entry(key=key, kind=kind, body=body, version=version, seq=version, listed=listed, row=ROW)


@pytest.fixture
def compact(table: Table) -> DynamoStore:
    return table.store(CompactDynamoStore)


@pytest.fixture
def plain(table: Table) -> DynamoStore:
    return table.store()


def raw(table: Table, key: Key = SNAPSHOT) -> dict[str, Any]:
    found: dict[str, Any] = table.client.get_item(TableName=table.name, Key=raw_key(key))["Item"]
    return found


def test_both_stores_read_a_compact_item(table: Table, compact: DynamoStore, plain: DynamoStore) -> None:
    compact.commit([Put(state())])

    assert {*raw(table)} >= {"packed"}
    assert "body" not in raw(table)
    assert compact.get([SNAPSHOT]) == plain.get([SNAPSHOT]) == {SNAPSHOT: state()}
    assert plain.query(SNAPSHOT.pk).entries == [state()]


def test_both_stores_read_a_plain_item(table: Table, compact: DynamoStore, plain: DynamoStore) -> None:
    plain.commit([Put(state())])

    assert raw(table)["body"] == {"S": STATE}
    assert compact.get([SNAPSHOT]) == plain.get([SNAPSHOT]) == {SNAPSHOT: state()}


def test_both_stores_list_a_compact_row(compact: DynamoStore, plain: DynamoStore) -> None:
    compact.commit([Put(state())])

    for store in (compact, plain):
        [found] = store.listed(keys.shelf("acme", "open")).entries
        assert (found.row, found.seq) == (ROW, 1)


def test_a_change_leaves_one_form_only(table: Table, compact: DynamoStore, plain: DynamoStore) -> None:
    plain.commit([Put(state())])
    compact.commit([Change(state(2), 1)])
    assert ("packed" in raw(table), "body" in raw(table)) == (True, False)

    plain.commit([Change(state(3), 2)])
    assert ("packed" in raw(table), "body" in raw(table)) == (False, True)
    assert compact.get([SNAPSHOT]) == {SNAPSHOT: state(3)}


def test_a_release_that_does_not_know_compact_items_writes_the_body_that_counts(
    table: Table, compact: DynamoStore
) -> None:
    """It sets `body` and leaves `packed`, which it does not know."""
    compact.commit([Put(state())])
    table.client.update_item(
        TableName=table.name,
        Key=raw_key(SNAPSHOT),
        UpdateExpression="SET body = :body",
        ExpressionAttributeValues={":body": {"S": '{"later": true}'}},
    )

    assert compact.get([SNAPSHOT])[SNAPSHOT].body == '{"later": true}'


@pytest.mark.parametrize("kind", ["private", "policy", "message", "read", "membership"])
def test_other_kinds_stay_plain(table: Table, compact: DynamoStore, kind: str) -> None:
    compact.commit([Put(state(kind=kind))])
    assert (raw(table)["body"], raw(table)["row"]) == ({"S": STATE}, {"S": ROW})


@pytest.mark.parametrize("kind", sorted(sizes.PACKED_KINDS))
def test_an_item_of_one_write_unit_keeps_its_body(table: Table, compact: DynamoStore, kind: str) -> None:
    small = Entry(key=EVENT, kind=kind, body="{}" + " " * 900)
    compact.commit([Put(small)])

    assert raw(table, EVENT)["body"] == {"S": small.body}


@pytest.mark.parametrize("kind", sorted(sizes.PACKED_KINDS))
def test_a_larger_one_is_packed_and_its_size_is_known(table: Table, compact: DynamoStore, kind: str) -> None:
    entry = state(kind=kind, key=EVENT)
    compact.commit([Put(entry)])
    item = raw(table, EVENT)

    assert compact.get([EVENT]) == {EVENT: entry}
    texts = sum(len(name) + len(str(value["S"]).encode()) for name, value in item.items() if "S" in value)
    numbers = sum(len(name) + 2 for name, value in item.items() if "N" in value)
    packed = len("packed") + len(item["packed"]["B"])
    assert sizes.item_bytes(entry, compact=True) == texts + numbers + packed < sizes.item_bytes(entry)
