"""The values of a complaint that a policy's conditions can compare, as text by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import (
    CLOCK_PREFIX,
    FILED_BY,
    REPEAT,
    Condition,
    condition_value,
    holds,
    ordinal,
)
from chalicelib.policy.language.facts import Band, band_name
from chalicelib.policy.language.stages import Act


def situation(policy: Policy, complaint: Complaint) -> dict[str, str]:
    """`channel`, `severity`, `stage`, `unit` (yes or no), categories by dimension, flags, the public facts, and
    `filed_by` and `repeat`.

    `reachable` is `yes` unless the complainant was marked unreachable. A number with bands has the name of its band.
    """
    return {
        **{name: _FILING_VALUES[name](policy, complaint) for name in policy.filing_values},
        **{key: condition_value(value) for key, value in banded_facts(policy, complaint.facts).items()},
        **complaint.category,
        "reachable": "yes",
        **complaint.flags,
        "demand": "open" if complaint.awaits_evidence else complaint.flags.get("demand", "none"),
        "channel": complaint.channel,
        "severity": complaint.severity or "none",
        "stage": complaint.stage,
        "unit": condition_value(complaint.unit is not None),
    }


def _filed_by(policy: Policy, complaint: Complaint) -> str:
    by = complaint.filed_by
    return by if by == "complainant" or by in policy.document.people else "owner"


_FILING_VALUES: Mapping[str, Callable[[Policy, Complaint], str]] = {
    FILED_BY: _filed_by,
    REPEAT: lambda _, complaint: ordinal(complaint.repeat),
}
"""Those that the filing decides. A policy may have its own value of this name."""


def banded(policy: Policy, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an event, with the name of its band for each number that has bands."""
    return _banded(policy.bands, values)


def banded_facts(policy: Policy, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a filing, with the name of its band for each number that has bands."""
    return _banded(policy.fact_bands, facts)


def _banded(bands: Mapping[str, Sequence[Band]], values: Mapping[str, Any]) -> Mapping[str, Any]:
    if not bands or bands.keys().isdisjoint(values):  # as in most policies, for each event and clock
        return values
    return {**values, **{name: band_name(of_it, values[name]) for name, of_it in bands.items() if name in values}}


def with_clocks(policy: Policy, complaint: Complaint, condition: Iterable[str]) -> dict[str, str]:
    """The situation, with the states of the clocks among the names that the condition asks for."""
    return {**situation(policy, complaint), **clock_states(complaint, condition)}


def is_met(policy: Policy, complaint: Complaint, condition: Condition) -> bool:
    """Whether the condition holds in the situation, which is not collected for an empty condition."""
    return not condition or holds(condition, with_clocks(policy, complaint, condition))


def is_ready(policy: Policy, complaint: Complaint, act: Act) -> bool:
    """Whether the events that the act awaits have happened, and its condition holds."""
    return all(event in complaint.seen for event in act.after) and is_met(policy, complaint, act.when)


def clock_states(complaint: Complaint, condition: Iterable[str]) -> dict[str, str]:
    """The states of the clocks among the names that the condition asks for."""
    asked = (name for name in condition if name.startswith(CLOCK_PREFIX))
    return {name: complaint.clock_state(name.removeprefix(CLOCK_PREFIX)) for name in asked}


def field_case(policy: Policy, complaint: Complaint, names: Iterable[str]) -> dict[str, str]:
    """The situation, with the states of the clocks that the choices of these fields ask for.

    A document may name one field very often, so each counts once.
    """
    facts = [fact for name in dict.fromkeys(names) if (fact := policy.document.definition(name)) is not None]
    asked = {name for fact in facts for option in fact.choices.values() for name in option.when}
    return with_clocks(policy, complaint, asked)


def flags_with_route(policy: Policy, complaint: Complaint) -> dict[str, str]:
    """The complaint's flags, with `routed` set to the role that handles it in its present state (P8.4)."""
    case = situation(policy, complaint)
    role = next((route.role for route in policy.document.intake.routing if holds(route.when, case)), None)
    rest = {name: value for name, value in complaint.flags.items() if name != "routed"}
    return rest if role is None else {**rest, "routed": role}
