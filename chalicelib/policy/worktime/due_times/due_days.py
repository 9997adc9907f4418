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


def working_days(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], own: Instant) -> DueTime:
    """`own`, here and below: an instant of the day to which the start belongs."""
    if limit.first_day:
        year, at = calendar_day_at(calendar, own)
        own = year.dawns[at] - 1
    year, at = first_working_after(calendar, own)
    last = carry_working(calendar, year, at + limit.amount - 1)
    end = end_of_working_day(calendar, last, start)
    if end.at <= start:  # its first day is over, so that the next one is the first
        year, at = last = carry_working(calendar, year, at + 1)
        end = end_of_working_day(calendar, last, start)
    if pauses:
        from chalicelib.policy.worktime.due_times.counted_days import WorkingDays

        return _end(WorkingDays(calendar, start), last, year.begins[at], pauses)
    return DueTime(end.at, end.year > calendar.last_days_known_through)


def same_working_day(calendar: Calendar, _: Limit, start: Instant, pauses: Sequence[Pause], __: Instant) -> DueTime:
    year, at = last = current_or_next_working(calendar, start)
    if pauses:
        from chalicelib.policy.worktime.due_times.counted_days import WorkingDays

        return _end(WorkingDays(calendar, start, same_day=True), last, year.begins[at], pauses)
    return DueTime(year.lasts[at], year.number > calendar.official_through)


def calendar_days(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], own: Instant) -> DueTime:
    year, at = calendar_day_at(calendar, own)
    if limit.first_day and not _is_over(calendar, (year, at), limit, start):
        last = carry_calendar(calendar, year, at + limit.amount - 1)
        return _end_of_calendar(calendar, start, last, year.dawns[at], pauses)
    last = carry_calendar(calendar, year, at + limit.amount)
    return _end_of_calendar(calendar, start, last, year.dawn_after(at), pauses)


def _is_over(calendar: Calendar, own: DayNumber, limit: Limit, start: Instant) -> bool:
    """True if the limit would end with its first day, at or before the start."""
    return limit.is_one_day and end_of_last_day(calendar, own, start).at <= start


def calendar_months(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], own: Instant) -> DueTime:
    """Pauses move the last day by the days that they remove, as if the days of the months had been counted."""
    year, at = calendar_day_at(calendar, own)
    last = calendar_day_of(calendar, last_of_months(limit, year.ordinals[at]))
    return _end_of_calendar(calendar, start, last, year.dawns[at] if limit.first_day else year.dawn_after(at), pauses)


def last_of_months(limit: Limit, own: int) -> int:
    """The ordinal of the last day of calendar months from the day with this ordinal.

    Including the first day, it is the day before the one with the same number; if the month has none, its last day.
    """
    last = months_later(own, limit.amount)
    return last - (limit.first_day and date.fromordinal(last).day == date.fromordinal(own).day)


def same_day(calendar: Calendar, _: Limit, start: Instant, pauses: Sequence[Pause], __: Instant) -> DueTime:
    """A start at 24:00 has the day that begins: otherwise it would be due at once."""
    year, at = calendar_day_at(calendar, start)
    return _end_of_calendar(calendar, start, (year, at), year.dawns[at], pauses)


def until_date(calendar: Calendar, limit: Limit, start: Instant, _: Sequence[Pause], own: Instant) -> DueTime:
    """A pause never moves it."""
    year, at = calendar_day_at(calendar, own)
    last = calendar_day_of(calendar, next_date(limit, year.ordinals[at]))
    return _end_of_calendar(calendar, start, last, year.dawns[at], ())


def _end_of_calendar(
    calendar: Calendar, start: Instant, last: DayNumber, floor: Instant, pauses: Sequence[Pause]
) -> DueTime:
    if pauses:
        from chalicelib.policy.worktime.due_times.counted_days import CalendarDays

        return _end(CalendarDays(calendar, start), last, floor, pauses)
    end = end_of_last_day(calendar, last, start)
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
