"""Fills the lines of a printed form: a built-in value, a category, a fact or field, a clock, an event or the list."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.complaints.runs import CANCELLED, Run, from_json
from chalicelib.features.forms.event_values import event_value, listed_events
from chalicelib.features.forms.filled_form import FilledLine, FilledValue
from chalicelib.features.forms.printed_case import CaseFile, GivenValue
from chalicelib.features.forms.value_text import end_text, instant_text, joined, value_text
from chalicelib.kit.instants import from_text
from chalicelib.policy.language.conditions import matches
from chalicelib.policy.language.model import FormLine
from chalicelib.policy.language.vocabulary import FILING
from chalicelib.policy.language.wording.condition_words import STATES
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.language.wording.printing import (
    BUILT_IN_VALUES,
    CLOCK_PREFIX,
    EVENT_LIST,
    EVENT_PREFIX,
    giving_events,
)

MOST_VALUES = 100
"""The newest values of a line. The record has all."""


def fill(file: CaseFile, line: FormLine) -> FilledLine:
    """The line for this reader. What they may not see is not in it."""
    values = _values(file, line)
    listed = line.all or line.shows == EVENT_LIST
    if not listed:
        values = values[-1:]
    left_out = max(0, len(values) - MOST_VALUES)
    return FilledLine(label=_label(file, line), values=values[left_out:], listed=listed, left_out=left_out)


def shown_classes(file: CaseFile, line: FormLine) -> set[str]:
    """The confidentiality classes of the private values that `fill` shows."""
    found = _given(file, line)
    return {
        value.holder
        for one in (found if line.all else found[-1:])
        for value in file.private.get(one.event.seq, ())
        if one.state == "shown" and line.shows in value.values
    }


def _values(file: CaseFile, line: FormLine) -> list[FilledValue]:
    shows = line.shows
    if shows in BUILT_IN_VALUES:
        return [FilledValue(text=text) for text in [built_in_text(file, shows)] if text]
    if shows in file.policy.document.intake.categories:
        return [FilledValue(text=text) for text in category_texts(file, [shows])]
    if shows == EVENT_LIST:
        return listed_events(file, line.on)
    if shows.startswith(EVENT_PREFIX):
        kind = shows.removeprefix(EVENT_PREFIX)
        return [event_value(file, event) for event in file.events if event.type == kind and _is_on(line, event)]
    if shows.startswith(CLOCK_PREFIX):
        return due_times(file, shows.removeprefix(CLOCK_PREFIX))
    return [_given_value(file, line, one) for one in _given(file, line)]


def _label(file: CaseFile, line: FormLine) -> str:
    document, shows = file.policy.document, line.shows
    clock = file.policy.clocks.get(shows.removeprefix(CLOCK_PREFIX))
    fact = document.fields.get(shows) or document.intake.facts.get(shows)
    label = line.name or BUILT_IN_VALUES.get(shows)
    if shows.startswith(EVENT_PREFIX):
        label = label or event_label(document, shows.removeprefix(EVENT_PREFIX))
    label = label or (fact.name if fact else None) or (clock.clock.name if clock else None)
    return shows if label is None else file.say(label)


def _given(file: CaseFile, line: FormLine) -> list[GivenValue]:
    if line.shows in BUILT_IN_VALUES or line.shows in file.policy.document.intake.categories:
        return []
    found = file.given(line.shows, giving_events(file.policy.document, line.shows))
    return [one for one in found if _is_on(line, one.event)]


def _is_on(line: FormLine, event: Event) -> bool:
    return not line.on or matches(line.on, event.type, event.fields)


def _given_value(file: CaseFile, line: FormLine, one: GivenValue) -> FilledValue:
    """With its time and role, unless it is of the filing and the form asks for the latest value only."""
    text = value_text(file, one.event, line.shows, one.value) if one.state == "shown" else ""
    full = replace(event_value(file, one.event, text), state=one.state)
    return replace(full, at="", by="") if one.event.type == FILING and not line.all else full


def built_in_text(file: CaseFile, name: str) -> str:
    """Empty if the complaint has no such value."""
    complaint, document = file.complaint, file.policy.document
    if name == "number":
        return complaint.number
    if name == "category":
        return joined(file, category_texts(file, complaint.category))
    if name == "unit":
        return file.units.get(complaint.unit or "", "")
    if name == "registered_at":
        return instant_text(file, complaint.registered_at)
    if name == "received_at":
        received = next((event.fields.get("received_at") for event in file.events if event.type == "registered"), None)
        return instant_text(file, complaint.registered_at if received is None else from_text(received))
    if name == "stage":
        stage = document.stages[complaint.stage].name
        return complaint.stage if stage is None else file.say(stage)
    classes = {} if document.severity is None else document.severity.classes
    label = document.intake.channels[complaint.channel] if name == "channel" else classes.get(complaint.severity or "")
    return "" if label is None else file.say(label)


def category_texts(file: CaseFile, names: Iterable[str]) -> list[str]:
    """The chosen value of each of these categories that has one."""
    known, chosen = file.policy.document.intake.categories, file.complaint.category
    found = [(known.get(name, {}).get(chosen[name]), chosen[name]) for name in names if name in chosen]
    return [value if label is None else file.say(label) for label, value in found]


def state_text(file: CaseFile, state: str) -> str:
    return file.say(STATES[state]) if state in STATES else state


def due_times(file: CaseFile, clock: str) -> list[FilledValue]:
    """Each run's due time and state, in order."""
    return [_due(file, run) for run in _runs(file, clock)]


def _runs(file: CaseFile, clock: str) -> list[Run]:
    """The last state of each run, in order."""
    runs = [from_json(raw) for event in file.events for raw in event.result.get("clocks", [])]
    latest = {run.n: run for run in [*runs, *file.complaint.runs] if run.clock == clock}
    return [latest[number] for number in sorted(latest)]


def _due(file: CaseFile, run: Run) -> FilledValue:
    """What ended the run, with its time and role; after it the due time, named as such, and the state."""
    state = state_text(file, run.state)
    if run.due is None:
        return FilledValue(text=state)
    due = file.text("due").format(due=end_text(file, run.due), state=state)
    ending = _ending(file, run)
    return FilledValue(text=due) if ending is None else replace(event_value(file, ending), remark=due)


def _ending(file: CaseFile, run: Run) -> Event | None:
    """The event that did what the clock asks for. None if the reader may not see it, or if the run was cancelled."""
    if run.ended is None or run.state == CANCELLED:
        return None
    stored = ((event, raw) for event in file.events for raw in event.result.get("clocks", []))
    found = (event for event, raw in stored if (raw["clock"], raw["n"]) == (run.clock, run.n) and raw.get("ended"))
    return next(found, None)
