"""Remembers conditions that moto has parsed. Part of the shim (`moto_shim`). Not part of the deployment.

moto parses the condition of each write up to four times, with patterns that it makes anew for each word. What it parsed
is not changed by its use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from moto.dynamodb import comparisons

_CONDITIONS = 10_000
_module: Any = comparisons
_Parser = comparisons.ConditionExpressionParser

Parts = tuple[tuple[str, Any], ...]


def install() -> Callable[[], None]:
    """Patch moto in this process. Returns a function that removes the patch."""

    def remove() -> None:
        _module.ConditionExpressionParser = _Parser

    _module.ConditionExpressionParser = _Remembering
    return remove


class _Remembering(comparisons.ConditionExpressionParser):
    def parse(self) -> Any:
        names, values = _parts(self.expression_attribute_names), _values(self.expression_attribute_values)
        if not self.condition_expression or values is None:
            return super().parse()
        parsed, names_found, values_found = _parsed(self.condition_expression, names, values)
        self.expr_attr_names_found.extend(names_found)
        self.expr_attr_values_found.extend(values_found)
        return parsed


@lru_cache(_CONDITIONS)
def _parsed(text: str, names: Parts, values: Parts) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """The condition, and the placeholders in it. Raises as moto does."""
    parser = _Parser(text, dict(names), {name: dict([one]) for name, one in values})
    condition = parser.parse()
    return condition, tuple(parser.expr_attr_names_found), tuple(parser.expr_attr_values_found)


def _values(values: Mapping[str, Any] | None) -> Parts | None:
    """Hashable. None with a value that is no text and no number."""
    found = [(name, part) for name, value in (values or {}).items() for part in value.items()]
    is_plain = all(kind in ("S", "N") and isinstance(value, str) for _, (kind, value) in found)
    return tuple(found) if is_plain and len(found) == len(values or {}) else None


def _parts(names: Mapping[str, Any] | None) -> Parts:
    return tuple((names or {}).items())
