"""Checks tasks: what opens them, who is responsible, when they are due, and on which days the calendar opens them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks import event_fields, references
from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.references import PASSIVE_EVENTS, trigger_faults, undefined_events
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.deadlines import MonthlySchedule, QuarterlySchedule, Task, YearlySchedule
from chalicelib.policy.language.derived import reach
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENTS, TASK_OPENING_EVENTS, UNIT_CALENDAR
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

_LAST_DAY = 28
"""The last day that every month has."""
_MONTH_DAYS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
"""The last day that the month has in every year; 31 for the other months."""
_QUARTER_DAYS = 30
"""The last day that January, April, July and October all have."""


def _timetable_faults(path: Path, task: Task, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if task.monthly is not None:
        yield from _monthly_faults((*path, "monthly"), task.monthly, names)
    for key, schedule in (("quarterly", task.quarterly), ("yearly", task.yearly)):
        if schedule is not None:
            yield from _schedule_faults((*path, key), schedule, task, names)
    if task.of != "complaint":
        yield from _owner_faults(path, task, document)


def _monthly_faults(path: Path, monthly: MonthlySchedule, names: DefinedNames) -> Iterator[Fault]:
    yield from references.undefined_names((*path, "stages"), monthly.stages, names.stages, "no-stage")
    if not 1 <= monthly.day <= monthly.due_day <= _LAST_DAY:
        yield Fault((*path, "day"), "monthly-days")


def _schedule_faults(path: Path, schedule: QuarterlySchedule, task: Task, names: DefinedNames) -> Iterator[Fault]:
    most = _MONTH_DAYS.get(schedule.month, 31) if isinstance(schedule, YearlySchedule) else _QUARTER_DAYS
    if not 1 <= schedule.day <= most:
        yield Fault((*path, "day"), "schedule-day", most=most)
    if isinstance(schedule, YearlySchedule) and not 1 <= schedule.month <= 12:
        yield Fault((*path, "month"), "schedule-month")
    wrong = list(clocks.limit_faults((*path, "due"), schedule.due))
    yield from wrong
    if not wrong and parse_limit(schedule.due).kind == "none":
        yield Fault((*path, "due"), "schedule-never-due")
    yield from references.undefined_names((*path, "stages"), schedule.stages, names.stages, "no-stage")
    if schedule.stages and task.of != "complaint":
        yield Fault((*path, "stages"), "schedule-without-stages", of=task.of)


def _owner_faults(path: Path, task: Task, document: PolicyDocument) -> Iterator[Fault]:
    """A task of a unit or of the organisation belongs to no complaint."""
    if task.scheduled is None:
        yield Fault((*path, "of"), "of-without-schedule", of=task.of)
    if task.of == "unit" and document.intake.unit == "none":
        yield Fault((*path, "of"), "task-of-no-unit")
    if task.when:
        yield Fault((*path, "when"), "condition-of-no-complaint", of=task.of)
    if task.of == "organisation" and task.calendar == UNIT_CALENDAR:
        yield Fault((*path, "calendar"), "unit-calendar-of-no-unit")


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    at_thresholds = {threshold.task for threshold in document.points.at} if document.points else set()
    otherwise = {*at_thresholds, *([reach.task(document)] if reach.events(document) else [])}
    for name, task in document.tasks.items():
        path: Path = ("tasks", name)
        if name in document.clocks:
            yield Fault(path, "task-named-like-clock", name=name)
        openings = sum(part is not None for part in (task.monthly, task.quarterly, task.yearly)) + bool(task.on)
        if openings != 1 and (openings or name not in otherwise):
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
    yield from _timetable_faults(path, task, document, names)
