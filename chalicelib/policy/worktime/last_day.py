"""The calendar's rules for the last day of a limit: `last_day` and `calendar_days_end`."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from chalicelib.instants import Instant
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.day_numbers import DayNumber, carry_working, carry_working_back
from chalicelib.policy.worktime.year import Year


class DayEnd(NamedTuple):
    """When a limit ends. `year` is the last year whose holidays it depends on; `begin` is that of its final day."""

    at: Instant
    year: int
    begin: Instant = 0


def end_of_last_day(calendar: Calendar, day: DayNumber, start: Instant) -> DayEnd:
    """The end of a limit in calendar days whose count ends with this day.

    It always lies after the start: a rule that would end the limit before is left out.
    """
    document = calendar.document
    year, at = day
    begin, midnight = year.dawns[at], year.dawn_after(at)
    if document.last_day == "same day" and document.calendar_days_end == "midnight":
        return DayEnd(midnight, 0, begin)
    working = bisect_left(year.begins, begin)
    if working < len(year.begins) and year.begins[working] == begin:
        return _end_of_working(calendar, (year, working), start)
    if document.last_day == "next working day":
        return _end_of_working(calendar, carry_working(calendar, year, working), start)
    if document.last_day == "previous working day":
        before = _end_of_working(calendar, carry_working_back(calendar, year, working - 1), start)
        if start < before.at <= midnight:
            return before._replace(year=year.number)
    return DayEnd(midnight, year.number, begin)


def _end_of_working(calendar: Calendar, day: DayNumber, start: Instant) -> DayEnd:
    year, at = day
    closes = calendar.document.calendar_days_end == "close" and year.lasts[at] > start
    return DayEnd((year.lasts if closes else year.ends)[at], year.number, year.begins[at])


def last_working_before(calendar: Calendar, instant: Instant) -> Instant:
    """The begin of the last working day that begins before the instant."""
    year: Year = calendar.year_at(instant)
    year, at = carry_working_back(calendar, year, bisect_left(year.begins, instant) - 1)
    return year.begins[at]
