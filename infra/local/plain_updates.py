"""Makes moto's most frequent update expressions faster. Part of `lighter_moto`.

The store writes `SET #0 = :0, #1 = :1 REMOVE #2`. moto copies the syntax tree of such an expression, and walks through
it ten times. The patch carries it out at once. All other expressions, and all that moto might refuse, go to moto.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from functools import lru_cache
from typing import Any
from unittest.mock import patch

from moto.dynamodb import models
from moto.dynamodb.models.dynamo_type import DynamoType

_EXPRESSIONS = 1_000
_FORM = re.compile(r"\s*SET (#\w+ = :\w+(?:, #\w+ = :\w+)*)(?: REMOVE (#\w+(?:, #\w+)*))?\s*")
_models: Any = models

Updates = tuple[tuple[str, str | None], ...]
"""Placeholders: of an attribute's name and of its new value. None: the attribute is removed."""


def install(patches: ExitStack) -> None:
    """Patches moto until `patches` is closed."""
    parse, validator, executor = (
        getattr(_models, f"UpdateExpression{part}") for part in ("Parser", "Validator", "Executor")
    )

    class Parser:
        @staticmethod
        def make(text: str) -> Any:
            return _Parsed(parse.make(text), updates(text))

    def validated(parsed: _Parsed, **context: Any) -> Any:
        found = parsed.updates and resolved(parsed.updates, context)
        return _Plain(found) if found else validator(parsed.tree, **context)

    def execute(tree: Any, item: Any, names: Any) -> Any:
        return _Execution(tree.changes, item) if isinstance(tree, _Plain) else executor(tree, item, names)

    patches.enter_context(patch.object(_models, "UpdateExpressionParser", Parser))
    patches.enter_context(patch.object(_models, "UpdateExpressionValidator", validated))
    patches.enter_context(patch.object(_models, "UpdateExpressionExecutor", execute))


class _Parsed:
    def __init__(self, tree: Any, plain: Updates | None) -> None:
        self.tree = tree
        self.updates = plain


class _Plain:
    """As moto's validator and as its validated tree."""

    def __init__(self, changes: Mapping[str, Any]) -> None:
        self.changes = changes

    def validate(self) -> _Plain:
        return self

    def normalize(self) -> None:
        pass


class _Execution:
    def __init__(self, changes: Mapping[str, Any], item: Any) -> None:
        self._changes = changes
        self._item = item

    def execute(self) -> None:
        for name, value in self._changes.items():
            if value is None:
                self._item.attrs.pop(name, None)
            else:
                self._item.attrs[name] = DynamoType(value)


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
