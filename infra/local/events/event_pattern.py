"""Event patterns of event source mappings and EventBridge rules: values, prefixes and wildcards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """True where every field of the pattern matches. Raises ValueError for an unsupported operator."""
    return all(_field(expected, event.get(name)) for name, expected in pattern.items())


def _field(expected: Any, actual: Any) -> bool:
    if isinstance(expected, Mapping):
        return isinstance(actual, Mapping) and matches(expected, actual)
    return any(_value(each, actual) for each in expected)


def _value(expected: Any, actual: Any) -> bool:
    if not isinstance(expected, Mapping):
        return bool(expected == actual)
    if set(expected) == {"prefix"}:
        return isinstance(actual, str) and actual.startswith(expected["prefix"])
    if set(expected) == {"wildcard"}:
        parts = (re.escape(part) for part in expected["wildcard"].split("*"))
        return isinstance(actual, str) and re.fullmatch(".*".join(parts), actual, re.DOTALL) is not None
    raise ValueError(f"the local stack does not support the operators {sorted(expected)}")
