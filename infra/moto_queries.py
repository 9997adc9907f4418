"""Speeds up moto's queries: each reads one partition. Part of the shim (`moto_shim`). Not part of the deployment.

moto reads and sorts the whole table in each query, which is too slow with some thousand items. The patch gives moto the
items of the queried partition only; moto evaluates them as before.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from moto.dynamodb.models.table import Table

LOCK = threading.RLock()
"""The shim's lock: its holder has exclusive access to the tables."""

_READS = frozenset({"Query", "Scan", "GetItem", "BatchGetItem", "TransactGetItems", "DescribeTable"})
_INDEX_NAME = 6
"""The index name's position in the arguments of `Table.query`, after the hash key."""

_found: dict[tuple[int, str], dict[Any, list[Any]]] = {}
"""By table and attribute: items by the attribute's value. Cleared after each write."""


def install() -> Callable[[], None]:
    """Patch moto in this process. Returns a function that removes the patch."""
    table: Any = Table
    ask = table.query

    def query(self: Any, hash_key: Any, *rest: Any, **named: Any) -> Any:
        partition = _partition(self, hash_key, rest[_INDEX_NAME], named["hash_key_conditions"])
        if partition is None:
            return ask(self, hash_key, *rest, **named)
        self.all_items = lambda: partition
        try:
            return ask(self, hash_key, *rest, **named)
        finally:
            del self.all_items

    def remove() -> None:
        table.query = ask
        _found.clear()

    table.query = query
    _found.clear()
    return remove


def after(action: str) -> None:
    """To be called after each table action. Writes clear the cache."""
    if action not in _READS:
        forget()


def forget() -> None:
    _found.clear()


def sparse(table: Any, name: str) -> list[Any]:
    """All items with the attribute, unordered."""
    with LOCK:
        return [item for partition in _attribute(table, name).values() for item in partition]


def _partition(table: Any, hash_key: Any, index: str | None, conditions: Any) -> list[Any] | None:
    """The items of the partition, or None where moto must search itself."""
    if index is None:
        return list(table.items.get(hash_key, {}).values()) if table.range_key_attr else None
    if len(conditions) != 1 or not table.range_key_attr:
        return None
    name, value = conditions[0]
    return _attribute(table, name).get(value.value, [])


def _attribute(table: Any, name: str) -> dict[Any, list[Any]]:
    known = _found.get((id(table), name))
    if known is None:
        known = _found[id(table), name] = _by_attribute(table, name)
    return known


def _by_attribute(table: Any, name: str) -> dict[Any, list[Any]]:
    """A sparse index: items without the attribute are left out."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for partition in table.items.values():
        for item in partition.values():
            value = item.attrs.get(name)
            if value is not None:
                found[value.value].append(item)
    return found
