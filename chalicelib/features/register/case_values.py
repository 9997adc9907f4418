"""What the record of a case says at one of its events: public values with their sources, and the situation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.complaints.condition_context import banded
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.state import corrected
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value
from chalicelib.policy.language.facts import is_public
from chalicelib.policy.language.vocabulary import ACT_TERMS, BEFORE_EFFECT, UNDONE_BY_REOPENING


class Given(msgspec.Struct, frozen=True):
    """A value, and the event that gave it last."""

    value: Any
    event: Event


class CaseValues(msgspec.Struct, frozen=True):
    """`happened`: the last event of each type, without those that a reopening has undone."""

    policy: Policy
    cause: Event
    values: Mapping[str, Given]
    happened: Mapping[str, Event]

    @property
    def situation(self) -> dict[str, str]:
        """The values that conditions compare: those of the case, and the public choices of acts."""
        plain = {name: one.value for name, one in self.values.items()}
        given = {name: condition_value(value) for name, value in banded(self.policy, plain).items()}
        result = self.cause.result
        return {
            "reachable": "yes",
            **given,
            **result["flags"],
            "severity": result["severity"] or "none",
            "stage": result["stage"],
            "unit": condition_value("unit" in self.values),
        }


def case_values(policy: Policy, record: Iterable[Event], cause: Event) -> CaseValues:
    """The case as the record tells it up to the event `cause`. `policy`: the version of that event.

    What an event gave that a reopening has undone counts until an event of the same type takes its place.
    """
    values: dict[str, Given] = {}
    happened: dict[str, Event] = {}
    undone: set[str] = set()
    for event in record:
        if event.seq > cause.seq:
            break
        ends = {*event.result.get("undone", ()), *(UNDONE_BY_REOPENING if event.type == "reopened" else ())}
        if ends:
            undone |= ends & happened.keys()
            happened = {name: one for name, one in happened.items() if name not in ends}
        if event.type in undone:  # a new decision without sanctions has none
            values = {name: one for name, one in values.items() if one.event.type != event.type}
            undone.remove(event.type)
        happened[event.type] = event
        values.update((name, Given(value, event)) for name, value in _given(policy, event))
        severity = event.result["severity"]
        if severity is not None and (before := values.get("severity")) and before.value == severity:
            continue
        if severity is not None:
            values["severity"] = Given(severity, event)
    return CaseValues(policy, cause, values, happened)


def _given(policy: Policy, event: Event) -> Iterator[tuple[str, Any]]:
    fields = event.fields
    if event.type == "registered":
        yield from ((name, fields[name]) for name in ("channel", "unit") if fields.get(name) is not None)
        yield from fields.get("facts", {}).items()
    if "unit" in event.result:
        yield "unit", event.result["unit"]
    if event.type in ("registered", "switched"):
        yield from fields.get("category", {}).items()
    yield from corrected(event.type, fields).items()
    if event.act in ACT_TERMS and event.type not in BEFORE_EFFECT:
        written = {*ACT_TERMS[event.act].writes.split()} - policy.document.asked_of(event.act)
        yield from ((name, value) for name, value in fields.items() if name not in written and _is_public(policy, name))
    inherited = fields.get("outcome")
    if event.type == "closed" and isinstance(inherited, dict):  # of the complaint that this one duplicates
        yield from inherited.items()


def _is_public(policy: Policy, name: str) -> bool:
    document = policy.document
    fact = document.fields.get(name) or document.intake.facts.get(name)
    return name == "ground" or (fact is not None and is_public(fact.kind, fact))
