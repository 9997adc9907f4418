"""PynamoDB models: the attributes of `Entry`, and the two indexes.

The models describe and translate items; they never connect. `Item.get` and similar methods raise, because the class
names no table. A model class that connects keeps one connection per process, also for its subclasses.
"""

from __future__ import annotations

import json
from typing import Any

from pynamodb.attributes import Attribute, BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection.base import MetaTable
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model

from chalicelib.store import sizes
from chalicelib.store.port import Entry, IndexKey, Key

RawItem = dict[str, dict[str, Any]]
"""An item in DynamoDB JSON: `{"pk": {"S": "…"}, …}`."""


class DueIndex(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Sparse index: only items with a time at which they must be processed."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class ListIndex(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Snapshots for the staff queues, and messages for the inboxes."""

    class Meta:
        index_name = "list"
        projection = IncludeProjection(["seq", "row"])

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class Item(Model):
    """The table's item, with the attributes of `Entry`, and `packed`."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)
    packed = BinaryAttribute(null=True, legacy_encoding=False)
    """In place of `body`."""
    version = NumberAttribute(null=True)
    counted = NumberAttribute(null=True, attr_name="count")
    seq = NumberAttribute(null=True)
    expires = NumberAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    row = UnicodeAttribute(null=True)
    form = NumberAttribute(null=True, attr_name="v")

    due_index = DueIndex()
    list_index = ListIndex()


ATTRIBUTES: dict[str, Attribute[Any]] = {a.attr_name: a for a in Item.get_attributes().values()}
"""The model's attributes by their names in the table."""


def meta_table(name: str) -> MetaTable:
    """The table description that PynamoDB's connection needs to write keys."""
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
    """Ignores attributes that `Entry` does not have. Reads them itself: a `Model` takes five times as long to make."""
    due_pk, list_pk, row = (_text(raw, name) for name in ("due_pk", "list_pk", "row"))
    return Entry(
        key=Key(raw["pk"]["S"], raw["sk"]["S"]),
        kind=_text(raw, "kind") or "",
        body=_text(raw, "body") or _packed(raw),
        version=_whole(raw, "version"),
        count=_whole(raw, "count"),
        seq=_whole(raw, "seq"),
        expires=_whole(raw, "expires"),
        due=None if due_pk is None else IndexKey(due_pk, raw["due_sk"]["S"]),
        listed=None if list_pk is None else IndexKey(list_pk, raw["list_sk"]["S"]),
        row=row if row is None or row.startswith("{") else _unpacked_row(row),
        form=_whole(raw, "v"),
    )


def _value(raw: RawItem, name: str) -> dict[str, Any] | None:
    """None for a missing attribute, and for a null."""
    found = raw.get(name)
    return None if found is None or "NULL" in found else found


def _text(raw: RawItem, name: str) -> str | None:
    found = _value(raw, name)
    return None if found is None else found["S"]


def _packed(raw: RawItem) -> str:
    found = _value(raw, "packed")
    return "" if found is None else _unpacked(found["B"])


def _whole(raw: RawItem, name: str) -> int | None:
    found = _value(raw, name)
    return None if found is None else int(json.loads(found["N"]))


def _unpacked(packed: bytes) -> str:
    """Empty for damaged bytes, which no form can read (`stored_form.Damaged`): the page's other items can be read."""
    from chalicelib.store import packing  # a cold start does not need it

    try:
        return packing.unpack(packed)
    except packing.UNREADABLE:
        return ""


def _unpacked_row(row: str) -> str:
    """Rows of other kinds than JSON objects are left as they are."""
    from chalicelib.store import packing  # a cold start does not need it

    try:
        return packing.unpack_row(row) if row.startswith(packing.ROW) else row
    except packing.UNREADABLE:
        return ""
