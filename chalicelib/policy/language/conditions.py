"""Conditions and triggers: matching finite values, so that a checker can enumerate them (design §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.policy.language.trigger import Condition, Trigger


def holds(condition: Condition, facts: Mapping[str, str]) -> bool:
    """Whether every named fact has one of the values. A fact that is unknown matches `none`."""
    return all(facts.get(name, "none") in values for name, values in condition.items())


def matches(triggers: Sequence[Trigger], event: str, fields: Mapping[str, Any]) -> bool:
    """Whether one of the triggers names this event with these fields."""
    return any(
        trigger.event == event and all(_has(fields.get(key), values) for key, values in trigger.fields.items())
        for trigger in triggers
    )


def _has(value: object, values: Sequence[str]) -> bool:
    """Of several choices, one is enough."""
    given = value if isinstance(value, list) else [value]
    return any(word(one) in values for one in given)


def word(value: object) -> str:
    """A field's value as a condition names it: flags are `yes` and `no`, what is absent is `none`."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
