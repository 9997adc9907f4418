"""Checks printed forms: each line shows something that a case can have, once, and someone may print the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.policy.checks.references import trigger_faults, undefined_names
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import FormLine, PolicyDocument, PrintedForm
from chalicelib.policy.language.parts import RoleSelector
from chalicelib.policy.language.wording.printing import (
    BUILT_IN_VALUES,
    CLOCK_PREFIX,
    EVENT_LIST,
    EVENT_PREFIX,
    MAX_LINES,
    MAX_SECTIONS,
    giving_events,
)
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    for name, form in document.forms.items():
        path: Path = ("forms", name)
        yield from _printer_faults((*path, "by"), form.by, names)
        yield from _section_faults((*path, "sections"), form, document, names)


def _printer_faults(path: Path, by: Sequence[RoleSelector] | None, names: DefinedNames) -> Iterator[Fault]:
    if by is None:
        return
    if not by:
        yield Fault(path, "form-without-reader")
    yield from undefined_names(path, (selector.role for selector in by), names.actors | {"owner"}, "no-role")


def _section_faults(path: Path, form: PrintedForm, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    wrong = list(_size_faults(path, form.sections, MAX_SECTIONS))
    yield from wrong
    shown: list[tuple[str, list[Trigger]]] = []
    for index, section in enumerate([] if wrong else form.sections):
        lines: Path = (*path, index, "lines")
        wrong = list(_size_faults(lines, section.lines, MAX_LINES))
        yield from wrong
        for position, line in enumerate([] if wrong else section.lines):
            yield from _line_faults((*lines, position), line, document, names)
            if (line.shows, line.on) in shown:
                yield Fault((*lines, position, "shows"), "printed-twice", name=line.shows)
            shown.append((line.shows, line.on))


def _size_faults(path: Path, parts: Sequence[Any], most: int) -> Iterator[Fault]:
    if not parts:
        yield Fault(path, "prints-nothing")
    if len(parts) > most:
        yield Fault(path, "too-many-of", count=len(parts), most=most)


def _line_faults(path: Path, line: FormLine, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    given = names.givable - BUILT_IN_VALUES.keys() - document.intake.categories.keys()
    events = {EVENT_PREFIX + name for name in names.events}
    clocks = {CLOCK_PREFIX + name for name in names.clocks}
    known = {*given, *BUILT_IN_VALUES, *document.intake.categories, *events, *clocks, EVENT_LIST}
    wrong = list(undefined_names((*path, "shows"), [line.shows], known, "cannot-be-printed"))
    wrong += trigger_faults((*path, "on"), line.on, document, names)
    yield from wrong
    if wrong:
        return
    if line.on and line.shows not in {*given, *events, EVENT_LIST}:
        yield Fault((*path, "on"), "line-without-effect", name=line.shows)
    if line.all and line.shows not in given | events | clocks:
        yield Fault((*path, "all"), "line-without-effect", name=line.shows)
    givers = {line.shows.removeprefix(EVENT_PREFIX)} if line.shows in events else giving_events(document, line.shows)
    if line.on and line.shows in given | events and givers.isdisjoint(trigger.event for trigger in line.on):
        yield Fault((*path, "on"), "never-given", name=line.shows, known=sorted(givers))
