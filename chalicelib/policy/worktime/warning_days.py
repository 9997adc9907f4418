"""Counts working or calendar days backwards from a due time, by the rules of `due_days`.

If the beginning of the first day lies in a pause, that day is removed too.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.counted_days import CalendarDays, CountedDays, WorkingDays
from chalicelib.policy.worktime.day_numbers import DayNumber, calendar_day_at, calendar_day_of
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.pauses import EndedPauses
from chalicelib.policy.worktime.zone import months_later


class _Back(NamedTuple):
    """The day counted back to without pauses, and the instant before which days begin that pauses can remove."""

    days: CountedDays
    first: DayNumber
    ceiling: Instant


def begin_before(calendar: Calendar, limit: Limit, due: Instant, ended: EndedPauses) -> Instant:
    """The beginning of the Nth day before the day of the due time. A due time at 24:00 belongs to the day it ends."""
    back = _working_days(calendar, limit, due) if limit.kind == "working_days" else _calendar(calendar, limit, due)
    return _begin(back, ended)


def _working_days(calendar: Calendar, limit: Limit, due: Instant) -> _Back:
    days = WorkingDays(calendar, at_midnight=False)
    year = calendar.year_at(due - 1)
    at = bisect_left(year.ends, due)
    ceiling = days.begin(days.carry_back(year, at - 1)) + 1
    return _Back(days, days.carry_back(year, at - limit.amount), ceiling)


def _calendar(calendar: Calendar, limit: Limit, due: Instant) -> _Back:
    days = CalendarDays(calendar, due)
    year, at = calendar_day_at(calendar, due - 1)
    if limit.kind == "calendar_days":
        return _Back(days, days.carry_back(year, at - limit.amount), year.dawns[at])
    first = calendar_day_of(calendar, months_later(year.ordinals[at], -limit.amount))
    return _Back(days, first, year.dawns[at])


def _begin(back: _Back, ended: EndedPauses) -> Instant:
    days, first, ceiling = back
    for begin, until in reversed(days.joined(ended)):
        budget.spend()
        if until is None or until <= days.opening(first):
            break
        removed = days.removed(begin, until, ceiling=ceiling)
        if removed.number and days.begin(first) < removed.past:
            first = days.carry_back(first[0], first[1] - removed.number)
        while begin <= days.opening(first) < until:
            first = days.carry_back(first[0], first[1] - 1)
            if removed.first <= days.begin(first) < removed.past:
                first = _before(days, removed.first)
        ceiling = min(ceiling, removed.first)
    return days.opening(first)


def _before(days: CountedDays, instant: Instant) -> DayNumber:
    year, at = days.first_from(instant)
    return days.carry_back(year, at - 1)
