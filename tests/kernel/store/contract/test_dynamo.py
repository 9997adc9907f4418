"""Behaviour specific to DynamoDB: attributes of other versions, requests sent, false index keys."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.due_index import DueHit, ForeignDueKey, parse_due
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.models import Item, meta_table
from chalicelib.store.port import Entry, Key, Put, Remove, Update
from infra.engines.table import definition
from tests.kernel.store.conftest import Table

SNAPSHOT = keys.snapshot(keys.complaint("acme", "202611-000001"))
EVENT = keys.event(SNAPSHOT.pk, 1)
WAKE = 1_795_000_000_000


def raw_key(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


class Sent:
    """Names and parameters of the calls of a store, without retries."""

    def __init__(self, store: DynamoStore) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        store.connection.client.meta.events.register("provide-client-params.dynamodb", self._keep)

    def _keep(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self.calls.append((model.name, params))


@pytest.fixture
def store(table: Table) -> DynamoStore:
    return table.store()


@pytest.mark.usefixtures("acme")
def test_a_change_leaves_attributes_that_this_code_does_not_know(table: Table, store: DynamoStore) -> None:
    later = {"version": {"N": "1"}, "kind": {"S": "S"}, "row": {"S": "{}"}, "of_a_later_version": {"SS": ["a"]}}
    table.client.put_item(TableName=table.name, Item=raw_key(SNAPSHOT) | later)
    store.commit([Update(Entry(key=SNAPSHOT, kind="S", version=2), expected=1)])
    item = table.client.get_item(TableName=table.name, Key=raw_key(SNAPSHOT))["Item"]
    assert item == raw_key(SNAPSHOT) | {
        "version": {"N": "2"},
        "kind": {"S": "S"},
        "of_a_later_version": {"SS": ["a"]},
    }


@pytest.mark.usefixtures("acme")
def test_an_entry_of_a_later_version_can_be_read(table: Table, store: DynamoStore) -> None:
    table.client.put_item(TableName=table.name, Item=raw_key(EVENT) | {"kind": {"S": "E"}, "later": {"BOOL": True}})
    assert store.get([EVENT]) == {EVENT: Entry(key=EVENT, kind="E")}


@pytest.mark.usefixtures("acme")
def test_a_read_is_one_consistent_batch_and_a_commit_one_transaction(store: DynamoStore) -> None:
    sent = Sent(store)
    store.get([SNAPSHOT, EVENT])
    store.commit(
        [Put(Entry(key=SNAPSHOT, kind="S", version=1)), Put(Entry(key=EVENT, kind="E")), Remove(EVENT._replace(sk="X"))]
    )
    assert [name for name, _ in sent.calls] == ["BatchGetItem", "TransactWriteItems"]
    (read,) = sent.calls[0][1]["RequestItems"].values()
    assert read["ConsistentRead"] is True
    assert len(read["Keys"]) == 2


@pytest.mark.usefixtures("acme")
def test_a_query_is_consistent_and_one_request_a_page(store: DynamoStore) -> None:
    store.commit([Put(Entry(key=keys.event(SNAPSHOT.pk, seq), kind="E")) for seq in range(9)])
    sent = Sent(store)
    page = store.query(SNAPSHOT.pk, limit=4)
    store.query(SNAPSHOT.pk, limit=4, after=page.after)
    assert [(name, params["ConsistentRead"]) for name, params in sent.calls] == [("Query", True), ("Query", True)]


@pytest.mark.usefixtures("acme")
def test_counting_is_one_request(store: DynamoStore) -> None:
    sent = Sent(store)
    store.count(keys.month_counter("acme", "202611"), "N", ceiling=5)
    assert [name for name, _ in sent.calls] == ["UpdateItem"]


def test_a_due_key_that_names_another_tenant_is_detected(table: Table, store: DynamoStore) -> None:
    mine = keys.due("acme", "C#202611-000001", WAKE)
    theirs = keys.due("umbrella", "C#202611-000001", WAKE)
    with binding.tenant("acme"):
        store.commit(
            [
                Put(Entry(key=SNAPSHOT, kind="S", due=mine._replace(pk="DUE#0"))),
                Put(Entry(key=EVENT, kind="E", due=theirs._replace(pk="DUE#0"))),
            ]
        )
    with binding.sweep():
        hits = [parse_due(entry) for entry in store.due(0, "9999").entries]
    assert hits == [
        DueHit("acme", "C#202611-000001", WAKE, SNAPSHOT),
        ForeignDueKey(EVENT, theirs._replace(pk="DUE#0")),
    ]


def test_the_template_defines_the_table_that_the_models_describe() -> None:
    schema = meta_table("t").data
    template = definition()
    described = {a["AttributeName"]: a["AttributeType"] for a in schema["AttributeDefinitions"]}
    assert {a["AttributeName"]: a["AttributeType"] for a in template["AttributeDefinitions"]} == described

    def shape(indexes: list[dict[str, Any]]) -> dict[str, set[tuple[str, str]]]:
        return {i["IndexName"]: {(k["AttributeName"], k["KeyType"]) for k in i["KeySchema"]} for i in indexes}

    assert shape(template["GlobalSecondaryIndexes"]) == shape(schema["GlobalSecondaryIndexes"])
    projections = {i["IndexName"]: i["Projection"] for i in template["GlobalSecondaryIndexes"]}
    assert projections == {
        "due": {"ProjectionType": "KEYS_ONLY"},
        "list": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["seq", "row"]},
    }


def test_the_models_themselves_connect_to_nothing() -> None:
    with pytest.raises(AttributeError):
        Item.get("T#acme#ORG", "S")
