"""Working days and calendar days by number: a year, and the day's number in that year's lists. When such a day ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import NamedTuple

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from chalicelib.policy.worktime.calendars.year import Year

DayNumber = tuple[Year, int]
"""Before it is carried into its year, the number may lie outside of the year's list."""


class BeyondCalendar(Exception):
    """The calculation leaves the last year of calendars."""


def carry_working(calendar: Calendar, year: Year, at: int) -> DayNumber:
    """Moves the number of a working day past the year's last into later years. Raises `BeyondCalendar`."""
    while at >= len(year.begins):
        at -= len(year.begins)
        year = _next(calendar, year)
    return year, at


def carry_calendar(calendar: Calendar, year: Year, at: int) -> DayNumber:
    """The same for the number of a calendar day."""
    while at >= len(year.dawns):
        at -= len(year.dawns)
        year = _next(calendar, year)
    return year, at


def carry_working_back(calendar: Calendar, year: Year, at: int) -> DayNumber:
    """Moves a number below 0 into earlier years; stops at the first day of `FIRST_YEAR`."""
    while at < 0:
        if year.number == FIRST_YEAR:
            return year, 0
        budget.spend()
        year = calendar.year(year.number - 1)
        at += len(year.begins)
    return year, at


def carry_calendar_back(calendar: Calendar, year: Year, at: int) -> DayNumber:
    """The same for the number of a calendar day."""
    while at < 0:
        if year.number == FIRST_YEAR:
            return year, 0
        budget.spend()
        year = calendar.year(year.number - 1)
        at += len(year.dawns)
    return year, at


def _next(calendar: Calendar, year: Year) -> Year:
    if year.number == LAST_YEAR:
        raise BeyondCalendar
    budget.spend()
    return calendar.year(year.number + 1)


def first_working_after(calendar: Calendar, instant: Instant) -> DayNumber:
    """The first working day that begins after the instant."""
    year = calendar.year_at(instant)
    return carry_working(calendar, year, bisect_right(year.begins, instant))


def current_or_next_working(calendar: Calendar, instant: Instant) -> DayNumber:
    """The first working day whose last closing is after the instant."""
    year = calendar.year_at(instant)
    return carry_working(calendar, year, bisect_right(year.lasts, instant))


def calendar_day_at(calendar: Calendar, instant: Instant) -> DayNumber:
    """The calendar day that contains the instant."""
    year = calendar.year_at(instant)
    return year, bisect_right(year.dawns, instant) - 1


def calendar_day_of(calendar: Calendar, ordinal: int) -> DayNumber:
    """The calendar day with this date, or the next if the time zone skips the date."""
    number = date.fromordinal(ordinal).year
    if number > LAST_YEAR:
        raise BeyondCalendar
    year = calendar.year(number)
    return carry_calendar(calendar, year, bisect_left(year.ordinals, ordinal))


class DayEnd(NamedTuple):
    """When a limit ends. `year` is the last year whose holidays it depends on."""

    at: Instant
    year: int


def end_of_last_day(calendar: Calendar, day: DayNumber, start: Instant) -> DayEnd:
    """The end of a limit in calendar days whose count ends with this day.

    It always lies after the start: a rule that would end the limit before is left out.
    """
    document = calendar.document
    if document.last_day == "same day" and document.calendar_days_end == "midnight":
        return DayEnd(day[0].dawn_after(day[1]), 0)
    closing = document.calendar_days_end == "close"
    moved = None if document.last_day == "same day" else _moved_end(calendar, day, start, closing=closing)
    return moved or DayEnd(_day_end(calendar, day, start, closing=closing), day[0].number)


def end_of_working_day(calendar: Calendar, day: DayNumber, start: Instant) -> DayEnd:
    """The end of a limit in working days whose count ends with this working day. `last_day_of` can move it."""
    year, at = day
    closing = calendar.document.day_ends == "close"
    if calendar.last_days is not calendar:
        own = calendar_day_at(calendar, year.begins[at])
        if (moved := _moved_end(calendar, own, start, closing=closing)) is not None:
            return moved
    return DayEnd((year.lasts if closing else year.ends)[at], year.number)


def _moved_end(calendar: Calendar, day: DayNumber, start: Instant, *, closing: bool) -> DayEnd | None:
    """The end of the day to which `last_day` moves this calendar day; None if it stays."""
    (year, at), days = day, calendar.last_days
    of_days = days.year(year.number)
    working = bisect_left(of_days.begins, year.dawns[at])
    if working < len(of_days.begins) and of_days.begins[working] == year.dawns[at]:
        return None
    if calendar.document.last_day == "next working day":
        of_days, working = carry_working(days, of_days, working)
        moved = calendar_day_at(calendar, of_days.begins[working])
        return DayEnd(_day_end(calendar, moved, start, closing=closing), of_days.number)
    of_days, working = carry_working_back(days, of_days, working - 1)
    end = _day_end(calendar, calendar_day_at(calendar, of_days.begins[working]), start, closing=closing)
    return DayEnd(end, year.number) if start < end <= year.dawn_after(at) else None


def _day_end(calendar: Calendar, day: DayNumber, start: Instant, *, closing: bool) -> Instant:
    """24:00 or, with `closing`, the closing time of a working day, unless it has passed when the limit starts."""
    year, at = day
    working = bisect_left(year.begins, year.dawns[at]) if closing else len(year.begins)
    is_working = working < len(year.begins) and year.begins[working] == year.dawns[at]
    return year.lasts[working] if is_working and year.lasts[working] > start else year.dawn_after(at)
