"""Carries out the store's writes on moto's tables, without moto's handler. Part of `direct_calls`.

The handler parses, copies and measures each item several times. None in place of an answer leaves the request to the
handler, and nothing is written: another form than those of the store, all that moto might refuse (also a condition that
does not hold), sizes near a limit, and an update of an item that does not exist.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from moto.core.utils import unix_time, utcnow
from moto.dynamodb.comparisons import create_condition_expression_parser
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import StreamRecord
from moto.moto_api._internal import mock_random

from infra.local.direct import plain_updates
from infra.moto import moto_index, moto_queries
from infra.moto.moto_index import ItemKey

Answer = dict[str, Any]

_COMMON = {"ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "TableName"}
_MEMBERS = {
    "ConditionCheck": frozenset({*_COMMON, "Key"}),
    "Delete": frozenset({*_COMMON, "Key"}),
    "Put": frozenset({*_COMMON, "Item"}),
    "Update": frozenset({*_COMMON, "Key", "UpdateExpression"}),
}
_MOST = 100
"""Writes of one transaction."""
_MOST_PUTS = 25
"""Of one batch."""
_LONGEST_KEY = 1024 // 4
"""Characters of at most four bytes."""
_KEYS_ONLY = "KEYS_ONLY"
_NUMBER = re.compile(r"-?[0-9]{1,30}")


class _Write(NamedTuple):
    """`item`: the present one. `values`: those to be put or changed, None for attributes to be removed."""

    kind: str
    table: Any
    key: ItemKey
    item: Any
    values: Mapping[str, Any]


def transact(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    writes = [_planned(tables, *one) for write in asked["TransactItems"] for one in write.items()]
    planned = [one for one in writes if one is not None]
    named = {(write.table.name, write.key) for write in planned}
    is_plain = asked.keys() <= {"TransactItems", "ReturnConsumedCapacity"} and len(planned) <= _MOST
    if not is_plain or not len(named) == len(planned) == len(writes) == len(asked["TransactItems"]):
        return None
    for write in planned:
        _carry_out(write)
    return {"ConsumedCapacity": [], "ItemCollectionMetrics": {}}


def put_item(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    answer = _alone(tables, "Put", asked, 1.0)
    return answer if answer is None or "ReturnConsumedCapacity" in asked else {}


def update_item(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    return _alone(tables, "Update", asked, 0.5)


def batch_write_item(tables: Mapping[str, Any], asked: Mapping[str, Any]) -> Answer | None:
    """For puts to one table."""
    if len(asked["RequestItems"]) != 1 or not asked.keys() <= {"RequestItems", "ReturnConsumedCapacity"}:
        return None
    [(name, requests)] = asked["RequestItems"].items()
    puts = [{"TableName": name, **one["PutRequest"]} if one.keys() == {"PutRequest"} else {} for one in requests]
    planned = [write for put in puts if (write := _planned(tables, "Put", put)) is not None]
    if not 0 < len({write.key for write in planned}) == len(planned) == len(requests) <= _MOST_PUTS:
        return None
    for write in planned:
        _carry_out(write)
    capacity = {"TableName": name, "CapacityUnits": 1.0, "Table": {"CapacityUnits": 1.0}}
    return {"ConsumedCapacity": [capacity], "ItemCollectionMetrics": {}, "UnprocessedItems": {}}


WRITES: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Answer | None]] = {
    "BatchWriteItem": batch_write_item,
    "PutItem": put_item,
    "TransactWriteItems": transact,
    "UpdateItem": update_item,
}
"""By operation. Each takes moto's tables and the request. The caller holds `moto_queries.LOCK`."""


def _alone(tables: Mapping[str, Any], kind: str, asked: Mapping[str, Any], units: float) -> Answer | None:
    request = {name: value for name, value in asked.items() if name != "ReturnConsumedCapacity"}
    write = _planned(tables, kind, request) if asked.get("ReturnConsumedCapacity", "TOTAL") == "TOTAL" else None
    if write is None:
        return None
    _carry_out(write)
    return {"ConsumedCapacity": {"TableName": asked["TableName"], "CapacityUnits": units}}


def _planned(tables: Mapping[str, Any], kind: str, asked: Mapping[str, Any]) -> _Write | None:
    """None if the request is left to the handler."""
    table = tables.get(asked.get("TableName", ""))
    index = None if table is None else moto_index.of_table(table)
    key = None if index is None else _key(index, kind, asked.get("Item" if kind == "Put" else "Key") or {})
    if index is None or key is None or not _has_known_stream(table) or not asked.keys() <= _MEMBERS.get(kind, set()):
        return None
    item = index.find(key)
    names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
    condition = create_condition_expression_parser(asked.get("ConditionExpression"), names, values)
    if not condition.parse().expr(item):
        return None
    changes = _changes(table, kind, asked, item)
    used = {*condition.expr_attr_names_found, *condition.expr_attr_values_found}
    if kind == "Update":
        used.update(one for pair in plain_updates.updates(asked["UpdateExpression"]) or () for one in pair if one)
    is_used = used == {*names, *values} and all(asked.get(name) != {} for name in _COMMON)
    return _Write(kind, table, key, item, changes) if changes is not None and is_used else None


def _key(index: moto_index.Index, kind: str, attributes: Mapping[str, Any]) -> ItemKey | None:
    pk, sk = (moto_index.text_of(attributes.get(name)) for name in (index.names.partition, index.names.order[0]))
    if not pk or not sk or max(len(pk), len(sk)) > _LONGEST_KEY or (kind != "Put" and len(attributes) != 2):
        return None
    return pk, sk


def _changes(table: Any, kind: str, asked: Mapping[str, Any], item: Any) -> Mapping[str, Any] | None:
    if kind in ("Delete", "ConditionCheck"):
        return {}
    if kind == "Put":
        made: Mapping[str, Any] = asked["Item"]
        return made if _is_plain(table, made) and _size(made) <= moto_queries.LARGEST else None
    plain = plain_updates.updates(asked["UpdateExpression"])
    if plain is None or item is None:
        return None
    names, values = asked.get("ExpressionAttributeNames"), asked.get("ExpressionAttributeValues")
    context = {"expression_attribute_names": names, "expression_attribute_values": values, "table": table}
    changes = plain_updates.resolved(plain, context)
    if changes is None or not _is_plain(table, {name: one for name, one in changes.items() if one is not None}):
        return None
    after = {**{name: {one.type: one.value} for name, one in item.attrs.items()}, **changes}
    return changes if _size(after) <= moto_queries.LARGEST else None


def _is_plain(table: Any, attributes: Mapping[str, Any]) -> bool:
    """Whether moto has nothing to refuse: texts, whole numbers and bytes, and no key that is empty or too long."""
    declared = {one["AttributeName"] for one in table.attr}
    return all(
        _is_short_text(value) if name in declared else len(value) == 1 and all(map(_is_known, value.items()))
        for name, value in attributes.items()
    )


def _is_short_text(value: Any) -> bool:
    return 0 < len(moto_index.text_of(value) or "") <= _LONGEST_KEY


def _is_known(typed: tuple[str, Any]) -> bool:
    kind, content = typed
    if kind == "N":
        return isinstance(content, str) and _NUMBER.fullmatch(content) is not None
    return isinstance(content, {"S": str, "B": bytes}.get(kind, ()))


def _size(attributes: Mapping[str, Any]) -> int:
    """A bound of the bytes: a character takes at most four. A set, list or map is left to the handler."""
    contents = [content for value in attributes.values() if value is not None for content in value.values()]
    if not all(isinstance(content, str | bytes | bool) for content in contents):
        return moto_queries.LARGEST + 1
    return sum(len(name) for name in attributes) + sum(1 if isinstance(one, bool) else 4 * len(one) for one in contents)


def _carry_out(write: _Write) -> None:
    hash_key, range_key = (DynamoType({"S": one}) for one in write.key)
    partition, after = write.table.items[hash_key], write.item
    if write.kind == "Put":
        after = partition[range_key] = _item((hash_key, range_key), write.values)
    elif write.kind == "Update":
        _change(write.item, write.values)
    elif write.kind == "Delete":
        partition.pop(range_key, None)
        after = None
    moto_index.note(write.table, write.key, after)
    event = "INSERT" if write.item is None else "REMOVE" if after is None else "MODIFY"
    if write.kind != "ConditionCheck" and not (write.item is None and after is None):
        _stream(write.table, write.key, event)


def _stream(table: Any, key: ItemKey, event: str) -> None:
    if table.stream_shard is not None:
        table.stream_shard.items.append(_KeysRecord(table, key, event))


class _KeysRecord(StreamRecord):
    """A record without images. moto writes both images also for a stream that has none, to measure them."""

    def __init__(self, table: Any, key: ItemKey, event: str) -> None:
        shard, at = table.stream_shard, utcnow()
        names = (table.hash_key_attr, table.range_key_attr)
        change = {
            "StreamViewType": _KEYS_ONLY,
            "ApproximateCreationDateTime": at,
            "SequenceNumber": str(len(shard.items) + shard.starting_sequence_number),
            "SizeBytes": 1,
            "Keys": {name: {"S": one} for name, one in zip(names, key, strict=True)},
        }
        change["SizeBytes"] = len(json.dumps({**change, "ApproximateCreationDateTime": unix_time(at)}))
        self.record = {
            "eventID": mock_random.uuid4().hex,
            "eventName": event,
            "eventSource": "aws:dynamodb",
            "eventVersion": "1.0",
            "awsRegion": "us-east-1",
            "dynamodb": change,
        }


def _has_known_stream(table: Any) -> bool:
    of_keys = (table.stream_specification or {}).get("StreamViewType") == _KEYS_ONLY
    return table.stream_shard is None or (of_keys and not table.lambda_event_source_mappings)


def _change(item: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if value is None:
            item.attrs.pop(name, None)
        else:
            dict.__setitem__(item.attrs, name, DynamoType(value))


def _item(keys: tuple[Any, Any], attributes: Mapping[str, Any]) -> Any:
    """Without moto's check of the size at each attribute."""
    made: Any = Item.__new__(Item)
    (made.hash_key, made.range_key), made.attrs = keys, LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(made.attrs, {name: DynamoType(value) for name, value in attributes.items()})
    return made
