"""The values that events gave, as texts: of the fields and facts that the policy labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import ACT_TERMS, FILING, event_term
from chalicelib.policy.language.wording import condition_words
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import day_text, time_text

_PARTIES = ("complainant", "respondent")
_RECLASSIFIED = "reclassified"
_OF_ACTS = frozenset({FILING, *(term.event for term in ACT_TERMS.values())})
"""What the service writes into another event can have the name of a field of the policy, and is none."""


def given_values(
    policy: Policy, event: EnvelopeView, private: Mapping[str, Any], reader: Reader
) -> list[tuple[str, str]]:
    """Only values that the policy labels, and no names of people. `private`: those that the complainant may see.

    In the order in which the policy lists them for the act.
    """
    public = {**event.fields.get("facts", {}), **event.fields, **_inherited(event)}
    written = () if event.type in _OF_ACTS else event_term(event.type).writes.split()
    names = [k for k, value in public.items() if value is not None and k not in written]
    given = [(k, public[k]) for k in names if _is_public(policy, event.type, k)]
    listed = [one for stage in policy.document.stages.values() if (one := stage.acts.get(str(event.act))) is not None]
    order = list(dict.fromkeys(name for act in listed for name in (*act.needs, *act.takes)))
    found = sorted([*given, *private.items()], key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    return [*_raised(policy, event, reader), *labelled(policy, found, reader, event.type)]


def _inherited(event: EnvelopeView) -> dict[str, Any]:
    """The values of the decision on the complaint with which this one was closed, in place of their table."""
    found = event.fields.get("outcome")
    return {"outcome": None, **found} if isinstance(found, dict) else {}


def _raised(policy: Policy, event: EnvelopeView, reader: Reader) -> list[tuple[str, str]]:
    """The new class of a complaint that is open for too long."""
    new = event.fields.get("to") if event.type == _RECLASSIFIED else None
    said = None if new is None else condition_words.said_values(policy.document, "severity", [str(new)])
    return [] if said is None else [(reader.label(BUILT_IN_VALUES["severity"].to_json()), reader.label(said.to_json()))]


def values_for_members(
    policy: Policy, event: EnvelopeView, private: Mapping[str, Any], reader: Reader
) -> list[tuple[str, str]]:
    """Also private texts of built-in fields that the policy does not label, such as that of a note."""
    found = given_values(policy, event, private, reader)
    own = ((_own_label(policy, event.type, name, reader), value) for name, value in private.items())
    return [*found, *((label, str(value)) for label, value in own if label)]


def _own_label(policy: Policy, event: str, name: str, reader: Reader) -> str:
    """Empty for a value that the policy labels, and for one that no person has entered."""
    fact = policy.document.definition_in(event, name)
    if fact is not None and fact.name is not None:
        return ""
    if name in BUILT_IN_FIELDS:
        return reader.label(BUILT_IN_FIELDS[name].label.to_json(), name)
    found = catalogue.texts("field_names").get(name)
    return "" if found is None else reader.say(found)


def labelled(
    policy: Policy, values: Iterable[tuple[str, Any]], reader: Reader, event: str = "registered"
) -> list[tuple[str, str]]:
    """Label and text of each value that the policy labels and a person can enter. `event`: the type that gave them."""
    return [
        (reader.label(fact.name.to_json()), value_text(policy, fact, value, reader))
        for name, value in values
        if (fact := policy.document.definition_in(event, name)) is not None
        and fact.name is not None
        and fact_kinds.of(fact.kind).input is not None
    ]


def _is_public(policy: Policy, event: str, name: str) -> bool:
    """False for a text in an event: it names people to whom an act gives a role."""
    fact = policy.document.definition_in(event, name)
    return fact is not None and fact_kinds.of(fact.kind).is_public


def value_text(policy: Policy, fact: Fact, value: Any, reader: Reader) -> str:
    kind = fact_kinds.of(fact.kind)
    if isinstance(value, list):
        return reader.text("file.listed").join(value_text(policy, fact, one, reader) for one in value)
    if isinstance(value, bool):
        answer = "yes" if value else "no"
        choice = fact.choices.get(answer)
        return reader.text(f"common.{answer}") if choice is None else reader.label(choice.to_json(), answer)
    if isinstance(value, str) and value in fact.choices:
        return reader.label(fact.choices[value].to_json(), value)
    if value in _PARTIES:  # a demand is to one of them, also if the policy names other choices
        return reader.text(f"role.{value}")
    if not kind.is_free_text and value in policy.document.people:
        return reader.label(policy.document.people[value].to_json(), value)
    return _moment(policy, fact, str(value), reader)


def _moment(policy: Policy, fact: Fact, value: str, reader: Reader) -> str:
    moment = fact_kinds.of(fact.kind).moment
    try:
        if moment == "day":
            return day_text(reader, date.fromisoformat(value))
        return time_text(policy.calendar, reader, value) if moment == "instant" else value
    except ValueError:  # an earlier version of the policy had another kind
        return value
