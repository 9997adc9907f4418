"""Evaluates IAM conditions, with the operators that the project's policies use. Any other operator is an error.

IAM User Guide, "Condition operators" and "Set operators for multivalued context keys".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from infra.iam.patterns import Context, context_value, matches

Test = Callable[[str, list[str], Context], bool]
"""Returns True where a request value satisfies an operator's list of values."""


def holds(block: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    """True where all operators hold for all their keys. Raises ValueError for an unsupported operator."""
    return all(
        _holds(operator, key, _listed(wanted), context)
        for operator, keys in block.items()
        for key, wanted in keys.items()
    )


def _holds(operator: str, key: str, wanted: list[str], context: Context) -> bool:
    found = context_value(context, key)
    if operator == "Null":
        return (found is None) == (wanted == ["true"])
    quantifier, _, name = operator.rpartition(":")
    if name not in _TESTS:
        raise ValueError(f"the evaluator does not support the condition operator {operator}")
    test = _TESTS[name]
    if quantifier == "ForAllValues":
        return all(test(each, wanted, context) for each in _listed(found))
    if quantifier == "ForAnyValue":
        return any(test(each, wanted, context) for each in _listed(found))
    if quantifier or isinstance(found, list):
        raise ValueError(f"{operator} on {key}: several values need ForAllValues or ForAnyValue")
    return name in _NEGATED if found is None else test(found, wanted, context)


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _like(value: str, wanted: list[str], context: Context) -> bool:
    return any(matches(pattern, value, context) for pattern in wanted)


def _equals(value: str, wanted: list[str], context: Context) -> bool:
    return any(matches(text, value, context, wildcards=False) for text in wanted)


def _negated(test: Test) -> Test:
    return lambda value, wanted, context: not test(value, wanted, context)


_NEGATED = {"StringNotEquals", "StringNotLike"}
"""Operators that are true where the key is absent."""
_TESTS: dict[str, Test] = {
    "Bool": _equals,
    "StringEquals": _equals,
    "StringLike": _like,
    "StringNotEquals": _negated(_equals),
    "StringNotLike": _negated(_like),
}
