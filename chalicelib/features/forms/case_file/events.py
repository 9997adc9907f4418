"""All events of a case file, each with its hash and with what was given."""

from __future__ import annotations

from chalicelib.complaints.envelope import Event
from chalicelib.features.forms import value_text
from chalicelib.features.forms.event_values import event_name, event_value
from chalicelib.features.forms.filled_form import FilledLine, FilledSection, FilledValue
from chalicelib.features.forms.printed_case import CaseFile, GivenValue
from chalicelib.policy.language.parts import Label

_TITLE = Label(zh="事件", en="Events")
_STAGE = Label(zh="进入阶段", en="Stage from then on")
_FILE_NAME = Label(zh="文件名", en="File name")
BUILT_IN_LABELS = {
    "conditions": Label(zh="受理条件", en="Conditions"),
    "ground": Label(zh="理由", en="Ground"),
    "severity": Label(zh="级别", en="Class"),
    "sign": Label(zh="定级依据", en="Sign of the class"),
    "clock": Label(zh="时限", en="Deadline"),
    "until": Label(zh="截止时间", en="Until"),
    "kinds": Label(zh="证据种类", en="Kinds of evidence"),
    "demand": Label(zh="所答复的举证要求", en="Demand that it answers"),
    "item": Label(zh="事项", en="Item"),
    "person": Label(zh="人员", en="Person"),
}
"""The fields that the language defines, unless the policy names them."""
_HASH = Label(zh="事件哈希", en="Hash of the event")


def section(file: CaseFile) -> FilledSection:
    """The events that the reader may see. All have their numbers, so a reader sees where one is missing.

    The first event of a stage names it, so that a re-examination is apart from the first handling.
    """
    before = ["", *(event.result["stage"] for event in file.events)]
    lines = [_line(file, event, before=stage) for event, stage in zip(file.events, before, strict=False)]
    return FilledSection(name=file.say(_TITLE), lines=lines)


def people_fields(file: CaseFile) -> set[str]:
    """The fields of all versions whose values are ids of people."""
    versions = {event.policy for event in file.events}
    return set[str]().union(*(value_text.people_fields(file.policy_of(one).document) for one in versions))


def _line(file: CaseFile, event: Event, *, before: str) -> FilledLine:
    """`before`: the stage of the event before it."""
    first = event_value(file, event, event_name(file, event))
    entered = [] if event.result["stage"] == before else [_stage(file, event)]
    given = [_value(file, event, name, one) for name, one in file.values(event)]
    proof = FilledValue(text=value_text.labelled(file, file.say(_HASH), event.hash))
    return FilledLine(label=str(event.seq), values=[first, *entered, *given, proof], listed=True)


def _stage(file: CaseFile, event: Event) -> FilledValue:
    """The stage's name in the version under which the event happened."""
    key = event.result["stage"]
    stage = file.policy_of(event.policy).document.stages.get(key)
    name = key if stage is None or stage.name is None else file.say(stage.name)
    return FilledValue(text=value_text.labelled(file, file.say(_STAGE), name))


def _value(file: CaseFile, event: Event, name: str, one: GivenValue) -> FilledValue:
    """A value that is not shown still has its label."""
    text = value_text.value_text(file, event, name, one.value) if one.state == "shown" else ""
    return FilledValue(text=value_text.labelled(file, _label(file, event, name), text), state=one.state)


def _label(file: CaseFile, event: Event, name: str) -> str:
    fact = file.fact(event, name)
    if fact is not None and fact.name is not None:
        return file.say(fact.name)
    if event.type == "evidence_declared" and name == "name":
        return file.say(_FILE_NAME)
    return file.say(BUILT_IN_LABELS[name]) if name in BUILT_IN_LABELS else name
