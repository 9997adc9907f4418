"""Checks that events have the fields for which triggers and stated due times ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks.fields import EVENT_KEYS
from chalicelib.policy.language import fact_kinds
from chalicelib.policy.language.built_in_fields import BUILT_IN_FIELDS
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS_IN_ANY_STAGE
from chalicelib.policy.reading.faults import Fault, Path

_OF_FILING = frozenset({"channel", "language", "received_at", "severity", "unit"})
_WRITTEN = {
    "evidence_demanded": {"every", "kinds", "of", "until"},
    "evidence_received": {"demand"},
    "extended": {"until"},
    "recused": {"person"},
}
"""Fields that the language itself writes into the events of acts."""


def trigger_faults(
    path: Path, triggers: Iterable[Trigger], document: PolicyDocument, names: DefinedNames
) -> Iterator[Fault]:
    """A trigger cannot match by a field that its event never has. Other checks report unknown values and events."""
    asked = {*document.fields, *document.intake.facts, *document.intake.categories, "ground", "severity"}
    written = BUILT_IN_FIELDS.keys() | EVENT_KEYS
    for index, trigger in enumerate(triggers):
        known = _keys(trigger.event, document)
        for name, values in trigger.fields.items():
            unknown = set(values) - names.choices.get(name, frozenset(values))
            lacks = name in asked or name not in written
            if known is not None and lacks and name not in known and "none" not in values and not unknown:
                place: Path = (*path, index, "fields", name)
                yield Fault(place, "event-without-field", name=name, of=trigger.event, known=sorted(known))


def stated_faults(path: Path, name: str, triggers: Iterable[Trigger], document: PolicyDocument) -> Iterator[Fault]:
    """At least one of the events must be able to state the time. Other checks report fields that are no times."""
    keys = [_keys(trigger.event, document) for trigger in triggers]
    fact = document.fields.get(name)
    is_time = fact is not None and fact_kinds.of(fact.kind).is_time and fact_kinds.is_public(fact.kind, fact)
    if keys and is_time and all(known is not None and name not in known for known in keys):
        yield Fault(path, "never-stated", name=name)


def _keys(event: str, document: PolicyDocument) -> set[str] | None:
    """The fields that events of this type can have. None if the policy does not decide that."""
    if event == "registered":
        return set(_OF_FILING)
    if event == "task_done":
        return {"task"}.union(*((*task.needs, *task.takes) for task in document.tasks.values()))
    acts = [
        act for stage in document.stages.values() for name, act in stage.acts.items() if EVENT_OF_ACT.get(name) == event
    ]
    if event in EVENTS_IN_ANY_STAGE or not acts:
        return None
    people = _people_fields(document) if event == "assigned" else set()
    return people.union(_WRITTEN.get(event, ()), *((*act.needs, *act.takes) for act in acts))


def _people_fields(document: PolicyDocument) -> set[str]:
    """The fields by which acts assign people. The office can assign them anew in every stage."""
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    return {field for act in acts for field in act.assigned_fields.values()}
