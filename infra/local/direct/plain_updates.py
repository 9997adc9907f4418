"""Reads the store's update expressions. Part of `direct_calls`.

The store writes `SET #0 = :0, #1 = :1 REMOVE #2`. All other expressions, and all that moto might refuse, go to moto.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_EXPRESSIONS = 1_000
_FORM = re.compile(r"\s*SET (#\w+ = :\w+(?:, #\w+ = :\w+)*)(?: REMOVE (#\w+(?:, #\w+)*))?\s*")

Updates = tuple[tuple[str, str | None], ...]
"""Placeholders: of an attribute's name and of its new value. None: the attribute is removed."""


@lru_cache(_EXPRESSIONS)
def updates(text: str) -> Updates | None:
    """None if the expression has another form than those of the store."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    pairs = (pair.split(" = ") for pair in found[1].split(", "))
    removed = found[2].split(", ") if found[2] else []
    return (*((name, value) for name, value in pairs), *((name, None) for name in removed))


def resolved(plain: Updates, context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Values by attribute. None where moto has more to check: an unknown placeholder, a key, a repeated attribute."""
    names, values = context["expression_attribute_names"] or {}, context["expression_attribute_values"] or {}
    if any(name not in names or (value and value not in values) for name, value in plain):
        return None
    found = {names[name]: values[value] if value else None for name, value in plain}
    if len(found) < len(plain) or not all(_is_free(context["table"], name, value) for name, value in found.items()):
        return None
    return found


def _is_free(table: Any, name: str, value: Any) -> bool:
    """False for a key of the table, and for a value that a key of an index cannot have: empty, or of another type."""
    if name in table.table_key_attrs:
        return False
    declared = next((one["AttributeType"] for one in table.attr if one["AttributeName"] == name), None)
    return declared is None or value is None or bool(value.get(declared))
