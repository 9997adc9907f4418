"""Copies of an explanation with one fault each, which its schema must refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_OPTIONAL = {
    *("name", "days", "closing", "beyond", "paused_days", "last_day", "held", "counted_from", "parts", "decides", "of"),
    *("calendar", "clause", "due_at_the_change", "due_before"),
}
"""Keys that an explanation may lack. `calendar`: in the rule, where the policy has one calendar."""
_FREE = {"of", "timezone", "calendar", "limit", "zh", "en", "clock", "clause", "policy", "started_by"}
"""Keys with any text."""


def spoiled(value: Any) -> Iterator[tuple[str, Any]]:
    """Each copy with its fault: a key too many or too few, or a value of another kind. Of lists, the first item."""
    if isinstance(value, dict):
        yield "a further key", {**value, "further": 1}
        for name, one in value.items():
            if name not in _OPTIONAL:
                yield f"no {name}", {key: other for key, other in value.items() if key != name}
            yield from ((f"{name}/{what}", {**value, name: changed}) for what, changed in _changed(name, one))
    elif isinstance(value, list) and value:
        yield from ((f"0/{what}", [changed, *value[1:]]) for what, changed in _changed("", value[0]))


def _changed(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield from ((str(other), other) for other in _other_kinds(name, value))
    yield from spoiled(value)


def _other_kinds(name: str, value: Any) -> list[Any]:
    """Values that cannot stand for this one."""
    if isinstance(value, str):
        return [{}] if name in _FREE else [{}, "other"]
    if isinstance(value, int) and not isinstance(value, bool):
        return [{}] if name == "ms" else [{}, -1]
    return ["other"]
