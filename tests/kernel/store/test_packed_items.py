"""Packed items: which bodies are packed, and what is read of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.casework import snapshot
from chalicelib.kit.instants import Instant
from chalicelib.store import event_log, keys, sizes
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Entry, IndexKey, Key, Put, Update
from chalicelib.tenants import idempotency_records
from tests.kernel.store.conftest import Table
from tests.kernel.store.contract.test_dynamo import raw_key

PACKED = (snapshot.COMPLAINT, snapshot.UNIT, event_log.FORM, idempotency_records.FORM)
"""States, events and stored answers."""
each_packed_kind = pytest.mark.parametrize("kind", [form.kind for form in PACKED])

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
def store(table: Table) -> DynamoStore:
    return table.store()


def raw(table: Table, key: Key = SNAPSHOT) -> dict[str, Any]:
    found: dict[str, Any] = table.client.get_item(TableName=table.name, Key=raw_key(key))["Item"]
    return found


def test_a_packed_item_is_read(table: Table, store: DynamoStore) -> None:
    store.commit([Put(state())])

    assert ("packed" in raw(table), "body" in raw(table)) == (True, False)
    assert store.get([SNAPSHOT]) == {SNAPSHOT: state()}
    assert store.query(SNAPSHOT.pk).entries == [state()]


def test_a_packed_row_is_listed(table: Table, store: DynamoStore) -> None:
    store.commit([Put(state())])

    [found] = store.listed(keys.shelf("acme", "open")).entries
    assert raw(table)["row"]["S"].startswith("=")
    assert (found.row, found.seq) == (ROW, 1)


@pytest.mark.parametrize(("bodies", "attribute"), [(("{}", STATE), "packed"), ((STATE, "{}"), "body")])
def test_a_change_leaves_one_form_only(
    table: Table, store: DynamoStore, bodies: tuple[str, str], attribute: str
) -> None:
    first, second = (state(version, body) for version, body in enumerate(bodies, 1))
    store.commit([Put(first)])
    store.commit([Update(second, 1)])

    assert raw(table).keys() & {"packed", "body"} == {attribute}
    assert store.get([SNAPSHOT]) == {SNAPSHOT: second}


@pytest.mark.parametrize("kind", ["private", "policy", "message", "read", "membership"])
def test_other_kinds_stay_plain(table: Table, store: DynamoStore, kind: str) -> None:
    store.commit([Put(state(kind=kind))])
    assert (raw(table)["body"], raw(table)["row"]) == ({"S": STATE}, {"S": ROW})


@each_packed_kind
def test_an_item_of_one_write_unit_keeps_its_body(table: Table, store: DynamoStore, kind: str) -> None:
    small = Entry(key=EVENT, kind=kind, body="{}" + " " * 900)
    store.commit([Put(small)])

    assert raw(table, EVENT)["body"] == {"S": small.body}


@each_packed_kind
def test_a_larger_one_is_packed_and_its_size_is_known(table: Table, store: DynamoStore, kind: str) -> None:
    entry = state(kind=kind, key=EVENT)
    store.commit([Put(entry)])
    item = raw(table, EVENT)

    assert store.get([EVENT]) == {EVENT: entry}
    texts = sum(len(name) + len(str(value["S"]).encode()) for name, value in item.items() if "S" in value)
    numbers = sum(len(name) + 2 for name, value in item.items() if "N" in value)
    packed = len("packed") + len(item["packed"]["B"])
    assert sizes.bytes_of(sizes.attributes(entry)) == texts + numbers + packed < sizes.item_bytes(entry)
