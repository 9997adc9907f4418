"""Checks shared by the others: names, conditions, triggers and notification rules must refer to what exists.

Selections of people by their part in the record (`not`, `same`) must name events that people cause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from chalicelib.policy.checks import event_fields
from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import EVER_ASSIGNED, PARENT, ActorSelector, PeopleSelector
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, RESERVED_ACTORS
from chalicelib.policy.reading.faults import Fault, Path

_EVENTS_OF_PEOPLE = frozenset(EVENT_OF_ACT.values()) | {"registered", "proposed", "switched"}
"""Events that a person can have caused."""
_NOT_STAFF = frozenset({"complainant", "respondent"})


def restriction_faults(
    path: Path, recipients: Iterable[str | PeopleSelector | ActorSelector], names: DefinedNames
) -> Iterator[Fault]:
    """Checks each selector of a list. Plain names have no restriction."""
    for index, one in enumerate(recipients):
        if not isinstance(one, str) and one.of == PARENT:
            yield from _parent_faults((*path, index, "of"), one.role, names)
        if isinstance(one, str) or not (one.excluded or one.same):
            continue
        if (one.role in _NOT_STAFF and not _excludes_speakers(one)) or one.role.startswith("field."):
            yield Fault((*path, index), "party-restricted", name=one.role)
        yield from record_faults((*path, index), one.excluded, one.same, names)


def _parent_faults(path: Path, role: str, names: DefinedNames) -> Iterator[Fault]:
    """Only roles have people in another unit, and only complaints of a unit have a parent of it."""
    if role not in names.roles | {"routed"}:
        yield Fault(path, "parent-of-no-role", name=role)
    elif not names.have_units:
        yield Fault(path, "parent-without-units")


def _excludes_speakers(one: PeopleSelector | ActorSelector) -> bool:
    """In `by`, `not` of the complainant excludes members who would record the act on their behalf."""
    return isinstance(one, ActorSelector) and one.role == "complainant" and one.same is None


def record_faults(path: Path, excluded: Sequence[str], same: str | None, names: DefinedNames) -> Iterator[Fault]:
    """The events must be possible, and caused by people."""
    for event in excluded:
        if event.startswith(EVER_ASSIGNED):
            role, known = event.removeprefix(EVER_ASSIGNED), sorted(EVER_ASSIGNED + one for one in names.assigned)
            if role not in names.assigned:
                yield Fault((*path, "not"), "never-assigned", name=role, known=known)
        else:
            yield from _event_faults((*path, "not"), event, names)
    if same is not None:
        yield from _event_faults((*path, "same"), same, names)
        if same in excluded:
            yield Fault((*path, "same"), "not-and-same", name=same)


def _event_faults(path: Path, event: str, names: DefinedNames) -> Iterator[Fault]:
    known = sorted(names.events & _EVENTS_OF_PEOPLE)
    if event not in EVENTS:
        yield from undefined_events(path, [event], known)
    elif event not in _EVENTS_OF_PEOPLE:
        yield Fault(path, "event-without-actor", name=event, known=known)
    elif event not in names.events:
        yield Fault(path, "cannot-happen", name=event, known=known)


def undefined_events(path: Path, used: Iterable[str], known: Collection[str] = EVENTS) -> Iterator[Fault]:
    """A fault for each used name that is no event of the language. Authors often write the act in its place.

    `known`: the events that the fault lists.
    """
    for name in used:
        if name in EVENT_OF_ACT and name not in EVENTS:
            yield Fault(path, "act-for-event", name=name, event=EVENT_OF_ACT[name])
        elif name not in EVENTS:
            yield Fault(path, "no-event", name=name, known=sorted(known))


PASSIVE_EVENTS = frozenset({"warned", "missed"})
"""Events that only record the progress of a clock. They start and stop no clock and open no task."""


def undefined_names(
    path: Path, used: Iterable[str], known: Collection[str], kind: str, of: str = ""
) -> Iterator[Fault]:
    """A fault of this kind for each used name that is not known. No policy can define a reserved one as a role."""
    for name in used:
        if name not in known:
            chosen = _kind_of_role(path, name) if kind == "no-role" else kind
            yield Fault(path, chosen, name=name, known=sorted(known), of=of)


def _kind_of_role(path: Path, name: str) -> str:
    if name == "system" and path[0] == "stages" and path[-1] == "by" and "approval" not in path:
        return "role-of-time"
    return "no-role-here" if name in RESERVED_ACTORS else "no-role"


def condition_faults(
    path: Path, condition: Condition, names: DefinedNames, extra: Mapping[str, Collection[str]] | None = None
) -> Iterator[Fault]:
    """A condition may use only known names and their possible values, and some case must be able to satisfy it.

    `extra` holds further names, or names with other possible values here.
    """
    possible = {**names.possible, **(extra or {})}
    for name, values in condition.items():
        known = {*names.values.get(name, ()), *possible.get(name, ())} if name in possible else None
        if known is None:
            yield Fault((*path, name), "no-condition", name=name, known=sorted(possible))
        elif known - {"none"} or name in (extra or {}):  # without values, the fault is where they are defined
            unknown = list(undefined_names((*path, name), _without_none(values), known - {"none"}, "no-value", of=name))
            yield from unknown
            if not unknown and not set(values) & set(possible[name]):
                yield Fault((*path, name), "never-holds", name=name, known=sorted(possible[name]))


def _without_none(values: Iterable[str]) -> Iterator[str]:
    return (value for value in values if value != "none")


def trigger_faults(
    path: Path, triggers: Iterable[Trigger], document: PolicyDocument, names: DefinedNames
) -> Iterator[Fault]:
    """A trigger's event must be possible under the policy, have its fields, and be able to have their values."""
    possible = names.events
    for index, trigger in enumerate(triggers):
        if trigger.event not in EVENTS:
            yield from undefined_events((*path, index), [trigger.event], possible - PASSIVE_EVENTS)
        elif trigger.event in PASSIVE_EVENTS:
            yield Fault((*path, index), "silent-event", name=trigger.event)
        elif trigger.event not in possible:
            yield Fault((*path, index), "cannot-happen", name=trigger.event, known=sorted(possible - PASSIVE_EVENTS))
        else:
            yield from _trigger_field_faults((*path, index), trigger, names)
            yield from event_fields.faults((*path, index), trigger, document, names)


def _trigger_field_faults(path: Path, trigger: Trigger, names: DefinedNames) -> Iterator[Fault]:
    """Only fields with a finite set of values can be checked."""
    for name, values in trigger.fields.items():
        known = names.choices.get(name)
        if known:
            yield from undefined_names((*path, "fields", name), _without_none(values), known, "no-value", of=name)


def notification_faults(
    path: Path,
    rules: Iterable[NotificationRule],
    names: DefinedNames,
    extra: Mapping[str, Collection[str]] | None = None,
) -> Iterator[Fault]:
    """The recipients, fields, wording and clock of a notification must exist. `extra`: see `condition_faults`."""
    recipients = {*names.actors, "assigned", "owner"}
    for index, rule in enumerate(rules):
        plain = [to for to in rule.roles if not to.startswith("field.")]
        from_fields = [to.removeprefix("field.") for to in rule.roles if to.startswith("field.")]
        yield from undefined_names((*path, index, "to"), plain, recipients, "no-role")
        yield from undefined_names((*path, index, "to"), from_fields, names.fields, "no-field")
        yield from restriction_faults((*path, index, "to"), rule.to, names)
        yield from condition_faults((*path, index, "when"), rule.when, names, extra)
        yield from undefined_names((*path, index, "encloses"), rule.encloses, names.fields, "no-field")
        if rule.wording is not None:
            yield from undefined_names((*path, index, "wording"), [rule.wording], names.wordings, "no-wording")
        for position, one in enumerate(rule.way or ()):
            if one == "text":
                yield Fault((*path, index, "way", position), "no-text-messages")
            elif one in (rule.way or [])[:position]:
                yield Fault((*path, index, "way", position), "way-twice", name=one)
        if rule.due is not None:
            yield from undefined_names((*path, index, "due"), [rule.due], names.clocks, "no-clock")
