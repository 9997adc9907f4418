"""The moto shim: moto's fault without it, and that it restores exactly the items of a failed transaction."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends

from infra.moto import moto_shim
from tests.kernel.store.conftest import REGION, Table

ACCOUNT = "123456789012"


@pytest.fixture
def shimmed() -> Iterator[None]:
    with moto_shim.installed():
        yield


@pytest.fixture
def table(session: Any) -> Iterator[Table]:
    with mock_aws():
        yield Table(session)


def put(table: Table, sk: str, **more: Any) -> dict[str, Any]:
    return {"Put": {"TableName": table.name, "Item": {"pk": {"S": "p"}, "sk": {"S": sk}, "n": {"N": "1"}}, **more}}


def update(table: Table, sk: str) -> dict[str, Any]:
    key = {"pk": {"S": "p"}, "sk": {"S": sk}}
    add = {"UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    return {"Update": {"TableName": table.name, "Key": key, **add}}


def delete(table: Table, sk: str) -> dict[str, Any]:
    return {"Delete": {"TableName": table.name, "Key": {"pk": {"S": "p"}, "sk": {"S": sk}}}}


def impossible(table: Table, sk: str = "none") -> dict[str, Any]:
    key = {"pk": {"S": "p"}, "sk": {"S": sk}}
    return {"ConditionCheck": {"TableName": table.name, "Key": key, "ConditionExpression": "attribute_exists(pk)"}}


def items(table: Table) -> dict[str, str]:
    found = table.client.scan(TableName=table.name)["Items"]
    return {item["sk"]["S"]: item["n"]["N"] for item in found}


def streamed(table: Table) -> int:
    return len(dynamodb_backends[ACCOUNT][REGION].tables[table.name].stream_shard.items)


def acknowledged_and_lost(table: Table, write_beside: Any) -> bool:
    """True if a write that was acknowledged during a failing transaction is lost."""
    inside, outside = threading.Event(), threading.Event()
    get_item = DynamoDBBackend.get_item

    def slow(backend: Any, table_name: str, key: Any, *rest: Any) -> Any:
        if key["sk"]["S"] == "none":
            inside.set()
            outside.wait(timeout=0.3)
        return get_item(backend, table_name, key, *rest)

    def fail() -> None:
        with pytest.raises(ClientError):
            table.client.transact_write_items(TransactItems=[impossible(table)])

    backend: Any = DynamoDBBackend
    backend.get_item = slow
    try:
        failing = threading.Thread(target=fail)
        failing.start()
        inside.wait(timeout=5)
        write_beside()
        outside.set()
        failing.join()
    finally:
        backend.get_item = get_item
    return "beside" not in items(table)


def test_without_it_an_acknowledged_write_vanishes(table: Table) -> None:
    beside = put(table, "beside")["Put"]
    assert acknowledged_and_lost(table, lambda: table.client.put_item(**beside))


@pytest.mark.usefixtures("shimmed")
def test_with_it_an_acknowledged_write_stays(table: Table) -> None:
    beside = put(table, "beside")["Put"]
    assert not acknowledged_and_lost(table, lambda: table.client.put_item(**beside))


@pytest.mark.usefixtures("shimmed")
def test_a_failed_transaction_leaves_items_and_stream_as_they_were(table: Table) -> None:
    table.client.transact_write_items(TransactItems=[put(table, "updated"), put(table, "deleted"), put(table, "over")])
    before = items(table), streamed(table)
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        table.client.transact_write_items(
            TransactItems=[
                put(table, "new"),
                put(table, "over"),
                update(table, "updated"),
                update(table, "made by updating"),
                delete(table, "deleted"),
                delete(table, "absent"),
                impossible(table),
            ]
        )
    assert (items(table), streamed(table)) == before


@pytest.mark.usefixtures("shimmed")
def test_a_repeated_token_is_answered_and_writes_once(table: Table) -> None:
    table.client.put_item(**put(table, "counted")["Put"])
    token = str(uuid.uuid4())
    for _ in range(3):
        table.client.transact_write_items(TransactItems=[update(table, "counted")], ClientRequestToken=token)
    assert items(table) == {"counted": "2"}


@pytest.mark.usefixtures("shimmed")
def test_the_token_of_a_failed_transaction_is_free(table: Table) -> None:
    token = str(uuid.uuid4())
    with pytest.raises(ClientError):
        table.client.transact_write_items(TransactItems=[impossible(table, "late")], ClientRequestToken=token)
    table.client.put_item(**put(table, "late")["Put"])
    table.client.transact_write_items(
        TransactItems=[impossible(table, "late"), put(table, "b")], ClientRequestToken=token
    )
    assert set(items(table)) == {"late", "b"}


@pytest.mark.usefixtures("shimmed")
def test_an_unknown_table_is_refused_as_without_it(table: Table) -> None:
    with pytest.raises(ClientError):
        table.client.transact_write_items(TransactItems=[{"Put": put(table, "a")["Put"] | {"TableName": "none"}}])


def test_it_can_be_taken_back() -> None:
    before = DynamoDBBackend.transact_write_items
    with moto_shim.installed():
        assert DynamoDBBackend.transact_write_items is not before
    assert DynamoDBBackend.transact_write_items is before


KINDS: dict[str, dict[str, Any]] = {
    "text": {"S": "text, 文字"},
    "number": {"N": "1.50"},
    "bytes": {"B": b"\x00\xff"},
    "set of bytes": {"BS": [b"\x00", b"\xff"]},
    "set of texts": {"SS": ["a", "b"]},
    "nothing": {"NULL": True},
    "truth": {"BOOL": False},
    "list": {"L": [{"S": "a"}, {"B": b"\x01"}]},
    "map with a type's name": {"M": {"B": {"S": "text"}, "BS": {"L": []}}},
}


def asked(table: Table, value: dict[str, Any]) -> list[Any]:
    """The responses to frequent requests, without id and date."""
    name, key = table.name, {"pk": {"S": "p"}, "sk": {"S": "s"}}
    by = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "p"}}}
    change = {"UpdateExpression": "SET w = :w", "ExpressionAttributeValues": {":w": value}, "ReturnValues": "ALL_NEW"}
    answers = [
        table.client.put_item(TableName=name, Item={**key, "v": value}),
        table.client.transact_write_items(TransactItems=[{"Put": {"TableName": name, "Item": {**key, "v": value}}}]),
        table.client.get_item(TableName=name, Key=key),
        table.client.get_item(TableName=name, Key={**key, "sk": {"S": "none"}}),
        table.client.update_item(TableName=name, Key=key, **change),
        table.client.query(TableName=name, Limit=1, **by),
        table.client.batch_get_item(RequestItems={name: {"Keys": [key]}})["Responses"][name],
        table.client.delete_item(TableName=name, Key=key, ReturnValues="ALL_OLD"),
    ]
    return [{**one, "ResponseMetadata": None} if isinstance(one, dict) else one for one in answers]


@pytest.mark.parametrize("kind", KINDS)
def test_frequent_requests_are_answered_as_without_the_shim(table: Table, kind: str) -> None:
    without = asked(table, KINDS[kind])
    with moto_shim.installed():
        assert asked(table, KINDS[kind]) == without


def test_what_is_refused_is_refused_as_without_the_shim(table: Table) -> None:
    def refused() -> list[Any]:
        said = []
        for name, key in ((table.name, {"pk": {"S": "p"}}), ("no-such-table", {"pk": {"S": "p"}, "sk": {"S": "s"}})):
            with pytest.raises(ClientError) as raised:
                table.client.get_item(TableName=name, Key=key)
            said.append((raised.value.response["Error"], raised.value.response["ResponseMetadata"]["HTTPStatusCode"]))
        return said

    without = refused()
    with moto_shim.installed():
        assert refused() == without
