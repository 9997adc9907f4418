"""Conditions and triggers, and how they match.

They compare against finite sets of values, so that the policy checks can enumerate every case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from chalicelib.policy.language.parts import LanguagePart

Condition = dict[str, list[str]]
"""Each named value must be one of the listed ones: `{severity: [major], channel: [email]}`."""

FILED_BY, REPEAT = "filed_by", "repeat"
"""Conditions that a filing decides."""
REACHED = "reached"
"""The field of an act's event that says whether it reached the complainant, for clocks that ask for it."""
Ordinal = Literal["first", "second", "third"]
ORDINALS: tuple[Ordinal, ...] = ("first", "second", "third")
"""The values of `repeat`. `third`: the third complaint about the same matter, or a later one."""
CLOCK_PREFIX = "clock."
"""`clock.<name>` in an act's `when` is the state of the clock's latest run."""


class Trigger(LanguagePart, frozen=True, kw_only=True):
    """Matches events of one type whose named fields have one of the listed values."""

    event: str
    fields: Condition = {}


def ordinal(count: int) -> Ordinal:
    """`count`: of complaints about the matter, with this one."""
    return ORDINALS[min(count, len(ORDINALS)) - 1]


def holds(condition: Condition, facts: Mapping[str, str]) -> bool:
    """Returns True if every named value is one of the listed ones. A name without a value counts as `none`."""
    for name, values in condition.items():  # noqa: SIM110 (asked most often of all: `all` takes twice the time)
        if facts.get(name, "none") not in values:
            return False
    return True


def matches(triggers: Sequence[Trigger], event: str, fields: Mapping[str, Any]) -> bool:
    """Returns True if at least one trigger matches the event and its fields."""
    for trigger in triggers:  # noqa: SIM110 (asked for each clock at each event)
        if trigger.event == event and fits(trigger.fields, fields):
            return True
    return False


def fits(condition: Condition, values: Mapping[str, Any]) -> bool:
    """`holds` for values as events have them: a list fits if at least one of its items does."""
    return all(_field_matches(values.get(key), allowed) for key, allowed in condition.items())


def _field_matches(value: object, allowed: Sequence[str]) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(condition_value(item) in allowed for item in items)


def condition_value(value: object) -> str:
    """A field's value as conditions spell it: `yes` or `no` for a flag, `none` for a missing value."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
