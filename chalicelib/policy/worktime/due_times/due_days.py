"""Due times of limits that end with a day.

A pause removes days from the count: those that it covers entirely (`paused_days: whole`) or touches (`touched`). For a
working day its open time decides, or the civil day where `day_ends` is midnight. If the end of the last day lies in a
pause, that day is removed too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.calendars.day_numbers import (
    DayEnd,
    DayNumber,
    calendar_day_at,
    calendar_day_of,
    carry_calendar,
    carry_working,
    current_or_next_working,
    end_of_last_day,
    end_of_working_day,
    first_working_after,
)
from chalicelib.policy.worktime.due_times.pauses import Pause
from chalicelib.policy.worktime.limit import NOT_DUE, DueTime, Limit
from chalicelib.policy.worktime.zone import months_later

if TYPE_CHECKING:
    from chalicelib.policy.worktime.due_times.counted_days import CountedDays


def working_days(
    calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], from_day_end: bool
) -> DueTime:
    year, at = first_working_after(calendar, start - from_day_end)
    last = carry_working(calendar, year, at + limit.amount - 1)
    if pauses:
        from chalicelib.policy.worktime.due_times.counted_days import WorkingDays

        return _end(WorkingDays(calendar, start), last, year.begins[at], pauses)
    return _found(calendar, end_of_working_day(calendar, last, start))


def same_working_day(calendar: Calendar, _: Limit, start: Instant, pauses: Sequence[Pause], __: bool) -> DueTime:
    year, at = last = current_or_next_working(calendar, start)
    if pauses:
        from chalicelib.policy.worktime.due_times.counted_days import WorkingDays

        return _end(WorkingDays(calendar, start, same_day=True), last, year.begins[at], pauses)
    return DueTime(year.lasts[at], year.number > calendar.official_through)


def calendar_days(
    calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], from_day_end: bool
) -> DueTime:
    year, at = calendar_day_at(calendar, start - from_day_end)
    last = carry_calendar(calendar, year, at + limit.amount)
    return _end_of_calendar(calendar, start, last, year.dawn_after(at), pauses)


def calendar_months(
    calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], from_day_end: bool
) -> DueTime:
    """Pauses move the last day by the days that they remove, as if the days of the months had been counted."""
    year, at = calendar_day_at(calendar, start - from_day_end)
    last = calendar_day_of(calendar, months_later(year.ordinals[at], limit.amount))
    return _end_of_calendar(calendar, start, last, year.dawn_after(at), pauses)


def same_day(calendar: Calendar, _: Limit, start: Instant, pauses: Sequence[Pause], __: bool) -> DueTime:
    """A start at 24:00 has the day that begins: otherwise it would be due at once."""
    year, at = calendar_day_at(calendar, start)
    return _end_of_calendar(calendar, start, (year, at), year.dawns[at], pauses)


def until_date(calendar: Calendar, limit: Limit, start: Instant, _: Sequence[Pause], from_day_end: bool) -> DueTime:
    """A pause never moves it."""
    year, at = calendar_day_at(calendar, start - from_day_end)
    last = calendar_day_of(calendar, next_date(limit, year.ordinals[at]))
    return _end_of_calendar(calendar, start, last, year.dawns[at], ())


def _end_of_calendar(
    calendar: Calendar, start: Instant, last: DayNumber, floor: Instant, pauses: Sequence[Pause]
) -> DueTime:
    if pauses:
        from chalicelib.policy.worktime.due_times.counted_days import CalendarDays

        return _end(CalendarDays(calendar, start), last, floor, pauses)
    return _found(calendar, end_of_last_day(calendar, last, start))


def _found(calendar: Calendar, end: DayEnd) -> DueTime:
    return DueTime(end.at, end.year > calendar.last_days_known_through)


def next_date(limit: Limit, day: int) -> int:
    """The ordinal of the first date of an `until` after the date with this ordinal."""
    month, number = limit.date or (1, 1)
    for year in (date.fromordinal(day).year, date.fromordinal(day).year + 1):
        if (month, number) == (2, 29):
            found = date(year, 3, 1).toordinal() - 1
        else:
            found = date(year, month, number).toordinal()
        if found > day:
            break
    return found


def _end(days: CountedDays, last: DayNumber, floor: Instant, pauses: Sequence[Pause]) -> DueTime:
    """The end of the count whose last day would be `last`. Only days from `floor` on can be removed.

    `last` moves by the days that pauses remove. `found` is the first day from `last` on whose end lies in no pause so
    far: a day that one pause excludes stays excluded, but it is counted only once.
    """
    from chalicelib.policy.worktime.due_times.counted_days import Exclusions

    found, end = last, days.end(last)
    excluded = Exclusions(days)
    for begin, until in days.joined(pauses):
        budget.spend()
        if begin >= end.at:
            break
        if until is None:
            return NOT_DUE
        removed = days.removed(begin, until, floor)
        if removed.number and removed.first <= days.begin(last):
            last = days.carry(last[0], last[1] + removed.number)
        excluded.add(begin, until, removed)
        found, end = excluded.first_allowed(max(last, found, key=days.begin))
        floor = max(floor, removed.past)
    return DueTime(end.at, end.year > days.known_through)
