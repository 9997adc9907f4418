"""Arithmetic with a calendar's open time, across years."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from chalicelib.policy.worktime.calendars.day_numbers import BeyondCalendar, carry_working


def hours_at(calendar: Calendar, instant: Instant) -> Literal["open", "closed"]:
    """The value of `hours` in a policy's conditions.

    `open` from the first opening of a working day (inclusive) to its last closing (exclusive), including breaks.
    """
    year = calendar.year_at(instant)
    at = bisect_right(year.firsts, instant) - 1
    return "open" if at >= 0 and instant < year.lasts[at] else "closed"


def working_start(calendar: Calendar, start: Instant, *, ends_day: bool = False) -> Instant | None:
    """The opening of the next working day for a start on a closed day, or at or after the last closing of its day.

    None for any other start. `ends_day`: it is the 24:00 of a date, which moves only if this date is a closed day.
    Raises `BeyondCalendar`.
    """
    instant = start - ends_day
    year = calendar.year_at(instant)
    year, at = carry_working(calendar, year, bisect_right(year.ends if ends_day else year.lasts, instant))
    return None if year.begins[at] <= instant else year.firsts[at]


def advance(calendar: Calendar, start: Instant, amount: int) -> tuple[Instant, int]:
    """The first instant at which `amount` (ms, above 0) of open time has passed since the start, and its year.

    Raises `BeyondCalendar`.
    """
    year = calendar.year_at(start)
    position = year.position(start) + amount
    while position > year.total:
        if year.number == LAST_YEAR:
            raise BeyondCalendar
        budget.spend()
        position -= year.total
        year = calendar.year(year.number + 1)
    return year.earliest(position), year.number


def retreat(calendar: Calendar, end: Instant, amount: int) -> Instant:
    """The last instant from which `amount` (ms) of open time passes until the end; the end itself for 0."""
    if not amount:
        return end
    year = calendar.year_at(end)
    position = year.position(end) - amount
    while position < 0:
        if year.number == FIRST_YEAR:
            return year.start
        budget.spend()
        year = calendar.year(year.number - 1)
        position += year.total
    return year.latest(position)


def measure(calendar: Calendar, begin: Instant, end: Instant) -> int:
    """Open milliseconds in [begin, end)."""
    year = calendar.year_at(begin)
    passed = -year.position(begin)
    while end >= year.end and year.number < LAST_YEAR:
        budget.spend()
        passed += year.total
        year = calendar.year(year.number + 1)
    return passed + year.position(end)
