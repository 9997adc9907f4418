"""Values of facts and fields as texts, by their kind. Times are in the time zone of the policy's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.complaints.envelope import Event
from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.worktime.explaining.times import is_day_end
from chalicelib.policy.worktime.zone import wall_clock


def value_text(file: CaseFile, event: Event, name: str, value: Any) -> str:
    """The value of fact or field `name` that the event gives. The labels are those of the event's policy version."""
    policy = file.policy_of(event.policy)
    own = file.fact(event, name)
    fact = own or Fact()
    if isinstance(value, bool):
        return file.text("yes" if value else "no")
    if isinstance(value, Mapping):
        labels = {key: one.name for key, one in policy.document.intake.conditions.items()}
        marks = ((labels.get(key, Label(zh=key)), "yes" if met else "no") for key, met in value.items())
        return "\n".join(labelled(file, file.say(label), file.text(mark)) for label, mark in marks)
    if name in people_fields(policy.document):
        return joined(file, [_person(file, sub) for sub in _each(value)])
    kind = BUILT_IN_FIELDS[name].kind if own is None and name in BUILT_IN_FIELDS else fact.kind
    if fact_kinds.of(kind).is_time:
        return _moment(file, value)
    labels = {**fact.choices, **_built_in_choices(policy, name)}
    texts = [file.say(labels[one]) if one in labels else str(one) for one in _each(value)]
    return _by_time(file, event, name, joined(file, texts))


def _moment(file: CaseFile, value: str) -> str:
    """Of an instant or a day: a demand's `until` is an instant even where the policy's own field is a day."""
    return instant_text(file, from_text(value)) if "T" in value else date_text(file, date.fromisoformat(value))


def _by_time(file: CaseFile, event: Event, name: str, text: str) -> str:
    """What time wrote in several languages, in that of the form. The id of such an event names the clock."""
    if event.actor["kind"] != "system":
        return text
    clock = file.policy_of(event.policy).clocks.get(
        event.id.removeprefix(f"{file.complaint.number}/").partition("/")[0]
    )
    missed = None if clock is None else clock.clock.missed
    return missed.text_in(file.language, name, text) if isinstance(missed, MissedAct) else text


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def joined(file: CaseFile, texts: list[str]) -> str:
    return ("、" if file.language == "zh" else ", ").join(texts)


def labelled(file: CaseFile, label: str, text: str) -> str:
    return f"{label}：{text}" if file.language == "zh" else f"{label}: {text}"


def _person(file: CaseFile, sub: str) -> str:
    return file.text("staff") if file.names is None else file.names.get(sub) or file.text("former_member")


def people_fields(document: PolicyDocument) -> set[str]:
    """The fields whose values are ids of people."""
    acts = (act for stage in document.stages.values() for act in stage.acts.values())
    own = {"person"} - document.fields.keys()
    own |= {name for name, fact in document.fields.items() if fact_kinds.of(fact.kind).names_people}
    return own | {field for act in acts for field in act.assigned_fields.values()}


def _built_in_choices(policy: Policy, name: str) -> Mapping[str, Label]:
    document = policy.document
    severity = document.severity
    if name == "severity" and severity is not None:
        return severity.classes
    if name == "sign" and severity is not None:
        return {key: label for signs in severity.signs.values() for key, label in signs.items()}
    if name == "ground":
        return {key: one.name for key, one in document.intake.refusals.items()}
    if name == "kinds":
        return {key: one.name for key, one in document.intake.evidence.items()}
    if name == "clock":
        return {key: one.clock.name for key, one in policy.clocks.items() if one.clock.name is not None}
    return {}


def instant_text(file: CaseFile, instant: Instant) -> str:
    """To the minute, in the time zone of the policy's calendar."""
    moment = wall_clock(file.policy.calendar.zone, instant)
    return f"{date_text(file, moment)} {moment:%H:%M}"


def end_text(file: CaseFile, instant: Instant) -> str:
    """A due time: midnight is the end of the day before, 24:00."""
    if not is_day_end(file.policy.calendar, instant):
        return instant_text(file, instant)
    return f"{date_text(file, wall_clock(file.policy.calendar.zone, instant - 1))} 24:00"


def date_text(file: CaseFile, day: date) -> str:
    if file.language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day} {months[day.month - 1]} {day.year}"
