"""IAM patterns: wildcards, and policy variables, whose values are literal.

IAM User Guide, "Policy elements: Variables and tags" and "Resource".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Context = Mapping[str, str | list[str]]
"""Condition keys of a request and their values; a list for multivalued keys."""

_TOKEN = re.compile(r"\$\{([^}]+)\}|\*|\?")
_LITERALS = ("*", "?", "$")


def context_value(context: Context, key: str) -> str | list[str] | None:
    """The value of a condition key. Keys are case-insensitive."""
    return next((value for name, value in context.items() if name.lower() == key.lower()), None)


def matches(pattern: str, text: str, context: Context, *, wildcards: bool = True) -> bool:
    """A pattern with a variable without a single value does not match."""
    regex = ""
    place = 0
    for token in _TOKEN.finditer(pattern):
        regex += re.escape(pattern[place : token.start()])
        place = token.end()
        part = _part(token, context, wildcards)
        if part is None:
            return False
        regex += part
    return re.fullmatch(regex + re.escape(pattern[place:]), text, re.DOTALL) is not None


def _part(token: re.Match[str], context: Context, wildcards: bool) -> str | None:
    name = token[1]
    if name is None:
        return {"*": ".*", "?": "."}[token[0]] if wildcards else re.escape(token[0])
    if name in _LITERALS:
        return re.escape(name)
    value = context_value(context, name)
    return re.escape(value) if isinstance(value, str) else None
