"""Event patterns, as event source mappings and EventBridge rules filter with them: values, prefixes, wildcards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether every field of the pattern holds. Raises ValueError for an operator that this does not know."""
    return all(_field(wanted, event.get(name)) for name, wanted in pattern.items())


def _field(wanted: Any, given: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(given, Mapping) and matches(wanted, given)
    return any(_value(each, given) for each in wanted)


def _value(wanted: Any, given: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return bool(wanted == given)
    if set(wanted) == {"prefix"}:
        return isinstance(given, str) and given.startswith(wanted["prefix"])
    if set(wanted) == {"wildcard"}:
        parts = (re.escape(part) for part in wanted["wildcard"].split("*"))
        return isinstance(given, str) and re.fullmatch(".*".join(parts), given, re.DOTALL) is not None
    raise ValueError(f"the local stack does not know the operators {sorted(wanted)}")
