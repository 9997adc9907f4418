"""Checks fields, facts and wordings: reserved names, fields that must stay public, and placeholders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.language.conditions import CLOCK_PREFIX
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act, NotificationRule
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import BUILT_IN_CONDITIONS, COMPLAINT_CONDITIONS
from chalicelib.policy.language.wording.default_wording import PLACEHOLDERS
from chalicelib.policy.reading.faults import Fault, Path

EVENT_KEYS = frozenset({"act", "approvers", "assigned", "given", "opened", "proposal", "task"})
"""Keys of events that the language defines. A policy's fields may not use these names."""
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def faults(document: PolicyDocument) -> Iterator[Fault]:
    for name in sorted(EVENT_KEYS & set(document.fields)):
        yield Fault(("fields", name), "reserved", name=name)
    yield from _shadowing_faults(document)
    yield from _privacy_faults(document)
    yield from _wording_faults(document)
    yield from _time_faults(document)


def _shadowing_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Facts, categories, flags and fields whose name has another meaning in conditions."""
    categories = document.intake.categories.keys()
    for part in ("facts", "categories"):
        for name in sorted(getattr(document.intake, part)):
            if name in BUILT_IN_CONDITIONS or name.startswith(CLOCK_PREFIX):
                yield Fault(("intake", part, name), "shadows", name=name)
    for name in sorted(document.fields.keys() - BUILT_IN_FIELDS.keys()):
        if name in COMPLAINT_CONDITIONS or name in categories or name.startswith(CLOCK_PREFIX):
            yield Fault(("fields", name), "shadows", name=name)
    for path, act in _acts(document):
        for name in sorted(act.sets):
            if name in BUILT_IN_CONDITIONS or name.startswith(CLOCK_PREFIX):
                yield Fault((*path, "sets", name), "shadows", name=name)


def _acts(document: PolicyDocument) -> Iterator[tuple[Path, Act]]:
    for stage_name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            yield ("stages", stage_name, "acts", act_name), act


def _privacy_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Fields that the procedure itself depends on must not be private."""
    acts = [act for _, act in _acts(document)]
    people = {name for act in acts for name in act.assigned_fields.values()}
    people |= {name for name, fact in document.fields.items() if fact_kinds.of(fact.kind).names_people}
    scoring = {name for trigger in (document.points.on if document.points else []) for name in trigger.fields}
    procedure = {name for name, built_in in BUILT_IN_FIELDS.items() if built_in.must_be_public}
    sources = {
        value.removeprefix("field.") for act in acts for value in act.sets.values() if value.startswith("field.")
    }
    for name, fact in document.fields.items():
        if fact.holder is not None and name in procedure | people | scoring | sources:
            yield Fault(("fields", name, "holder"), "cannot-be-private", name=name)
    for name, fact in document.intake.facts.items():
        if fact.holder is not None and name in sources - document.fields.keys():
            yield Fault(("intake", "facts", name, "holder"), "cannot-be-private", name=name)


def _wording_faults(document: PolicyDocument) -> Iterator[Fault]:
    times = clocks.public_times({**document.intake.facts, **document.fields})
    known = sorted(f"{{{one}}}" for one in {*PLACEHOLDERS, *times})
    for name, label in document.wording.items():
        for language, text in label.to_json().items():
            for found in _PLACEHOLDER.findall(text):
                if found not in PLACEHOLDERS and document.public_time(found) is None:
                    yield Fault(("wording", name, language), "no-placeholder", name=f"{{{found}}}", known=known)
        for language, text in (label.topic.to_json() if label.topic else {}).items():
            if _PLACEHOLDER.search(text):
                yield Fault(("wording", name, "topic", language), "topic-placeholder")


def _time_faults(document: PolicyDocument) -> Iterator[Fault]:
    """A text names only times that the events have about which it is told."""
    for path, rule, given in _told(document):
        label = document.wording.get(rule.wording or "")
        named = set() if label is None else set(_PLACEHOLDER.findall(label.zh + label.en)) - PLACEHOLDERS
        for name in sorted(named.difference(given)):
            if document.public_time(name) is not None:  # what is none is a fault of the text
                yield Fault((*path, "wording"), "time-not-given", name=name)


def _told(document: PolicyDocument) -> Iterator[tuple[Path, NotificationRule, Collection[str]]]:
    """The rules of messages, each with the names of the values that its event can have."""
    for index, rule in enumerate(document.intake.tells):
        yield ("intake", "tells", index), rule, document.intake.facts
    for path, act in _acts(document):
        for index, rule in enumerate(act.tells):
            limited = () if act.within is None else ("until",)  # the end of a demand's time
            yield (*path, "tells", index), rule, (*act.needs, *act.takes, *limited)
    for name, task in document.tasks.items():
        for index, rule in enumerate(task.tells):
            yield ("tasks", name, "tells", index), rule, (*task.needs, *task.takes)
