"""The table as PynamoDB sees it: one model with the attributes of `Entry`, and the two indexes.

The models describe and translate; they never connect. `Item.get` and the like raise, because the class names no table:
a class that connects does so once per process, and a subclass would go on using its base's connection.
"""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import Attribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection.base import MetaTable
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model

from chalicelib.store import sizes
from chalicelib.store.port import Entry, IndexKey, Key

RawItem = dict[str, dict[str, Any]]
"""An item as DynamoDB's JSON has it: `{"pk": {"S": "…"}, …}`."""


class DueIndex(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Sparse: whoever is to wake has an entry."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class ListIndex(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Snapshots, for the staff queues, and messages, for the inboxes."""

    class Meta:
        index_name = "list"
        projection = IncludeProjection(["seq", "row"])

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class Item(Model):
    """`Entry`, attribute by attribute."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    counted = NumberAttribute(null=True, attr_name="count")
    seq = NumberAttribute(null=True)
    expires = NumberAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    row = UnicodeAttribute(null=True)

    due_index = DueIndex()
    list_index = ListIndex()


ATTRIBUTES: dict[str, Attribute[Any]] = {a.attr_name: a for a in Item.get_attributes().values()}
"""By their names in the table."""


def meta_table(name: str) -> MetaTable:
    """What PynamoDB's connection must know of the table to write its keys."""
    schema = Item._get_schema()
    return MetaTable(
        {
            "TableName": name,
            "KeySchema": schema["key_schema"],
            "AttributeDefinitions": schema["attribute_definitions"],
            "GlobalSecondaryIndexes": [
                {"IndexName": index["index_name"], "KeySchema": index["key_schema"]}
                for index in schema["global_secondary_indexes"]
            ],
        }
    )


def to_raw(entry: Entry) -> RawItem:
    return {
        name: {ATTRIBUTES[name].attr_type: ATTRIBUTES[name].serialize(value)} for name, value in sizes.attributes(entry)
    }


def to_entry(raw: RawItem) -> Entry:
    """Attributes that this code does not know are left out."""
    item = Item.from_raw_data(raw)
    return Entry(
        key=Key(item.pk, item.sk),
        kind=item.kind or "",
        body=item.body or "",
        version=_whole(item.version),
        count=_whole(item.counted),
        seq=_whole(item.seq),
        expires=_whole(item.expires),
        due=None if item.due_pk is None else IndexKey(item.due_pk, item.due_sk),
        listed=None if item.list_pk is None else IndexKey(item.list_pk, item.list_sk),
        row=item.row,
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
