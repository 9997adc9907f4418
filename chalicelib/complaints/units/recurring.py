"""Recurring tasks: repeated at an interval until some event (P4.7), monthly (P3.9), quarterly or yearly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import LAST, Instant, from_instant, to_instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.deadlines import (
    InspectionSchedule,
    MonthlySchedule,
    QuarterlySchedule,
    YearlySchedule,
)
from chalicelib.policy.worktime import Calendar, due_time

_QUARTERS = {1: "Q1", 4: "Q2", 7: "Q3", 10: "Q4"}
"""By the first month of the quarter."""
_MONTHS = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": (1,)}
"""In which inspections begin."""
_A_DAY = timedelta(days=1)


class Period(msgspec.Struct, frozen=True, array_like=True):
    """`at`: 0:00 of the opening day. `name`: `2026-Q2`, `2026` or, for an inspection, also `2026-04`."""

    at: Instant
    name: str


def openings(policy: Policy, complaint: Complaint) -> Iterator[tuple[str, Instant]]:
    """Yields each recurring task with the time of its next opening, if nothing else happens."""
    for name, task in policy.document.tasks.items():
        at = None
        if task.monthly is not None:
            at = _next_month(policy, complaint, name, task.monthly)
        elif task.scheduled is not None and task.of == "complaint":
            at = _next_period(policy, complaint, name, task.scheduled)
        elif task.every is not None and not any(event in complaint.seen for event in task.until):
            at = _next_repetition(policy, complaint, name)
        if at is not None:
            yield name, max(at, complaint.at)


def _next_repetition(policy: Policy, complaint: Complaint, name: str) -> Instant | None:
    """The end of the interval after the last opening, or None while that task is still open."""
    last = complaint.asked.get(name)
    if last is None or any(task.task == name for task in complaint.tasks.values()):
        return None
    return due_time(_calendar(policy, name), policy.intervals[name], last, from_day_end=True).due


def _next_period(policy: Policy, complaint: Complaint, name: str, schedule: QuarterlySchedule) -> Instant | None:
    """The next opening day after the last opening, or after the complaint entered its stage."""
    stages = policy.document.stages
    known = complaint.stage in schedule.stages if schedule.stages else bool(stages[complaint.stage].acts)
    if not known:
        return None
    zone = _zone(policy, name)
    after = max(complaint.since, complaint.asked.get(name, 0))
    return next((period.at for period in periods(schedule, zone, after, LAST - 1)), None)


def _next_month(policy: Policy, complaint: Complaint, name: str, monthly: MonthlySchedule) -> Instant | None:
    """The opening day in the month after the last opening, or after the complaint entered its stage."""
    if complaint.stage not in monthly.stages:
        return None
    zone = _zone(policy, name)
    after = max(complaint.since, complaint.asked.get(name, 0))
    month = from_instant(after).astimezone(zone).replace(day=1)
    return to_instant(_day(month + timedelta(days=32), monthly.day, zone))


def end_of_due_day(policy: Policy, name: str, monthly: MonthlySchedule, opened: Instant) -> Instant:
    """24:00 of the due day in the month of the opening. Holidays do not move it."""
    zone = _zone(policy, name)
    month = from_instant(opened).astimezone(zone)
    return to_instant(_day(month, monthly.due_day + 1, zone))


def _calendar(policy: Policy, name: str) -> Calendar:
    return policy.calendar_of(policy.calendar_name(policy.document.tasks[name].calendar))


def _zone(policy: Policy, name: str) -> ZoneInfo:
    return _calendar(policy, name).zone


def _day(month: datetime, day: int, zone: ZoneInfo) -> datetime:
    """0:00 of a day of that month. Days beyond its end continue into the next month."""
    first = datetime(month.year, month.month, 1, tzinfo=zone)
    return datetime(*(first + timedelta(days=day - 1)).timetuple()[:3], tzinfo=zone)


def periods(schedule: QuarterlySchedule, zone: ZoneInfo, after: Instant, last: Instant) -> Iterator[Period]:
    """Yields the periods whose task opens after `after` and at `last` at the latest, by time."""
    year = from_instant(after).astimezone(zone).year
    while True:
        for period in _periods_of_year(schedule, zone, year):
            if period.at > last:
                return
            if period.at > after:
                yield period
        year += 1


def _periods_of_year(schedule: QuarterlySchedule, zone: ZoneInfo, year: int) -> Iterator[Period]:
    for month, name in _names_of_year(schedule, year).items():
        yield Period(_first_instant(zone, year, month, schedule.day), name)


@lru_cache(maxsize=1_024)
def _first_instant(zone: ZoneInfo, year: int, month: int, day: int) -> Instant:
    """0:00 of the day. Kept, as every event of a complaint asks when its tasks open next."""
    return to_instant(datetime(year, month, day, tzinfo=zone))


def _names_of_year(schedule: QuarterlySchedule, year: int) -> dict[int, str]:
    """The period of each opening, by its month. An inspection is about the period that has just ended."""
    if isinstance(schedule, InspectionSchedule):
        from chalicelib.policy.worktime.periods import last_ended  # most requests have no inspection

        return {
            month: last_ended(schedule.every, date(year, month, 1) - _A_DAY).name for month in _MONTHS[schedule.every]
        }
    if isinstance(schedule, YearlySchedule):
        return {schedule.month: f"{year}"}
    return {month: f"{year}-{name}" for month, name in _QUARTERS.items()}
