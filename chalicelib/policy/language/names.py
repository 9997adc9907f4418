"""The names that a document defines, gathered once for the checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import msgspec

from chalicelib.policy.language.default_wording import DEFAULT_WORDING
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import SITUATION

_BUILT_IN_FIELDS = {"conditions", "ground", "severity", "sign", "clock", "until", "kinds", "demand", "item"}


class Names(msgspec.Struct, frozen=True):
    roles: frozenset[str]
    doers: frozenset[str]
    """Roles, and the parties who may act."""
    assignable: frozenset[str]
    """What an `assigns` may call the people it names: a role, or a function such as `responsible`."""
    stages: frozenset[str]
    fields: frozenset[str]
    wordings: frozenset[str]
    clocks: frozenset[str]
    values: Mapping[str, frozenset[str]]
    """What a condition can ask, and the values that it can have."""
    choices: Mapping[str, frozenset[str]]
    """What fields of events can say, where that is one of few values."""
    absent: frozenset[str]
    """What a complaint need not have: a condition then finds `none`."""

    @classmethod
    def of(cls, document: PolicyDocument) -> Self:
        roles = frozenset(document.people)
        fields = frozenset(document.fields) | _BUILT_IN_FIELDS
        routed = frozenset({"routed"}) if document.intake.routing else frozenset()
        return cls(
            roles=roles,
            doers=roles | {"complainant", "respondent"} | routed,
            assignable=roles | fields | routed,
            stages=frozenset(document.stages),
            fields=fields,
            wordings=frozenset(document.wording) | frozenset(DEFAULT_WORDING),
            clocks=frozenset(document.clocks) | frozenset(document.tasks),
            values=_values(document),
            choices=_choices(document),
            absent=_absent(document),
        )


def _absent(document: PolicyDocument) -> frozenset[str]:
    """Categories, facts that some channel does not require, and flags until an act sets them."""
    facts = {name for name, fact in document.intake.facts.items() if fact.required is not True}
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    flags = {flag for act in acts for flag in act.sets}
    return frozenset(
        {"demand"} | (flags - SITUATION - {"reachable", "in_time"}) | facts | set(document.intake.categories)
    )


def _values(document: PolicyDocument) -> dict[str, frozenset[str]]:
    intake = document.intake
    values: dict[str, set[str] | frozenset[str]] = {
        "channel": frozenset(intake.channels),
        "stage": frozenset(document.stages),
        "unit": frozenset({"yes", "no"}),
        "reachable": frozenset({"yes", "no"}),
        "demand": frozenset({"open", "answered", "lapsed"}),
        **{name: frozenset(of_it) for name, of_it in intake.categories.items()},
    }
    if document.severity is not None:
        values["severity"] = frozenset(document.severity.classes)
    if intake.limitation is not None:
        values["in_time"] = frozenset({"yes", "no"})
    for key, fact in intake.facts.items():
        if fact.kind in ("choice", "flag") and fact.holder is None:
            values[key] = frozenset(fact.choices) if fact.kind == "choice" else frozenset({"yes", "no"})
    for stage in document.stages.values():
        for act in stage.acts.values():
            for flag, value in act.sets.items():
                if flag in SITUATION:  # reported by `check_fields`
                    continue
                values[flag] = {*values.get(flag, ()), *_flag_values(document, value)}
    return {name: frozenset(of_it) for name, of_it in values.items()}


def _choices(document: PolicyDocument) -> dict[str, frozenset[str]]:
    """A choice with `when` may be anything in some case; which, is not asked here."""
    found = {"task": frozenset(document.tasks), "ground": frozenset(document.intake.refusals)}
    if document.severity is not None:
        found["severity"] = frozenset(document.severity.classes)
    for name, fact in {**document.intake.facts, **document.fields}.items():
        if fact.kind in ("choice", "choices"):
            found[name] = frozenset(fact.choices)
        elif fact.kind == "flag":
            found[name] = frozenset({"yes", "no"})
    return found


def _flag_values(document: PolicyDocument, value: str) -> frozenset[str]:
    """What a flag can be: the text itself, or whatever the field that it takes can say."""
    if not value.startswith("field."):
        return frozenset({value})
    fact = document.fields.get(value.removeprefix("field."))
    if fact is None:
        return frozenset()
    return frozenset(fact.choices) if fact.kind == "choice" else frozenset({"yes", "no"})
