"""The names that a policy document defines, collected once for the checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import msgspec

from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.derived.possible_events import all_events
from chalicelib.policy.language.derived.possible_values import (
    flag_values,
    possible_values,
    single_values,
)
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, BY, REACHED_OR_NOT, WAYS_OF_ATTEMPTS, is_public
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import BUILT_IN_CONDITIONS, UNIT_CALENDAR, YES_NO
from chalicelib.policy.language.wording.default_wording import default_wording


class DefinedNames(msgspec.Struct, frozen=True):
    roles: frozenset[str]
    actors: frozenset[str]
    """Names that `by` may use: the roles, the parties, and `routed` where there is routing."""
    assignable: frozenset[str]
    """Keys that `assigns` may use: a role, `routed`, or a field such as `responsible`."""
    stages: frozenset[str]
    fields: frozenset[str]
    givable: frozenset[str]
    """Names that `needs` and `takes` may use: fields, facts and built-in names."""
    wordings: frozenset[str]
    clocks: frozenset[str]
    values: Mapping[str, frozenset[str]]
    """The names that conditions can use, each with its possible values."""
    choices: Mapping[str, frozenset[str]]
    """The event fields that have a finite set of values, each with these values."""
    absent: frozenset[str]
    """The names among `values` that can be without a value in a complaint. Conditions can test them for `none`."""
    possible: Mapping[str, frozenset[str]]
    """`values`, without those that no case can have, and with `none` for those that may be absent."""
    events: frozenset[str]
    """The events that can happen."""
    have_units: bool
    """Whether complaints can have a unit."""
    assigned: frozenset[str]
    """The roles, and other keys of `assigns`, in which an act assigns people."""
    calendars: frozenset[str]
    """Names that `calendar` can use, `unit` among them."""

    @classmethod
    def of(cls, document: PolicyDocument) -> Self:
        roles = frozenset(document.people)
        fields = frozenset(document.fields) | BUILT_IN_FIELDS.keys()
        routed = frozenset({"routed"}) if document.intake.routing else frozenset()
        values, absent = _condition_values(document), _may_be_absent(document)
        return cls(
            roles=roles,
            actors=roles | {"complainant", "respondent"} | routed,
            assignable=roles | fields | routed,
            stages=frozenset(document.stages),
            fields=fields,
            givable=fields | set(document.intake.facts),
            wordings=frozenset(document.wording) | frozenset(default_wording()),
            clocks=frozenset(document.clocks) | frozenset(document.tasks),
            values=values,
            choices=_field_choices(document),
            absent=absent,
            possible=possible_values(document, values, absent),
            events=frozenset(all_events(document)),
            have_units=document.intake.unit != "none",
            assigned=frozenset(role for act in document.acts for role in act.assigns),
            calendars=frozenset(document.calendars) | {UNIT_CALENDAR},
        )


def _may_be_absent(document: PolicyDocument) -> frozenset[str]:
    """See `absent`: `demand`, categories, facts that some channel does not require, and flags that acts set."""
    facts = {name for name, fact in document.intake.facts.items() if not fact.is_always_given}
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    flags = {flag for act in acts for flag in act.sets}
    return frozenset(
        {"demand"}
        | (flags - BUILT_IN_CONDITIONS - {"reachable", "in_time"})
        | facts
        | (set(document.intake.categories) - set(document.intake.required))
    )


def _condition_values(document: PolicyDocument) -> dict[str, frozenset[str]]:
    intake = document.intake
    values: dict[str, frozenset[str]] = {
        "channel": frozenset(intake.channels),
        "stage": frozenset(document.stages),
        "unit": YES_NO,
        "reachable": YES_NO,
        "demand": frozenset({"open", "answered", "lapsed"}),
        **document.filing_values(),
        **{name: frozenset(labels) for name, labels in intake.categories.items()},
    }
    if document.severity is not None:
        values["severity"] = frozenset(document.severity.classes)
    if intake.limitation is not None:
        values["in_time"] = YES_NO
    for key, fact in intake.facts.items():
        single = single_values(fact)
        if single is not None and is_public(fact.kind, fact):
            values[key] = single
    acts = (act for stage in document.stages.values() for act in stage.acts.values())
    for flag, value in dict.fromkeys(pair for act in acts for pair in act.sets.items()):
        if flag not in BUILT_IN_CONDITIONS:  # `checks.fields` reports those
            values[flag] = values.get(flag, frozenset()) | (flag_values(document, value) or frozenset())
    return values


def _field_choices(document: PolicyDocument) -> dict[str, frozenset[str]]:
    """A choice counts as possible whatever its `when` says."""
    found = {
        "task": frozenset(document.tasks),
        "clock": frozenset(document.clocks) | frozenset(document.tasks),
        "ground": frozenset(document.intake.refusals),
        BY: frozenset(WAYS_OF_ATTEMPTS),
        REACHED: frozenset(REACHED_OR_NOT),
    }
    if document.severity is not None:
        found["severity"] = frozenset(document.severity.classes)
    for name, fact in {**document.intake.facts, **document.fields}.items():
        possible = fact.possible_values
        if possible is not None:
            found[name] = possible
    return found
