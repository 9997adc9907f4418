"""Makes moto's queries cost what their partition costs. Part of the shim (`moto_shim`), behind its lock. Never shipped.

moto reads and sorts the whole table in each query, so that the local stack stood still at some thousand items. Here it
is shown the items of the partition that is asked for, and goes on with those as before.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from moto.dynamodb.models.table import Table

LOCK = threading.RLock()
"""The shim's: whoever holds it is alone with the tables."""

_READS = frozenset({"Query", "Scan", "GetItem", "BatchGetItem", "TransactGetItems", "DescribeTable"})
_INDEX_NAME = 6
"""Its place among the arguments that moto's backend gives to `Table.query`, after the hash key."""

_found: dict[tuple[int, str], dict[Any, list[Any]]] = {}
"""By table and attribute: the items by the attribute's value, as they were after the last write."""


def install() -> Callable[[], None]:
    """Patch moto in this process; call what it returns to take the patch back."""
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
    """To be called after each action on any table: what was found is good until the next write."""
    if action not in _READS:
        _found.clear()


def sparse(table: Any, name: str) -> list[Any]:
    """All items that have the attribute, in no order."""
    with LOCK:
        return [item for partition in _attribute(table, name).values() for item in partition]


def _partition(table: Any, hash_key: Any, index: str | None, conditions: Any) -> list[Any] | None:
    """None where moto is to find its own way."""
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
    """Sparse: an item without the attribute is in no partition of the index."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for partition in table.items.values():
        for item in partition.values():
            value = item.attrs.get(name)
            if value is not None:
                found[value.value].append(item)
    return found
