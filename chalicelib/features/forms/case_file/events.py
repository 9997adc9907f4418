"""All events of a case file, each with its hash and with what was given."""

from __future__ import annotations

from chalicelib.complaints.envelope import Event
from chalicelib.features.forms import value_text
from chalicelib.features.forms.event_values import event_name, event_value
from chalicelib.features.forms.filled_form import FilledLine, FilledSection, FilledValue
from chalicelib.features.forms.printed_case import CaseFile, GivenValue


def section(file: CaseFile) -> FilledSection:
    """The events that the reader may see. All have their numbers, so a reader sees where one is missing.

    The first event of a stage names it, so that a re-examination is apart from the first handling.
    """
    before = ["", *(event.result["stage"] for event in file.events)]
    lines = [_line(file, event, before=stage) for event, stage in zip(file.events, before, strict=False)]
    return FilledSection(name=file.text("events"), lines=lines)


def people_fields(file: CaseFile) -> set[str]:
    """The fields of all versions whose values are ids of people."""
    versions = {event.policy for event in file.events}
    return set[str]().union(*(value_text.people_fields(file.policy_of(one).document) for one in versions))


def _line(file: CaseFile, event: Event, *, before: str) -> FilledLine:
    """`before`: the stage of the event before it."""
    first = event_value(file, event, event_name(file, event))
    entered = [] if event.result["stage"] == before else [_stage(file, event)]
    given = [_value(file, event, name, one) for name, one in file.values(event)]
    proof = FilledValue(text=value_text.labelled(file, file.text("hash"), event.hash))
    return FilledLine(label=str(event.seq), values=[first, *entered, *given, proof], listed=True)


def _stage(file: CaseFile, event: Event) -> FilledValue:
    """The stage's name in the version under which the event happened."""
    key = event.result["stage"]
    stage = file.policy_of(event.policy).document.stages.get(key)
    name = key if stage is None or stage.name is None else file.say(stage.name)
    return FilledValue(text=value_text.labelled(file, file.text("stage"), name))


def _value(file: CaseFile, event: Event, name: str, one: GivenValue) -> FilledValue:
    """A value that is not shown still has its label."""
    text = value_text.value_text(file, event, name, one.value) if one.state == "shown" else ""
    return FilledValue(text=value_text.labelled(file, _label(file, event, name), text), state=one.state)


def _label(file: CaseFile, event: Event, name: str) -> str:
    fact = file.fact(event, name)
    if fact is not None and fact.name is not None:
        return file.say(fact.name)
    if event.type == "evidence_declared" and name == "name":
        return file.text("file_name")
    return file.of_code("field", name)
