"""Calculates when a limit is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from chalicelib.instants import Instant
from chalicelib.policy.worktime import open_time
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.pauses import Pause, normalise_pauses
from chalicelib.policy.worktime.zone import add_months


class DueTime(msgspec.Struct, frozen=True):
    """`due` is None for the limit `none` and while a pause is open.

    `provisional` is True if the calculation needs a year whose holidays are not published yet.
    """

    due: Instant | None
    provisional: bool


NOT_DUE = DueTime(None, False)


def due_time(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause] = ()) -> DueTime:
    """The due time of a limit that starts in 2000-2099.

    Pauses are half-open and may overlap. A pause that begins at or after the due time changes nothing. Otherwise:

    - limits in seconds to months move by the paused time before the due time;
    - working minutes and hours move by the open part of that time;
    - working days do not count a day if a pause touches its open time (or the day at all, where days end at midnight).
      This includes the current day of `same working day`.
    """
    return _BY_KIND[limit.kind](calendar, limit, start, normalise_pauses(pauses, start) if pauses else ())


def _elapsed(_: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    return _extended(start + limit.amount, pauses)


def _months(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    return _extended(add_months(calendar.zone, start, limit.amount), pauses)


def _extended(end: Instant, pauses: Sequence[Pause]) -> DueTime:
    for begin, until in pauses:
        if begin >= end:
            break
        if until is None:
            return NOT_DUE
        end += until - begin
    return DueTime(end, False)


def _working_time(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    amount = limit.amount
    end, year = open_time.advance(calendar, start, amount)
    for begin, until in pauses:
        if begin >= end:
            break
        if until is None:
            return NOT_DUE
        amount += open_time.measure(calendar, begin, until)
        end, year = open_time.advance(calendar, start, amount)
    return DueTime(end, year > calendar.official_through)


def _working_days(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    first = open_time.first_day_after(calendar, start)
    return _end_of_day(calendar, first, limit.amount, pauses, at_midnight=calendar.document.day_ends == "midnight")


def _same_working_day(calendar: Calendar, _: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    first = open_time.current_or_next_day(calendar, start)
    return _end_of_day(calendar, first, 1, pauses, at_midnight=False)


def _end_of_day(
    calendar: Calendar, first: open_time.WorkingDay, count: int, pauses: Sequence[Pause], *, at_midnight: bool
) -> DueTime:
    """The end of the `count`th working day from `first` on, not counting days that a pause touches."""
    start_year, start_at = first
    floor = start_year.begins[start_at]
    year, at = open_time.carry_forward(calendar, start_year, start_at + count - 1)
    for begin, until in pauses:
        if begin >= (year.ends if at_midnight else year.lasts)[at]:
            break
        if until is None:
            return NOT_DUE
        touched, floor = open_time.touched_days_from(calendar, begin, until, floor)
        count += touched
        year, at = open_time.carry_forward(calendar, start_year, start_at + count - 1)
    return DueTime((year.ends if at_midnight else year.lasts)[at], year.number > calendar.official_through)


def _none(_: Calendar, __: Limit, ___: Instant, ____: Sequence[Pause]) -> DueTime:
    return NOT_DUE


_BY_KIND: dict[str, Callable[[Calendar, Limit, Instant, Sequence[Pause]], DueTime]] = {
    "elapsed": _elapsed,
    "months": _months,
    "working_time": _working_time,
    "working_days": _working_days,
    "same_working_day": _same_working_day,
    "none": _none,
}
