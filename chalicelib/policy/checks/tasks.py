"""Checking tasks: what opens them, who owes them, and when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks import names as checks
from chalicelib.policy.checks.triggers import SILENT, triggers
from chalicelib.policy.language import possible_events
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import MonthlySchedule, PolicyDocument, Task
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS
from chalicelib.policy.reading.faults import Fault, Path

_NOT_ASKED = {"approved", "rejected", "linked", "held", "released"}
OPENING = (frozenset(EVENT_OF_ACT.values()) - _NOT_ASKED) | {"registered", "reclassified"}
"""Events that tasks are asked about: of filing, of acts that stages list and of tasks, and of ageing."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    happening = possible_events.all_events(document)
    at_thresholds = {threshold.task for threshold in document.points.at} if document.points else set()
    for name, task in document.tasks.items():
        path: Path = ("tasks", name)
        if name in document.clocks:
            yield Fault(path, "task-named-like-clock", name=name)
        if (task.monthly is not None) + bool(task.on) != 1 and (task.on or name not in at_thresholds):
            yield Fault(path, "task-opened-how")
        if sum(part is not None for part in (task.within, task.stated, task.monthly)) > 1:
            yield Fault(path, "task-due-how")
        yield from triggers((*path, "on"), task.on, happening, names)
        yield from _opens((*path, "on"), task.on)
        yield from _names(path, task, names)
        yield from _times(path, task, document, names)


def _opens(path: Path, given: Iterable[Trigger]) -> Iterator[Fault]:
    for index, trigger in enumerate(given):
        if trigger.event in EVENTS - OPENING - SILENT:
            yield Fault((*path, index), "opens-no-task", name=trigger.event)


def _names(path: Path, task: Task, names: DefinedNames) -> Iterator[Fault]:
    yield from checks.unknown((*path, "role"), [task.role], names.roles, "no-role")
    yield from checks.unknown((*path, "approval"), task.approval, names.roles, "no-role")
    yield from checks.unknown((*path, "until"), task.until, EVENTS, "no-event")
    for index, when in enumerate(task.when):
        yield from checks.condition((*path, "when", index), when, names)


def _times(path: Path, task: Task, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if task.within is not None:
        yield from clocks.limit((*path, "within"), task.within)
    if task.every is not None:
        yield from clocks.repeats((*path, "every"), task.every)
    if task.every is not None and not task.until:
        yield Fault((*path, "every"), "never-ends")
    if task.approval and (task.every is not None or task.monthly is not None):
        yield Fault((*path, "approval"), "approved-again")
    if task.stated is not None:
        yield from checks.unknown(
            (*path, "stated"), [task.stated], clocks.public_times(document.fields), "no-public-time"
        )
    if task.monthly is not None:
        yield from _monthly((*path, "monthly"), task.monthly, names)


def _monthly(path: Path, monthly: MonthlySchedule, names: DefinedNames) -> Iterator[Fault]:
    yield from checks.unknown((*path, "stages"), monthly.stages, names.stages, "no-stage")
    if not 1 <= monthly.day <= monthly.due_day <= 28:
        yield Fault((*path, "day"), "monthly-days")
