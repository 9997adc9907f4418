"""The items of moto's tables by key, in order, kept up to date. Part of the shim (`moto_shim`). Not deployed.

moto searches and sorts a whole table in each query. Here each table has an index of its items by key, and one for each
secondary index that was asked. After a write, only the written items are looked at again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

Place = tuple[str, ...]
"""An item's position in its partition: the values of the attributes by which it is sorted."""
ItemKey = tuple[str, str]
"""Partition key and sort key of the table."""


class Names(NamedTuple):
    """`partition`: the attribute whose value all items of a partition share. `order`: those by which they are sorted,
    of which a query names the first."""

    partition: str
    order: tuple[str, ...]


class Partition:
    def __init__(self) -> None:
        self.items: dict[Place, Any] = {}
        self.order: list[Place] = []

    def put(self, place: Place, item: Any) -> None:
        if place not in self.items:
            insort(self.order, place)
        self.items[place] = item

    def drop(self, place: Place) -> None:
        del self.items[place]
        del self.order[bisect_left(self.order, place)]

    def first_at(self, value: str) -> int:
        """The position of the first item whose first sort attribute is `value` or greater."""
        return bisect_left(self.order, (value,))

    def first_after(self, value: str) -> int:
        return bisect_right(self.order, value, key=_first)

    def position_of(self, place: Place) -> int:
        return bisect_left(self.order, place)

    def position_after(self, place: Place) -> int:
        return bisect_right(self.order, place)


class Index:
    """Sparse: items that lack an attribute are left out, as in DynamoDB."""

    def __init__(self, table: Any, names: Names) -> None:
        self.names = names
        self.partitions: defaultdict[str, Partition] = defaultdict(Partition)
        self.odd: set[ItemKey] = set()
        """Items with a key that is no text. A query of an index with such items is moto's."""
        self._places: dict[ItemKey, tuple[str, Place]] = {}
        for item in _all(table):
            self.put((item.hash_key.value, item.range_key.value), item)

    def find(self, key: ItemKey) -> Any:
        """The item, or None."""
        found = self._places.get(key)
        return None if found is None else self.partitions[found[0]].items[found[1]]

    def items(self) -> Iterator[Any]:
        for partition in self.partitions.values():
            yield from partition.items.values()

    def put(self, key: ItemKey, item: Any) -> None:
        """`item`: None for a deleted one."""
        was = self._places.get(key)
        now = None if item is None else self._place(key, item)
        if was is not None and was != now:
            self.partitions[was[0]].drop(was[1])
            del self._places[key]
        if now is not None:
            self.partitions[now[0]].put(now[1], item)
            self._places[key] = now

    def _place(self, key: ItemKey, item: Any) -> tuple[str, Place] | None:
        found = [item.attrs.get(name) for name in (self.names.partition, *self.names.order)]
        self.odd.discard(key)
        if any(one is None for one in found):
            return None
        if any(one.type != "S" for one in found):
            self.odd.add(key)
            return None
        partition, *place = (one.value for one in found)
        return partition, tuple(place)


_indexes: WeakKeyDictionary[Any, dict[Names, Index]] = WeakKeyDictionary()


def of_table(table: Any) -> Index | None:
    """The index by the table's own key. None if moto must search itself: keys that are no texts, or no sort key."""
    if not table.range_key_attr or {table.hash_key_type, table.range_key_type} != {"S"}:
        return None
    return _kept(table, Names(table.hash_key_attr, (table.range_key_attr,)))


def of_secondary(table: Any, name: str) -> Index | None:
    """The index by a secondary index's key. None as in `of_table`, and for an unknown index."""
    schema = next((one.schema for one in table.all_indexes() if one.name == name), None)
    if schema is None or [one["KeyType"] for one in schema] != ["HASH", "RANGE"] or of_table(table) is None:
        return None
    partition, order = (one["AttributeName"] for one in schema)
    return _kept(table, Names(partition, (order, table.hash_key_attr, table.range_key_attr)))


def refresh(table: Any, key: ItemKey) -> None:
    """To be called after a write, with the key that it named."""
    if _indexes.get(table):
        note(table, key, _item(table, key))


def note(table: Any, key: ItemKey, item: Any) -> None:
    """As `refresh`, with the item that is there now; None without one."""
    for index in _indexes.get(table, {}).values():
        index.put(key, item)


def forget() -> None:
    """Drops all indexes: something else than items may have changed."""
    _indexes.clear()


def text_of(value: Any) -> str | None:
    """The text of an attribute in DynamoDB JSON. None for another type."""
    found = value.get("S") if isinstance(value, dict) and len(value) == 1 else None
    return found if isinstance(found, str) else None


def _kept(table: Any, names: Names) -> Index:
    kept = _indexes.setdefault(table, {})
    if names not in kept:
        kept[names] = Index(table, names)
    return kept[names]


def _all(table: Any) -> Iterator[Any]:
    for partition in table.items.values():
        yield from partition.values()


def _item(table: Any, key: ItemKey) -> Any:
    from moto.dynamodb.models.dynamo_type import DynamoType

    hash_key, range_key = (DynamoType({"S": one}) for one in key)
    partition = table.items.get(hash_key)
    return None if partition is None else partition.get(range_key)


def _first(place: Place) -> str:
    return place[0]
