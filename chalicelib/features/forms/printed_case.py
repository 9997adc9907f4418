"""A case as one reader may see it: its events, the values that these give, and the people that they name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

import msgspec

from chalicelib.complaints.envelope import PARTIES, Actor, Event, PrivateValue
from chalicelib.complaints.fields import INTERNAL, class_of
from chalicelib.complaints.participation import excluded_by
from chalicelib.complaints.rights.exclusion import RECUSED, joint_events
from chalicelib.complaints.rights.permits import PERSON
from chalicelib.complaints.state import Complaint
from chalicelib.features.forms.filled_form import State
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, Fact
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.policy.language.vocabulary import (
    EVENT_OF_ACT,
    FILING,
    REOPENING_ACTS,
    REPLACED_BY,
    UNDONE_BY_REOPENING,
)

_REJECTED, _ASSIGNED = "rejected", "assigned"


class Fate(NamedTuple):
    """Why an event no longer counts: the name of the text that says so. `by`: the refusal of a proposal, which is
    shown with its time and role."""

    why: str
    by: Event | None = None


class GivenValue(msgspec.Struct, frozen=True):
    """A value as an event gives it. `state`: `shown`, or why `value` is missing."""

    event: Event
    state: State
    value: FieldValue = None


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    policy: Policy
    complaint: Complaint
    """The state now, with what time has caused."""
    events: list[Event]
    """The events that the reader may see."""
    private: Mapping[int, list[PrivateValue]]
    """By event number."""
    damaged: Mapping[int, int]
    classes: Collection[str]
    policy_of: Callable[[str], Policy]
    names: Mapping[str, str] | None = None
    """By `sub`: the names of people in the case. None for a reader who may not know them."""
    units: Mapping[str, str]
    overtaken: Mapping[int, Fate]
    """By number, the events that no longer count."""
    language: str = "zh"

    def say(self, label: Label) -> str:
        return label.zh if self.language == "zh" else label.en

    def text(self, name: str) -> str:
        """A text of the catalogue's section `forms`."""
        return catalogue.words("forms", self.language)[name]

    def of_code(self, group: str, code: str) -> str:
        """The text of a state, actor or field; the code itself without one."""
        return catalogue.words("forms", self.language).get(f"{group}.{code}", code)

    def given(self, name: str, events: Collection[str]) -> Iterator[GivenValue]:
        """The values of a fact or field that events of these types give, in order."""
        for event in self.events:
            if event.type not in events:
                continue
            public, private = _fields_of(event)
            if event.type == RECUSED and name == PERSON and name not in self.policy_of(event.policy).document.fields:
                yield GivenValue(event, "shown", _excluded(event))
            elif name in public:
                yield GivenValue(event, "shown", public[name])
            elif name in private:
                yield self._private(event, name)

    def values(self, event: Event) -> Iterator[tuple[str, GivenValue]]:
        """What a person gave with the event, by name of the fact or field, in the order of the public ones first."""
        public, private = _fields_of(event)
        asked = public.keys() if event.type == FILING else self.policy_of(event.policy).document.asked_of(event.act)
        for name, value in public.items():
            if (name in asked and self.fact(event, name)) or (event.act is not None and name in BUILT_IN_FIELDS):
                yield name, GivenValue(event, "shown", value)
        for name in private:
            yield name, self._private(event, name)

    def _private(self, event: Event, name: str) -> GivenValue:
        for value in self.private.get(event.seq, ()):
            if name in value.values:
                readable = value.holder in self.classes
                return GivenValue(event, "shown", value.values[name]) if readable else GivenValue(event, "withheld")
        fact = self.fact(event, name) or Fact()
        holder = fact.holder or INTERNAL if event.type == RECUSED else class_of(name, fact)
        missing: State = "damaged" if self.damaged.get(event.seq) else "erased"
        return GivenValue(event, missing if holder in self.classes else "withheld")

    def fact(self, event: Event, name: str) -> Fact | None:
        """The definition of a fact or field in the version under which the event happened."""
        return self.policy_of(event.policy).document.definition_in(event.type, name)

    def actor(self, event: Event) -> str:
        """The role in which a person acted, never their name. Of an act that time did, it says so."""
        actor = event.actor
        kind, role, party = actor["kind"], actor.get("role"), actor.get("on_behalf_of")
        if kind == "system" and event.act is not None:
            kind = "by_time"
        people = self.policy_of(event.policy).document.people
        label, words = people.get(role or ""), catalogue.words("forms", self.language)
        name = next((words[f"actor.{one}"] for one in (role, kind) if f"actor.{one}" in words), role or kind)
        name = name if label is None else self.say(label)
        if kind == "staff" and party in PARTIES:
            whose = self.text(f"actor.{party}")
            name = self.text("on_behalf").format(role=name, party=whose if self.language == "zh" else whose.lower())
        return name


def overtaken(events: Collection[Event], policy_of: Callable[[str], Policy]) -> dict[int, Fate]:
    """By number, the events that no longer count."""
    found = _assignments_over(events)
    counting: dict[str, list[int]] = {}
    for event in events:
        for types, why in _ends(event, policy_of):
            found |= dict.fromkeys((seq for type_ in types for seq in counting.pop(type_, ())), Fate(why))
        void: list[str] = event.result.get("voided", [])
        found |= {int(key): Fate("voided") for key in void}
        if event.type == _REJECTED:
            found[int(event.fields["proposal"].rpartition("/")[2])] = Fate(_REJECTED, event)
        counting.setdefault(event.type, []).append(event.seq)
    return found


def _assignments_over(events: Collection[Event]) -> dict[int, Fate]:
    """The events `assigned` whose roles all went to others later, or all of whose people were excluded later."""
    found: dict[int, Fate] = {}
    standing: dict[int, dict[str, set[str]]] = {}
    for event in events:
        given: dict[str, list[str]] = event.fields.get(_ASSIGNED, {})
        for seq, roles in list(standing.items()):
            left = {role: people for role, people in roles.items() if role not in given}
            why = "replaced" if not left else "undone"
            if event.type == RECUSED:
                left = {role: rest for role, people in left.items() if (rest := people - {*_excluded(event)})}
            standing[seq] = left
            if not left:
                found[seq] = Fate(why)
                del standing[seq]
        if event.type == _ASSIGNED and given:
            standing[event.seq] = {role: {*people} for role, people in given.items()}
    return found


def _ends(event: Event, policy_of: Callable[[str], Policy]) -> Iterator[tuple[Collection[str], str]]:
    """The types whose earlier events no longer count after this one. What several roles do together replaces none."""
    if event.act in REOPENING_ACTS or _decides_again(event, policy_of):
        yield UNDONE_BY_REOPENING, "before_reopening"
    yield event.result.get("undone", []), "undone"
    if event.type in REPLACED_BY and event.type not in joint_events(policy_of(event.policy)):
        yield REPLACED_BY[event.type], "replaced"


def _decides_again(event: Event, policy_of: Callable[[str], Policy]) -> bool:
    """True if the handling goes on in a stage in which the decision is given."""
    stage = policy_of(event.policy).document.stages.get(event.result["stage"])
    return event.type == "resumed" and stage is not None and any(EVENT_OF_ACT[act] == "decided" for act in stage.acts)


def _excluded(event: Event) -> list[str]:
    return [doer.sub for doer in excluded_by(event.fields, msgspec.convert(event.actor, Actor))]


def _fields_of(event: Event) -> tuple[Mapping[str, FieldValue], Collection[str]]:
    """The public values of facts and fields by name, and the names of the private ones."""
    fields = event.fields
    if event.type != FILING:
        return fields, fields.get("given", [])
    received = fields.get("received", {})
    return {**received, **fields.get("facts", {})}, [*fields.get("given", []), *received.get("given", [])]
