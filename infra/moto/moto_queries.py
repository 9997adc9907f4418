"""Speeds up moto's queries: each reads its page from an index. Part of the shim (`moto_shim`). Not deployed.

moto reads and sorts the whole table in each query, copies what it found, and measures each item. With the patch it
does so only for what the store does not ask: filters, keys that are no texts, and pages near the limit of a megabyte.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from moto.dynamodb.comparisons import OpDefault
from moto.dynamodb.models.table import RESULT_SIZE_LIMIT, Table

from infra.moto import moto_index
from infra.moto.moto_index import Index, Partition, Place

LOCK = threading.RLock()
"""The shim's lock: its holder has exclusive access to the tables."""
LARGEST = 405_000
"""Bytes of the largest item that moto accepts."""

_READS = frozenset({"Query", "Scan", "GetItem", "BatchGetItem", "TransactGetItems", "DescribeTable"})


class Asked(NamedTuple):
    """A query of the store's form. `comparison` of the first sort attribute with one or two `values`, or none.
    `start`: the exclusive start key, as plain values by attribute."""

    partition: str
    comparison: str | None
    values: tuple[str, ...]
    limit: int | None
    start: Mapping[str, str] | None
    forward: bool


class Found(NamedTuple):
    """`items` are moto's own. `last`: the item after which the next page begins."""

    items: list[Any]
    last: Any


def install() -> Callable[[], None]:
    """Patch moto in this process. Returns a function that removes the patch."""
    table: Any = Table
    ask = table.query

    def query(self: Any, *plain: Any, **named: Any) -> Any:
        found = _answer(self, plain, named)
        return ask(self, *plain, **named) if found is None else found

    def remove() -> None:
        table.query = ask
        moto_index.forget()

    table.query = query
    moto_index.forget()
    return remove


def after(backend: Any, action: str, request: Mapping[str, Any]) -> None:
    """To be called after each table action, whether it failed or not: looks at the written items again."""
    if action in _READS:
        return
    for name, key in _written(action, request):
        table = backend.tables.get(name)
        hash_key, range_key = (moto_index.text_of(key.get(one)) for one in _key_names(table))
        if hash_key is None or range_key is None:
            moto_index.forget()  # an action that is unknown here, a table by its ARN, or a key that is no text
            return
        moto_index.refresh(table, (hash_key, range_key))


def page(index: Index, asked: Asked) -> Found | None:
    """What moto's `Table.query` finds. None if moto must search itself."""
    if index.odd or (asked.limit is not None and asked.limit < 1):
        return None
    partition = index.partitions.get(asked.partition)
    if partition is None or not partition.order:
        return Found([], None)
    bounds = _bounds(partition, asked.comparison, asked.values)
    start = None if asked.start is None else _start(index, asked)
    if bounds is None or (start is None and asked.start is not None):
        return None
    places = _places(partition, bounds, start, asked)
    found = [partition.items[place] for place in places]
    if not fits(found, RESULT_SIZE_LIMIT):
        return None
    end = partition.order[-1 if asked.forward else 0]
    is_cut = len(found) == asked.limit and places[-1] != end
    return Found(found, found[-1] if is_cut else None)


def fits(items: list[Any], most: int) -> bool:
    """Whether these items and any further one have at most so many bytes, by moto's count."""
    room = most - LARGEST
    return sum(map(_at_most, items)) <= room or sum(item.size() for item in items) <= room


def sparse(table: Any, name: str) -> Iterator[Partition]:
    """The partitions of a secondary index. The caller holds `LOCK`."""
    index = moto_index.of_secondary(table, name)
    assert index is not None, f"moto's table has no index {name} by texts"
    return iter(index.partitions.values())


def _answer(table: Any, plain: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
    """The result of `Table.query`, or None."""
    hash_key, comparison, values, limit, start, forward, projection, index_name, consistent, condition = plain
    is_plain = not projection and isinstance(condition, OpDefault) and not (consistent and index_name)
    if not is_plain or len(named["hash_key_conditions"]) != 1 or len(named) > 2:
        return None
    index = moto_index.of_secondary(table, index_name) if index_name else moto_index.of_table(table)
    texts = [one.value for one in (hash_key, *values) if one.type == "S"]
    begin = (
        None if start is None else {name: text for name, value in start.items() if (text := moto_index.text_of(value))}
    )
    if index is None or len(texts) <= len(values):
        return None
    found = page(index, Asked(texts[0], comparison, tuple(texts[1:]), limit, begin, forward is not False))
    if found is None:
        return None
    last = None if found.last is None else key_after(table, index, found.last)
    return projected(table, index_name, found.items), len(found.items), last


def projected(table: Any, index_name: str | None, items: list[Any]) -> list[Any]:
    """As a secondary index shows them. A copy where it shows less than the item."""
    if index_name is None:
        return items
    index = table.get_index(index_name)
    return items if index.projection.get("ProjectionType") == "ALL" else [_project(index, one) for one in items]


class _Shown(NamedTuple):
    attrs: dict[str, Any]


def _project(index: Any, item: Any) -> Any:
    names = [*index.table_key_attrs, *index.schema_key_attrs, *index.projection.get("NonKeyAttributes", [])]
    shown = {name: item.attrs[name] for name in names if name in item.attrs}
    if all(_is_plain(one) for one in shown.values()):
        return _Shown(shown)
    return index.project(copy.deepcopy(item))


def _is_plain(attribute: Any) -> bool:
    """Whether moto's projection, which reads and writes all numbers, leaves the value as it is."""
    if attribute.type == "N":
        return attribute.value.isdecimal() and attribute.value.isascii() and not attribute.value.startswith("0")
    return bool(attribute.type == "S")


def key_after(table: Any, index: Index, item: Any) -> dict[str, Any]:
    """The start key of the page after the item, of moto's attributes."""
    names = (table.hash_key_attr, table.range_key_attr, index.names.partition, index.names.order[0])
    return {name: item.attrs[name] for name in names}


def _bounds(partition: Partition, comparison: str | None, values: tuple[str, ...]) -> tuple[int, int] | None:
    """First position, and the one behind the last. None for a comparison that the store does not use."""
    first, behind = 0, len(partition.order)
    if comparison in ("BETWEEN", "=", ">="):
        first = partition.first_at(values[0])
    if comparison == ">":
        first = partition.first_after(values[0])
    if comparison in ("BETWEEN", "=", "<="):
        behind = partition.first_after(values[-1])
    if comparison == "<":
        behind = partition.first_at(values[0])
    return (first, behind) if comparison in (None, "BETWEEN", "=", "<", "<=", ">", ">=") else None


def _start(index: Index, asked: Asked) -> Place | None:
    """The place of the exclusive start key. None if it lacks an attribute or is of another partition."""
    start = asked.start or {}
    if start.get(index.names.partition) != asked.partition or any(name not in start for name in index.names.order):
        return None
    return tuple(start[name] for name in index.names.order)


def _places(partition: Partition, bounds: tuple[int, int], start: Place | None, asked: Asked) -> list[Place]:
    first, behind = bounds
    if start is not None and asked.forward:
        first = max(first, partition.position_after(start))
    if start is not None and not asked.forward:
        behind = min(behind, partition.position_of(start))
    limit = len(partition.order) if asked.limit is None else asked.limit
    if asked.forward:
        return partition.order[first : min(behind, first + limit)]
    return partition.order[max(first, behind - limit) : behind][::-1] if behind > first else []


def _at_most(item: Any) -> int:
    """A bound of the item's size: a character takes at most four bytes."""
    return sum(len(name) + 4 * len(str(one.value)) for name, one in item.attrs.items())


def _written(action: str, request: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Table and item or key of each write. Both are empty for an action that is unknown here."""
    if action in ("PutItem", "UpdateItem", "DeleteItem"):
        return [_named(request)]
    if action == "TransactWriteItems":
        return [_named(one) for write in request.get("TransactItems", ()) for one in write.values()]
    if action == "BatchWriteItem":
        asked = request.get("RequestItems", {}).items()
        return [_named({"TableName": name, **one}) for name, some in asked for each in some for one in each.values()]
    return [_named({})]


def _named(write: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return write.get("TableName", ""), write.get("Key") or write.get("Item") or {}


def _key_names(table: Any) -> tuple[str, str]:
    return (table.hash_key_attr, table.range_key_attr or "") if table else ("", "")
