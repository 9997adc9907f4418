"""Answers the store's reads from the shim's indexes, without moto's handler. Part of `direct_calls`.

The handler parses the expressions of each request anew. None in place of an answer leaves the request to the handler:
another form than those of the store, all that moto might refuse, and answers near a limit of size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from moto.dynamodb.models.utilities import dynamo_to_dict

from infra.moto import moto_index, moto_queries
from infra.moto.moto_index import Index, ItemKey
from infra.moto.moto_queries import Asked

Answer = dict[str, Any]

_EXPRESSIONS = 1_000
_CONDITION = re.compile(
    r"\(?(?P<hash>#\w+) = (?P<is>:\w+)"
    r"(?: AND (?P<range>#\w+) (?:(?P<compared><=?|>=?|=) (?P<to>:\w+)|BETWEEN (?P<low>:\w+) AND (?P<high>:\w+)))?\)?"
)
_QUERY = frozenset(
    {
        "ConsistentRead",
        "ExclusiveStartKey",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "IndexName",
        "KeyConditionExpression",
        "Limit",
        "ReturnConsumedCapacity",
        "ScanIndexForward",
        "TableName",
    }
)
_GET = frozenset({"ConsistentRead", "Key", "ReturnConsumedCapacity", "TableName"})
_BATCH = frozenset({"RequestItems", "ReturnConsumedCapacity"})
_BATCH_OF_A_TABLE = frozenset({"ConsistentRead", "Keys"})
_KEYS = 100
"""Of one BatchGetItem."""
_BATCH_BYTES = 16 * 1024 * 1024


class _Condition(NamedTuple):
    """Placeholders. `values`: of the partition and of the comparison."""

    names: tuple[str, ...]
    comparison: str | None
    values: tuple[str, ...]


def query(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    table, condition = tables.get(asked["TableName"]), _parsed(asked.get("KeyConditionExpression") or "")
    name = asked.get("IndexName")
    if table is None or condition is None or not _is_known(asked, _QUERY) or (name and asked.get("ConsistentRead")):
        return None
    index = moto_index.of_secondary(table, name) if name else moto_index.of_table(table)
    resolved = None if index is None else _resolved(index, condition, asked)
    found = None if index is None or resolved is None else moto_queries.page(index, resolved)
    if index is None or found is None:
        return None
    items = [_plain(item) for item in moto_queries.projected(table, name, found.items)]
    answer: Answer = {"Count": len(items), "ScannedCount": len(items), "Items": items}
    if found.last is not None:
        answer["LastEvaluatedKey"] = dynamo_to_dict(moto_queries.key_after(table, index, found.last))
    return _with_capacity(answer, asked, 1.0)


def get_item(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    index, key = _index(tables, asked["TableName"]), asked["Key"]
    known = None if index is None else _key(index, key)
    if index is None or known is None or not _is_known(asked, _GET):
        return None
    item = index.find(known)
    return _with_capacity({} if item is None else {"Item": _plain(item)}, asked, 0.5)


def batch_get_item(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    """For keys of one table."""
    if len(asked["RequestItems"]) != 1 or not _is_known(asked, _BATCH):
        return None
    [(name, wanted)] = asked["RequestItems"].items()
    index = _index(tables, name)
    keys = [] if index is None else [_key(index, key) for key in wanted["Keys"]]
    known = [key for key in keys if key is not None]
    if index is None or not 0 < len(set(known)) == len(wanted["Keys"]) <= _KEYS or not set(wanted) <= _BATCH_OF_A_TABLE:
        return None
    found = [item for item in map(index.find, known) if item is not None]
    if not moto_queries.fits(found, _BATCH_BYTES):
        return None
    capacity = [{"CapacityUnits": len(known), "TableName": name}]
    items = [_plain(item) for item in found]
    return {"ConsumedCapacity": capacity, "Responses": {name: items}, "UnprocessedKeys": {}}


READS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Answer | None]] = {
    "BatchGetItem": batch_get_item,
    "GetItem": get_item,
    "Query": query,
}
"""By operation. Each takes moto's tables and the request. The caller holds `moto_queries.LOCK`."""


def _is_known(asked: Mapping[str, Any], members: Collection[str]) -> bool:
    return asked.get("ReturnConsumedCapacity", "NONE") in ("NONE", "TOTAL") and all(one in members for one in asked)


@lru_cache(_EXPRESSIONS)
def _parsed(text: str) -> _Condition | None:
    found = _CONDITION.fullmatch(text)
    if found is None or text.startswith("(") != text.endswith(")"):
        return None
    names = tuple(found[one] for one in ("hash", "range") if found[one])
    values = tuple(found[one] for one in ("is", "to", "low", "high") if found[one])
    return _Condition(names, "BETWEEN" if found["low"] else found["compared"], values)


def _resolved(index: Index, condition: _Condition, asked: Mapping[str, Any]) -> Asked | None:
    names, values = asked.get("ExpressionAttributeNames") or {}, asked.get("ExpressionAttributeValues") or {}
    expected = (index.names.partition, index.names.order[0])[: len(condition.names)]
    texts = [moto_index.text_of(values.get(one)) for one in condition.values]
    if tuple(names.get(one) for one in condition.names) != expected or len(names) != len(expected) or not all(texts):
        return None
    start = asked.get("ExclusiveStartKey")
    begin = None if start is None else {name: moto_index.text_of(value) for name, value in start.items()}
    if begin is not None and not all(begin.values()):
        return None
    partition, *compared = (text or "" for text in texts)
    forward = asked.get("ScanIndexForward", True)
    plain = None if begin is None else {name: text or "" for name, text in begin.items()}
    return Asked(partition, condition.comparison, tuple(compared), asked.get("Limit"), plain, forward)


def _index(tables: Mapping[str, Any], name: str) -> Index | None:
    table = tables.get(name)
    return None if table is None else moto_index.of_table(table)


def _key(index: Index, key: Mapping[str, Any]) -> ItemKey | None:
    pk, sk = moto_index.text_of(key.get(index.names.partition)), moto_index.text_of(key.get(index.names.order[0]))
    return (pk, sk) if pk and sk and len(key) == 2 else None


def _plain(item: Any) -> Answer:
    """The item in DynamoDB JSON. Its objects are new."""
    return {
        name: {one.type: one.value} if one.type in ("S", "N") else dynamo_to_dict(one)
        for name, one in item.attrs.items()
    }


def _with_capacity(answer: Answer, asked: Mapping[str, Any], units: float) -> Answer:
    if asked.get("ReturnConsumedCapacity") == "TOTAL":
        answer["ConsumedCapacity"] = {"TableName": asked["TableName"], "CapacityUnits": units}
    return answer
