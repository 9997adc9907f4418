"""What a form shows of an item, and the item that it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.features.studio.forms.kinds import normal
from chalicelib.features.studio.forms.rows import ItemField, ItemRow
from chalicelib.features.studio.forms.written import in_item, with_value

SHOWN = "shown"
"""The input that names the fields that the form has: a box that is not ticked sends nothing."""


def inputs(field: ItemField, item: Any) -> dict[str, list[str]]:
    return field.kind.show(in_item(item, field.path))


def typed_of(key: str, given: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The inputs of the field with this key: `within`, `within.0.number`."""
    own = {"": given[key]} if key in given else {}
    begin = key + "."
    return {**own, **{name.removeprefix(begin): values for name, values in given.items() if name.startswith(begin)}}


def filled(row: ItemRow, item: Any, given: Mapping[str, Sequence[str]]) -> Any:
    """The item as the form asks for it. A field whose inputs say what is written stays as it is written."""
    shown = given.get(SHOWN, ())
    for field in row.fields:
        if field.key not in shown:
            continue
        old, typed = in_item(item, field.path), typed_of(field.key, given)
        if normal(field.kind.show(old)) != normal(typed):
            item = with_value(item, field.path, field.kind.write(typed, old))
    return item
