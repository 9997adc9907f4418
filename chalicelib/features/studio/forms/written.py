"""Places in a document as it is written, with its short forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

Path = tuple[str | int, ...]
ABSENT = msgspec.UNSET
"""In place of a value that is not written."""
SHORT_FACTS = ("required", "optional")
"""A fact of which nothing else is written."""
LANGUAGES = ("zh", "en")


def value_at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, Mapping):
            value = next((member for key, member in value.items() if str(key) == str(step)), ABSENT)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


def in_item(item: Any, path: Path) -> Any:
    return value_at(written_out(item), path) if path else item


def written_out(item: Any) -> Mapping[str, Any]:
    """An item that is written as one word or text, as the map that it stands for."""
    if isinstance(item, str):
        return {"required": item == SHORT_FACTS[0]} if item in SHORT_FACTS else {"zh": item}
    return item if isinstance(item, Mapping) else {}


def with_value(item: Any, path: Path, value: Any) -> Any:
    """The item with another value at the path; maps that become empty go, and maps that it lacks are made."""
    if not path:
        return value
    old = written_out(item)
    inner = with_value(value_at(old, path[:1]), path[1:], value)
    if inner is ABSENT or (inner == {} and len(path) > 1):
        return {key: member for key, member in old.items() if key != path[0]}
    return {**old, path[0]: inner}


def show_label(written: Any) -> dict[str, list[str]]:
    texts = {"zh": written} if isinstance(written, str) else written if isinstance(written, Mapping) else {}
    return {name: [str(texts[name])] if texts.get(name) else [] for name in LANGUAGES}
