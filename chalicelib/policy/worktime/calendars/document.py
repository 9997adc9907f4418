"""A validated calendar document, before the time zone is applied; its faults; and its plan of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from chalicelib.policy.worktime.calendars.day_entries import WEEKDAYS, Dates, DayEntry
from chalicelib.policy.worktime.calendars.holidays import HolidayName, HolidayTable

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
    timezone: str
    hours: tuple[Intervals, ...]
    holidays: str | None
    closed: tuple[DayEntry, ...]
    overrides: Mapping[DayEntry, Intervals]
    day_ends: DayEnds
    swapped: int
    """The weekday whose hours apply on a swapped working day; 0 is Monday."""
    last_day: LastDay
    """Where a limit in calendar days ends if its last day is not a working day."""
    calendar_days_end: CalendarDaysEnd
    paused_days: PausedDays
    """The days that a pause removes from a count of days: those that it covers, or those that it touches."""
    listed_through: int | None
    last_day_of: str | None
    """The calendar by whose working days `last_day` moves the last day; None for this one."""

    @property
    def complete_through(self) -> int | None:
        """The last year whose dates are all listed; None if no year can get more. A range is listed by its first day.

        A calendar without a holiday table has the holidays as dates: all of a year if there is one in December.
        """
        if self.listed_through is not None or self.holidays is not None:
            return self.listed_through
        firsts = [entry.first for entry in (*self.closed, *self.overrides) if isinstance(entry, Dates)]
        last = date.fromordinal(max(firsts)) if firsts else None
        return None if last is None else last.year - (last.month < 12)

    def open_times(self) -> dict[str, Any]:
        """The part of the canonical form that decides when the calendar is open."""
        value: dict[str, Any] = {
            "timezone": self.timezone,
            "hours": {day: _pairs(hours) for day, hours in zip(WEEKDAYS, self.hours, strict=True) if hours},
            "holidays": self.holidays,
            "closed": [str(entry) for entry in self.closed],
            "open": {str(entry): _pairs(hours) for entry, hours in self.overrides.items()},
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
        if self.listed_through is not None:
            value["listed_through"] = self.listed_through
        if self.last_day_of is not None:
            value["last_day_of"] = self.last_day_of
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


_CLOSED = DayPlan((), "own_closure")


def own_plans(document: CalendarDocument, year: int) -> Mapping[int, DayPlan]:
    """By ordinal: the days of the year that the organisation lists. Dates win over rules, then `open` over `closed`."""
    plans: dict[int, DayPlan] = {}
    for is_rule in (True, False):
        for closed in (entry for entry in document.closed if entry.is_rule is is_rule):
            for days in closed.days_in(year):
                plans |= dict.fromkeys(days, _CLOSED)
        for opened, hours in document.overrides.items():
            if opened.is_rule is is_rule:
                plan = DayPlan(hours, "own_opening") if hours else _CLOSED
                for days in opened.days_in(year):
                    plans |= dict.fromkeys(days, plan)
    return plans


def plan_day(document: CalendarDocument, table: HolidayTable | None, own: Mapping[int, DayPlan], day: int) -> DayPlan:
    """The plan of a date. The organisation's own days take precedence over the holiday table.

    `own`: the `own_plans` of its year. `day`: the date as `date.toordinal()`.
    """
    if day in own:
        return own[day]
    if table and day in table.worked:
        return _swapped(document, table.worked[day], day)
    if table and day in table.holidays:
        return DayPlan((), "holiday", table.holidays[day])
    return _ordinary(document, day)


def never_opens(document: CalendarDocument) -> bool:
    """True if the days that return, of a year before all dates, are closed on all of its working days."""
    if not any(entry.is_rule for entry in document.closed):
        return False
    own, days = own_plans(document, 1997), range(date(1997, 1, 1).toordinal(), date(1998, 1, 1).toordinal())
    return not any(plan_day(document, None, own, day).hours for day in days)


def _swapped(document: CalendarDocument, name: HolidayName, day: int) -> DayPlan:
    hours = document.hours[document.swapped]
    return DayPlan(hours, "swapped", name) if hours else _ordinary(document, day)


def _ordinary(document: CalendarDocument, day: int) -> DayPlan:
    weekday = (day - 1) % 7  # 0001-01-01 was a Monday
    hours = document.hours[weekday]
    if hours:
        return DayPlan(hours, "regular")
    return DayPlan((), "weekend" if weekday >= _SATURDAY else "closed_day")
