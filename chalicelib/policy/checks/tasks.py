"""Checks tasks: what opens them, who is responsible, and when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks import clocks, references, schedules
from chalicelib.policy.checks.events import event_fields
from chalicelib.policy.checks.events.event_names import undefined_events
from chalicelib.policy.checks.references import PASSIVE_EVENTS, trigger_faults
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.deadlines import Task
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENTS, TASK_OPENING_EVENTS
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    at_thresholds = {threshold.task for threshold in document.points.at} if document.points else set()
    for name, task in document.tasks.items():
        path: Path = ("tasks", name)
        if name in document.clocks:
            yield Fault(path, "task-named-like-clock", name=name)
        openings = sum(part is not None for part in (task.monthly, task.quarterly, task.yearly)) + bool(task.on)
        if openings != 1 and (openings or name not in at_thresholds):
            yield Fault(path, "task-opened-how")
        if sum(part is not None for part in (task.within, task.stated, task.monthly, task.scheduled)) > 1:
            yield Fault(path, "task-due-how")
        yield from trigger_faults((*path, "on"), task.on, document, names)
        yield from _opening_faults((*path, "on"), task.on)
        yield from _name_faults(path, task, names)
        yield from references.notification_faults((*path, "tells"), task.tells, names)
        if task.of != "complaint" or name in at_thresholds:
            yield from _unit_wording_faults((*path, "tells"), task, names)
        yield from _time_faults(path, task, document, names)


def _opening_faults(path: Path, triggers: Iterable[Trigger]) -> Iterator[Fault]:
    for index, trigger in enumerate(triggers):
        if trigger.event in EVENTS - TASK_OPENING_EVENTS - PASSIVE_EVENTS:
            yield Fault((*path, index), "opens-no-task", name=trigger.event)


def _name_faults(path: Path, task: Task, names: DefinedNames) -> Iterator[Fault]:
    yield from references.undefined_names((*path, "needs"), task.needs, names.givable, "no-field")
    yield from references.undefined_names((*path, "takes"), task.takes, names.givable, "no-field")
    yield from references.undefined_names((*path, "role"), [task.role], names.roles, "no-role")
    yield from references.undefined_names((*path, "approval"), task.approval, names.roles, "no-role")
    yield from undefined_events((*path, "until"), task.until)
    for index, when in enumerate(task.when):
        yield from references.condition_faults((*path, "when", index), when, names)


def _unit_wording_faults(path: Path, task: Task, names: DefinedNames) -> Iterator[Fault]:
    """Messages about a unit or the organisation use the wording with that prefix, such as `unit_task_done`."""
    owner = "organisation" if task.of == "organisation" else "unit"
    for index, rule in enumerate(task.tells):
        if rule.wording in names.wordings:
            used = [f"{owner}_{rule.wording}"]
            yield from references.undefined_names((*path, index, "wording"), used, names.wordings, "no-wording")


def _time_faults(path: Path, task: Task, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if task.within is not None:
        yield from clocks.limit_faults((*path, "within"), task.within)
    if task.every is not None:
        yield from clocks.repeat_interval_faults((*path, "every"), task.every)
    if task.every is not None and not task.until:
        yield Fault((*path, "every"), "never-ends")
    if task.approval and (task.every or task.monthly or task.scheduled):
        yield Fault((*path, "approval"), "approved-again")
    if task.stated is not None:
        yield from references.undefined_names(
            (*path, "stated"), [task.stated], clocks.public_times(document.fields), "no-public-time"
        )
        never = list(event_fields.stated_faults((*path, "stated"), task.stated, task.on, document))
        yield from never or event_fields.unstated_faults(str(path[-1]), task.stated, task.on, document)
    yield from schedules.faults(path, task, document, names)
