"""Arithmetic with a calendar's open time, across years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from chalicelib.instants import Instant
from chalicelib.policy.worktime.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from chalicelib.policy.worktime.year import Year


def advance(calendar: Calendar, start: Instant, amount: int) -> tuple[Instant, int]:
    """The first instant by which `amount` (ms, above 0) of open time has passed since the start, and its year."""
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
"""A working day: its year and its number there, which may run past the year's last until it is settled."""


def first_day_after(calendar: Calendar, instant: Instant) -> WorkingDay:
    """The first working day that begins after the instant's own day."""
    year = calendar.year_at(instant)
    return carry_forward(calendar, year, bisect_right(year.begins, instant))


def current_or_next_day(calendar: Calendar, instant: Instant) -> WorkingDay:
    """The first working day that has not closed yet."""
    year = calendar.year_at(instant)
    return carry_forward(calendar, year, bisect_right(year.lasts, instant))


def carry_forward(calendar: Calendar, year: Year, at: int) -> WorkingDay:
    """Carry a day's number over into the years where it lies; past the last year, that year's last day."""
    while at >= len(year.begins):
        if year.number == LAST_YEAR:
            return year, len(year.begins) - 1
        at -= len(year.begins)
        year = calendar.year(year.number + 1)
    return year, at


def carry_back(calendar: Calendar, year: Year, at: int) -> WorkingDay:
    """The same for numbers below 0."""
    while at < 0:
        if year.number == FIRST_YEAR:
            return year, 0
        year = calendar.year(year.number - 1)
        at += len(year.begins)
    return year, at


def touched_days_from(calendar: Calendar, begin: Instant, end: Instant, floor: Instant) -> tuple[int, Instant]:
    """How many working days that begin at `floor` or later [begin, end) touches, and a floor past the last of them.

    Touching means in the day's open time, or at all where days end at midnight.
    """
    count, past = 0, floor
    for year, first, after in _touched(calendar, begin, end):
        first = max(first, bisect_left(year.begins, floor))
        if first < after:
            count += after - first
            past = year.begins[after - 1] + 1
    return count, past


def touched_days_before(calendar: Calendar, begin: Instant, end: Instant, ceiling: Instant) -> tuple[int, Instant]:
    """How many working days that begin before `ceiling` [begin, end) touches, and the ceiling below them."""
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
