"""Arithmetic with a calendar's open time and working days, across years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal

from chalicelib.instants import Instant
from chalicelib.policy.worktime.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from chalicelib.policy.worktime.year import Year


def hours_at(calendar: Calendar, instant: Instant) -> Literal["open", "closed"]:
    """The value of `hours` in a policy's conditions.

    `open` from the first opening of a working day (inclusive) to its last closing (exclusive), including breaks.
    """
    year = calendar.year_at(instant)
    at = bisect_right(year.firsts, instant) - 1
    return "open" if at >= 0 and instant < year.lasts[at] else "closed"


def advance(calendar: Calendar, start: Instant, amount: int) -> tuple[Instant, int]:
    """The first instant at which `amount` (ms, above 0) of open time has passed since the start, and its year."""
    year = calendar.year_at(start)
    position = year.position(start) + amount
    while position > year.total:
        if year.number == LAST_YEAR:
            return year.end, LAST_YEAR + 1
        position -= year.total
        year = calendar.year(year.number + 1)
    return year.earliest(position), year.number


def retreat(calendar: Calendar, end: Instant, amount: int) -> Instant:
    """The last instant from which `amount` (ms, above 0) of open time passes until the end."""
    year = calendar.year_at(end)
    position = year.position(end) - amount
    while position < 0:
        if year.number == FIRST_YEAR:
            return year.start
        year = calendar.year(year.number - 1)
        position += year.total
    return year.latest(position)


def measure(calendar: Calendar, begin: Instant, end: Instant) -> int:
    """Open milliseconds in [begin, end)."""
    year = calendar.year_at(begin)
    passed = -year.position(begin)
    while end >= year.end and year.number < LAST_YEAR:
        passed += year.total
        year = calendar.year(year.number + 1)
    return passed + year.position(end)


WorkingDay = tuple[Year, int]
"""The year of a working day and its number in that year. Before `carry_forward` or `carry_back`, the number may lie
outside the year."""


def first_day_after(calendar: Calendar, instant: Instant) -> WorkingDay:
    """The first working day that begins after the instant."""
    year = calendar.year_at(instant)
    return carry_forward(calendar, year, bisect_right(year.begins, instant))


def current_or_next_day(calendar: Calendar, instant: Instant) -> WorkingDay:
    """The first working day whose last closing is after the instant."""
    year = calendar.year_at(instant)
    return carry_forward(calendar, year, bisect_right(year.lasts, instant))


def carry_forward(calendar: Calendar, year: Year, at: int) -> WorkingDay:
    """Moves a number past the year's last working day into later years; stops at the last day of `LAST_YEAR`."""
    while at >= len(year.begins):
        if year.number == LAST_YEAR:
            return year, len(year.begins) - 1
        at -= len(year.begins)
        year = calendar.year(year.number + 1)
    return year, at


def carry_back(calendar: Calendar, year: Year, at: int) -> WorkingDay:
    """Moves a number below 0 into earlier years; stops at the first day of `FIRST_YEAR`."""
    while at < 0:
        if year.number == FIRST_YEAR:
            return year, 0
        year = calendar.year(year.number - 1)
        at += len(year.begins)
    return year, at


def touched_days_from(calendar: Calendar, begin: Instant, end: Instant, floor: Instant) -> tuple[int, Instant]:
    """Counts the working days from `floor` on that [begin, end) touches, and returns a floor after the last of them.

    A day is touched if the interval overlaps its open time; where days end at midnight, if it overlaps the day at all.
    """
    count, past = 0, floor
    for year, first, after in _touched(calendar, begin, end):
        first = max(first, bisect_left(year.begins, floor))
        if first < after:
            count += after - first
            past = year.begins[after - 1] + 1
    return count, past


def touched_days_before(calendar: Calendar, begin: Instant, end: Instant, ceiling: Instant) -> tuple[int, Instant]:
    """Counts the working days before `ceiling` that [begin, end) touches, and returns a ceiling before the first."""
    count, below = 0, ceiling
    for year, first, after in _touched(calendar, begin, end):
        after = min(after, bisect_left(year.begins, ceiling))
        if first < after:
            count += after - first
            below = min(below, year.begins[first])
    return count, below


def _touched(calendar: Calendar, begin: Instant, end: Instant) -> Iterator[tuple[Year, int, int]]:
    whole_day = calendar.document.day_ends == "midnight"
    year = calendar.year_at(begin)
    while True:
        yield (year, *year.touched(begin, end, whole_day=whole_day))
        if end <= year.end or year.number == LAST_YEAR:
            return
        year = calendar.year(year.number + 1)
