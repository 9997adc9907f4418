"""A validated calendar document, before the time zone is applied; its faults; and its plan of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from chalicelib.policy.worktime.calendars.holidays import HolidayName, HolidayTable

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""

Path = tuple[str | int, ...]
"""Keys and list positions from the root of the document."""
DayEnds = Literal["close", "midnight"]
LastDay = Literal["same day", "next working day", "previous working day"]
CalendarDaysEnd = Literal["midnight", "close"]
PausedDays = Literal["whole", "touched"]
Intervals = tuple[tuple[int, int], ...]
"""The open times of one day in minutes after midnight: sorted, disjoint, adjacent ones merged; 1440 is `24:00`."""
Cause = Literal["regular", "swapped", "own_opening", "weekend", "closed_day", "holiday", "own_closure"]
"""`closed_day` is a day from Monday to Friday without opening hours."""

_SATURDAY = 5


def clock_text(minute: int) -> str:
    """`09:00` for 540; `24:00` for 1440."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _pairs(intervals: Intervals) -> list[list[str]]:
    return [[clock_text(opens), clock_text(closes)] for opens, closes in intervals]


class CalendarDocument(msgspec.Struct, frozen=True):
    """`closed` and `overrides` use ordinals (`date.toordinal`) for dates."""

    timezone: str
    hours: tuple[Intervals, ...]
    holidays: str | None
    closed: frozenset[int]
    overrides: Mapping[int, Intervals]
    day_ends: DayEnds
    swapped: int
    """The weekday whose hours apply on a swapped working day; 0 is Monday."""
    last_day: LastDay
    """Where a limit in calendar days ends if its last day is not a working day."""
    calendar_days_end: CalendarDaysEnd
    paused_days: PausedDays
    """The days that a pause removes from a count of days: those that it covers, or those that it touches."""

    def open_times(self) -> dict[str, Any]:
        """The part of the canonical form that decides when the calendar is open."""
        value: dict[str, Any] = {
            "timezone": self.timezone,
            "hours": {day: _pairs(hours) for day, hours in zip(WEEKDAYS, self.hours, strict=True) if hours},
            "holidays": self.holidays,
            "closed": [date.fromordinal(day).isoformat() for day in sorted(self.closed)],
            "open": {date.fromordinal(day).isoformat(): _pairs(hours) for day, hours in sorted(self.overrides.items())},
        }
        if WEEKDAYS[self.swapped] != "fri":
            value["swapped"] = WEEKDAYS[self.swapped]
        return value

    def to_json(self) -> dict[str, Any]:
        value = self.open_times() | {"day_ends": self.day_ends, "paused_days": self.paused_days}
        if self.last_day != "same day":
            value["last_day"] = self.last_day
        if self.calendar_days_end != "midnight":
            value["calendar_days_end"] = self.calendar_days_end
        return value


class CalendarFault(ValueError):
    """The calendar document is not valid. `faults` holds a path and a message for each fault.

    A message is English; one with values is a `problem.Text`.
    """

    def __init__(self, faults: Sequence[tuple[Path, str]]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path)) or 'calendar'}: {message}" for path, message in faults))
        self.faults = tuple(faults)


class FaultCollector:
    def __init__(self) -> None:
        self._found: list[tuple[Path, str]] = []

    def report(self, path: Path, message: str) -> None:
        self._found.append((path, message))

    def raise_if_any(self) -> None:
        if self._found:
            raise CalendarFault(self._found)


class DayPlan(msgspec.Struct, frozen=True):
    hours: Intervals
    cause: Cause
    name: HolidayName | None = None
    """The holiday; for a swapped working day, the holiday that it compensates."""


def plan_day(document: CalendarDocument, table: HolidayTable | None, day: int) -> DayPlan:
    """The plan of a date. The organisation's own dates take precedence over the holiday table.

    `day`: the date as `date.toordinal()`.
    """
    if day in document.closed:
        return DayPlan((), "own_closure")
    if day in document.overrides:
        hours = document.overrides[day]
        return DayPlan(hours, "own_opening" if hours else "own_closure")
    if table and day in table.worked:
        return _swapped(document, table.worked[day], day)
    if table and day in table.holidays:
        return DayPlan((), "holiday", table.holidays[day])
    return _ordinary(document, day)


def _swapped(document: CalendarDocument, name: HolidayName, day: int) -> DayPlan:
    hours = document.hours[document.swapped]
    return DayPlan(hours, "swapped", name) if hours else _ordinary(document, day)


def _ordinary(document: CalendarDocument, day: int) -> DayPlan:
    weekday = (day - 1) % 7  # 0001-01-01 was a Monday
    hours = document.hours[weekday]
    if hours:
        return DayPlan(hours, "regular")
    return DayPlan((), "weekend" if weekday >= _SATURDAY else "closed_day")
