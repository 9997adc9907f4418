"""Checking triggers: events that can happen, with values that their fields can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks.names import unknown
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.vocabulary import EVENTS
from chalicelib.policy.reading.faults import Fault, Path

SILENT = frozenset({"warned", "missed"})
"""Events that only say what became of a run: they move no clock and open no task."""


def triggers(path: Path, given: Iterable[Trigger], happening: set[str], names: DefinedNames) -> Iterator[Fault]:
    for index, trigger in enumerate(given):
        if trigger.event not in EVENTS:
            yield Fault((*path, index), "no-event", name=trigger.event, known=sorted(happening - SILENT))
        elif trigger.event in SILENT:
            yield Fault((*path, index), "silent-event", name=trigger.event)
        elif trigger.event not in happening:
            yield Fault((*path, index), "cannot-happen", name=trigger.event, known=sorted(happening - SILENT))
        else:
            yield from _fields((*path, index), trigger, names)


def _fields(path: Path, trigger: Trigger, names: DefinedNames) -> Iterator[Fault]:
    """Values of a field that can only have some."""
    for name, values in trigger.fields.items():
        known = names.choices.get(name)
        if known:
            asked = (value for value in values if value != "none")
            yield from unknown((*path, "fields", name), asked, known, "no-value", of=name)
