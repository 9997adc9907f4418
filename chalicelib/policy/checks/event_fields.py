"""Checks that events have the fields for which selections and stated due times ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.language.conditions import REACHED, Trigger
from chalicelib.policy.language.derived import reach
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.facts import is_public_time
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS_WITHOUT_ACT, event_term
from chalicelib.policy.reading.faults import Fault, Path

_GIVEN = "given"
"""The names of the private fields that an event has."""


def faults(path: Path, trigger: Trigger, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """An event is not selected by a field that it never has, except by the absence of a field that others have.

    Other checks report unknown values and events.
    """
    known = keys(trigger.event, document)
    kind = "no-field-of-event" if trigger.event in EVENTS_WITHOUT_ACT else "event-without-field"
    for name, values in trigger.fields.items():
        unknown = set(values) - names.choices.get(name, frozenset(values)) - {"none"}
        absent = "none" in values and name in names.givable
        if name not in known and not unknown and not absent:
            yield Fault((*path, "fields", name), kind, name=name, of=trigger.event, known=sorted(known))


def stated_faults(path: Path, name: str, triggers: Iterable[Trigger], document: PolicyDocument) -> Iterator[Fault]:
    """At least one of the events must be able to state the time. Other checks report fields that are no times."""
    known = [keys(trigger.event, document) for trigger in triggers]
    if known and _is_public_time(name, document) and all(name not in one for one in known):
        yield Fault(path, "never-stated", name=name)


def unstated_faults(task: str, name: str, triggers: Iterable[Trigger], document: PolicyDocument) -> Iterator[Fault]:
    """Each act that can open the task must be able to state the time, without which it would be refused."""
    for stage_name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            opens = any(_can_match(one, act_name, act) for one in triggers)
            if opens and name not in (*act.needs, *act.takes) and _is_public_time(name, document):
                path: Path = ("stages", stage_name, "acts", act_name)
                yield Fault((*path, "needs"), "act-states-no-time", name=name, of=act_name, task=task)


def _can_match(trigger: Trigger, name: str, act: Act) -> bool:
    listed = {*act.needs, *act.takes}
    asked = all(key in listed or "none" in values for key, values in trigger.fields.items())
    return EVENT_OF_ACT.get(name) == trigger.event and asked


def _is_public_time(name: str, document: PolicyDocument) -> bool:
    return name in document.fields and is_public_time(document.fields[name])


def keys(event: str, document: PolicyDocument) -> set[str]:
    """The fields by which events of this type can be selected."""
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    written = event_term(event).writes.split()
    if event in EVENTS_WITHOUT_ACT:
        lowering = document.severity.lowering if document.severity else None
        second = lowering is not None and lowering.approval is not None
        asking = [act for _, act in acts if act.approval is not None or (second and "severity" in act.needs)]
        proposed = asking if event == "proposed" else []
        return {_GIVEN, *written} | _listed(proposed) if proposed else {*written}
    found = _listed([act for name, act in acts if EVENT_OF_ACT.get(name) == event])
    if event == "assigned":
        # The office can assign people anew in every stage.
        found |= {field for _, act in acts for field in act.assigned_fields.values()}
    if event == "task_done":
        found = found.union(*((*task.needs, *task.takes) for task in document.tasks.values()))
    elif event in reach.events(document):
        found.add(REACHED)
    return {_GIVEN, *found, *_said_later(event, document), *written}


def _said_later(event: str, document: PolicyDocument) -> Iterable[str]:
    """What only staff say can come with each act that leads to another stage."""
    of_staff = document.intake.asked_of_staff()
    leading = (
        act.stages_after(own) - {own}
        for own, stage in document.stages.items()
        for name, act in stage.acts.items()
        if of_staff and EVENT_OF_ACT.get(name) == event
    )
    return of_staff if any(leading) else ()


def _listed(acts: Iterable[Act]) -> set[str]:
    return {name for act in acts for name in (*act.needs, *act.takes)}
