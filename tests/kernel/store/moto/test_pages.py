"""Reads and writes by the shim's indexes answer as moto does without them, and leave the same items and stream."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.utilities import dynamo_json_dump

from infra.local.direct import direct_calls
from infra.local.resources.applier import ACCOUNT
from infra.moto import lighter_moto, moto_shim
from tests.helpers.searches import some_by_day
from tests.kernel.store.conftest import REGION, Table

PARTITIONS = ("p", "q")
SORTS = ("", "a", "b", "b#1", "c", "文")
TIMES = ("2026-01", "2026-02", "2026-03")
LEFT_OUT = ("ResponseMetadata", "ConsumedCapacity", "ConsumedCapacityUnits")
"""The last is moto's; the service does not have it."""
OF_THE_TIME = ("ApproximateCreationDateTime", "SizeBytes")
Call = tuple[str, dict[str, Any]]


def text(value: str) -> dict[str, str]:
    return {"S": value}


def key(chance: random.Random) -> dict[str, Any]:
    return {"pk": text(chance.choice(PARTITIONS)), "sk": text(chance.choice(SORTS[1:]))}


def item(chance: random.Random) -> dict[str, Any]:
    """Some are in an index, some only nearly."""
    found = {**key(chance), "n": {"N": chance.choice(("0", "7", "1.50", "007"))}, "bytes": {"B": b"\x00x"}}
    if chance.random() < 0.7:
        found["due_pk"] = text(chance.choice(PARTITIONS))
    if chance.random() < 0.8:
        found["due_sk"] = text(chance.choice(TIMES))
    if chance.random() < 0.6:
        found |= {"list_pk": text(chance.choice(PARTITIONS)), "list_sk": text(chance.choice(TIMES))}
        found |= {"seq": {"N": str(chance.randrange(20))}, "row": text("row")}
    if chance.random() < 0.2:
        found["rows"] = {"L": [{"M": {"at": {"N": "2"}}}]}
    return found


def write(chance: random.Random) -> Call:
    kind = chance.choice(("put", "update", "delete", "transaction", "batch", "refused"))
    if kind == "put":
        return "put_item", {"Item": item(chance)}
    if kind == "delete":
        return "delete_item", {"Key": key(chance)}
    if kind == "batch":
        return "batch_write_item", {"puts": [item(chance)]}
    change = update(chance)
    if kind == "update":
        return "update_item", change
    writes = [{"Put": {"Item": item(chance)}}, {"Update": change}, {"Delete": {"Key": key(chance)}}]
    if kind == "refused":
        writes.append({"ConditionCheck": {"Key": {"pk": text("p"), "sk": text("x")}, **exists("pk")}})
    return "transact_write_items", {"writes": writes}


def update(chance: random.Random) -> dict[str, Any]:
    """Of keys of an index, and of a number."""
    form = chance.choice(("SET #0 = :0 REMOVE #1", "SET #0 = :0, #1 = :0", "SET #0 = :0 ADD #1 :1", "SET #0 = :0"))
    names, values = {"#0": "due_sk"}, {":0": text(chance.choice(TIMES))}
    if "#1" in form:
        names["#1"] = "n" if "ADD" in form else chance.choice(("due_pk", "list_pk", "rows"))
    if ":1" in form:
        values[":1"] = {"N": "2"}
    condition = {"ConditionExpression": "attribute_exists (#2)"} if chance.random() < 0.5 else {}
    if condition:
        names["#2"] = "pk"
    return {
        "Key": key(chance),
        "UpdateExpression": form,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
        **condition,
    }


def exists(name: str) -> dict[str, Any]:
    return {"ConditionExpression": "attribute_exists (#0)", "ExpressionAttributeNames": {"#0": name}}


def read(chance: random.Random) -> Call:
    kind = chance.choice(("query", "query", "query", "get", "batch"))
    if kind == "get":
        return "get_item", {"Key": key(chance)}
    if kind == "batch":
        return "batch_get_item", {"keys": [key(chance) for _ in range(3)]}
    index = chance.choice((None, "due", "list"))
    names = ("pk", "sk") if index is None else (f"{index}_pk", f"{index}_sk")
    sorts = SORTS if index is None else TIMES
    condition, values = chance.choice(
        [
            ("#0 = :0", 0),
            ("(#0 = :0 AND #1 BETWEEN :1 AND :2)", 2),
            *((f"(#0 = :0 AND #1 {compared} :1)", 1) for compared in ("<", "<=", "=", ">=", ">")),
            ("#0 = :0 AND begins_with(#1, :1)", 1),
        ]
    )
    asked: dict[str, Any] = {
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": dict(zip(("#0", "#1"), names[: 1 + (values > 0)], strict=False)),
        "ExpressionAttributeValues": {
            ":0": text(chance.choice(PARTITIONS)),
            **{f":{place}": text(chance.choice(sorts)) for place in range(1, values + 1)},
        },
        "ScanIndexForward": chance.random() < 0.5,
    }
    if index:
        asked["IndexName"] = index
    if chance.random() < 0.7:
        asked["Limit"] = chance.randrange(1, 4)
    return "query", asked


def calls(seed: int) -> Iterator[Call]:
    chance = random.Random(seed)
    for _ in range(30):
        yield write(chance)
        yield from (read(chance) for _ in range(4))


def answered(table: Table, call: Call) -> Iterator[Any]:
    """The answers: of a query, those of all its pages."""
    name, asked = call
    try:
        answer = _sent(table, name, asked)
    except ClientError as refused:
        yield refused.response["Error"]
        return
    kept = {part: value for part, value in answer.items() if part not in LEFT_OUT}
    yield {one: found[table.name] for one, found in [("items", kept["Responses"])]} if "Responses" in kept else kept
    if "LastEvaluatedKey" in answer:
        yield from answered(table, (name, {**asked, "ExclusiveStartKey": answer["LastEvaluatedKey"]}))


def _sent(table: Table, name: str, asked: dict[str, Any]) -> Any:
    client, of = table.client, {"TableName": table.name}
    if "writes" in asked:
        writes = [{kind: {**of, **one} for kind, one in write.items()} for write in asked["writes"]]
        return client.transact_write_items(TransactItems=writes)
    if "puts" in asked:
        return client.batch_write_item(
            RequestItems={table.name: [{"PutRequest": {"Item": one}} for one in asked["puts"]]}
        )
    if "keys" in asked:
        return client.batch_get_item(RequestItems={table.name: {"Keys": asked["keys"]}})
    return getattr(client, name)(**of, **asked)


def played(session: Any, seed: int, *shortcuts: Any) -> list[Any]:
    with ExitStack() as patches:
        patches.enter_context(mock_aws())
        for one in shortcuts:
            patches.enter_context(one)
        table = Table(session)
        answers = [answer for call in calls(seed) for answer in answered(table, call)]
        return [*answers, *streamed(table)]


def streamed(table: Table) -> Iterator[Any]:
    for record in dynamodb_backends[ACCOUNT][REGION].tables[table.name].stream_shard.items:
        shown = record.to_json()
        assert shown["dynamodb"]["SizeBytes"] == len(dynamo_json_dump({**shown["dynamodb"], "SizeBytes": 1}))
        change = {name: part for name, part in shown["dynamodb"].items() if name not in OF_THE_TIME}
        yield shown["eventName"], json.loads(dynamo_json_dump(change))


@pytest.fixture(scope="module", params=some_by_day(range(4), one_in=2))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def as_moto(session: Any, seed: int) -> list[Any]:
    return played(session, seed)


@pytest.mark.slow
def test_answers_and_stream_are_the_same_with_the_shim(session: Any, seed: int, as_moto: list[Any]) -> None:
    assert played(session, seed, moto_shim.installed()) == as_moto


def test_answers_and_stream_are_the_same_with_direct_calls(session: Any, seed: int, as_moto: list[Any]) -> None:
    direct = moto_shim.installed(), direct_calls.installed(ACCOUNT), lighter_moto.installed()
    assert played(session, seed, *direct) == as_moto
