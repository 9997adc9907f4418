"""Checks the tasks that the calendar opens: each month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks, references
from chalicelib.policy.language.deadlines import MonthlySchedule, QuarterlySchedule, Task, YearlySchedule
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import UNIT_CALENDAR
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

_LAST_DAY = 28
"""The last day that every month has."""
_MONTH_DAYS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
"""The last day that the month has in every year; 31 for the other months."""
_QUARTER_DAYS = 30
"""The last day that January, April, July and October all have."""


def faults(path: Path, task: Task, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
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
