"""Events as values of a form: what happened, when, and in which role."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.complaints.envelope import Event
from chalicelib.features.forms.filled_form import FilledValue
from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.features.forms.value_text import instant_text, labelled
from chalicelib.kit.instants import from_text
from chalicelib.policy.language.conditions import Trigger, matches
from chalicelib.policy.language.vocabulary import event_term
from chalicelib.policy.language.wording.own_terms import event_label


def listed_events(file: CaseFile, on: Sequence[Trigger]) -> list[FilledValue]:
    """The events that match; without triggers, all but routine ones and messages."""
    found = (
        event
        for event in file.events
        if (matches(on, event.type, event.fields) if on else not (event_term(event.type).routine or _is_message(event)))
    )
    return [event_value(file, event, event_name(file, event)) for event in found]


def _is_message(event: Event) -> bool:
    """A message that the service sent because of another event."""
    return event.type == "notified" and event.actor["kind"] == "system"


def event_value(file: CaseFile, event: Event, text: str = "") -> FilledValue:
    at = instant_text(file, from_text(event.at))
    return FilledValue(text=text, at=at, by=file.actor(event), fate=_fate(file, event))


def _fate(file: CaseFile, event: Event) -> str:
    """Empty if the event counts as before. A refusal has its time and role."""
    found = file.overtaken.get(event.seq)
    if found is None:
        return ""
    why, refusal = file.text(found.why), found.by
    if refusal is None:
        return why
    return labelled(file, why, f"{instant_text(file, from_text(refusal.at))} {file.actor(refusal)}")


def event_name(file: CaseFile, event: Event) -> str:
    """With the name of the task or clock that the event is about."""
    policy = file.policy_of(event.policy)
    name = file.say(event_label(policy.document, event.type))
    task = policy.document.tasks.get(event.fields.get("task", ""))
    clock = policy.clocks.get(event.fields.get("clock", ""))
    about = task.name if task else clock.clock.name if clock else None
    return name if about is None else labelled(file, name, file.say(about))
