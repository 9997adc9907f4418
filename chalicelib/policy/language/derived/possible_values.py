"""The values that conditions can meet: those of `DefinedNames.values` that a case of this policy can have."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.policy.language.conditions import CLOCK_PREFIX
from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.facts import Fact, is_public
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import CLOCK_STATES, COMPLAINT_CONDITIONS

Values = Mapping[str, frozenset[str]]

_LISTED_ELSEWHERE = frozenset({"ground", "severity"})
"""Built-in fields whose values are the refusals and the classes. A policy's own field gives them a label only."""


def possible_values(document: PolicyDocument, values: Values, absent: frozenset[str]) -> Values:
    """By name of a condition: its values, and `none` if it may have no value."""
    found = {name: known | ({"none"} if name in absent else frozenset()) for name, known in values.items()}
    acts = [(name, act) for stage in document.stages.values() for name, act in stage.acts.items()]
    found["demand"] = _demand_values(document)
    found["unit"] = {"none": frozenset({"no"}), "required": frozenset({"yes"})}.get(
        document.intake.unit, frozenset({"yes", "no"})
    )
    if not any(name == "mark_unreachable" or "reachable" in act.sets for name, act in acts):
        found["reachable"] = frozenset({"yes"})
    return found


def _demand_values(document: PolicyDocument) -> frozenset[str]:
    """`none` before the first demand; `lapsed` only if a demand has a time limit."""
    intake = document.intake
    acts = [stage.acts["demand_evidence"] for stage in document.stages.values() if "demand_evidence" in stage.acts]
    at_filing = intake.evidence_within is not None and bool(intake.evidence)
    if not acts and not at_filing:
        return frozenset({"none"})
    limited = at_filing or any(act.within is not None or "until" in (*act.needs, *act.takes) for act in acts)
    return frozenset({"none", "open", "answered"} | ({"lapsed"} if limited else set()))


def clock_values(document: PolicyDocument) -> Values:
    """The states of each clock, by the name that an act's `when` uses."""
    return {CLOCK_PREFIX + name: _states(document.clocks.get(name)) for name in (*document.clocks, *document.tasks)}


def _states(clock: Clock | None) -> frozenset[str]:
    """`clock`: None for the clock of a task. A clock whose limit is always `none` never runs."""
    if clock is not None and clock.within and all(rule.limit == "none" for rule in clock.within):
        return frozenset({"none"})
    return frozenset(CLOCK_STATES) - (frozenset() if clock is not None and clock.paused_in else {"paused"})


def own_values(document: PolicyDocument, act: Act) -> Values:
    """The act's own fields that conditions can compare, for conditions on the case as the act would leave it."""
    found = {}
    for name in dict.fromkeys((*act.needs, *act.takes)):
        values = None if name in COMPLAINT_CONDITIONS else field_values(document, name)
        if values:
            found[name] = values if name in act.needs else values | {"none"}
    return found


def field_values(document: PolicyDocument, name: str) -> frozenset[str] | None:
    """The values of an act's field that conditions can compare. None if there are none, or no list of them."""
    if name == "ground":
        return frozenset(document.intake.refusals)
    if name == "severity" and document.severity is not None:
        return frozenset(document.severity.classes)
    fact = document.definition(name)
    return None if fact is None or not is_public(fact.kind, fact) else single_values(fact)


def flag_values(document: PolicyDocument, value: str) -> frozenset[str] | None:
    """The values that `sets` can give a flag: the text itself, or for `field.x` every value of that field.

    None if the checks cannot enumerate them.
    """
    if not value.startswith("field."):
        return frozenset({value})
    name = value.removeprefix("field.")
    fact = document.fields.get(name) or document.intake.facts.get(name)
    return field_values(document, name) if fact is None or name in _LISTED_ELSEWHERE else single_values(fact)


def single_values(fact: Fact) -> frozenset[str] | None:
    """The values that a condition can compare. None for a list, or if the checks cannot enumerate them."""
    kind = fact_kinds.of(fact.kind)
    return None if kind.is_list else fact.possible_values
