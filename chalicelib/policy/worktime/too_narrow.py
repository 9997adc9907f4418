"""Calendars that open too little for a limit."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import msgspec

from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.due_times.due import due_time
from chalicelib.policy.worktime.limit import TEN_YEARS, Limit
from chalicelib.policy.worktime.zone import midnight

_LONGEST = TEN_YEARS + 31 * DAY
"""With a month's grace, because a limit of ten years may end on the next working day."""
_WEEKS = _LONGEST // (7 * DAY)
_HOLIDAYS_A_YEAR = 40
"""More than any table has."""
_FIRST, _LAST = 2000, 2088
"""The years of the starts that are tried. Later ones lead beyond the last due time."""


class TooLong(msgspec.Struct, frozen=True):
    """A start from which a limit ends more than ten years later; `due` is None beyond 2100."""

    start: Instant
    due: Instant | None


def too_narrow(calendar: Calendar, limit: Limit) -> TooLong | None:
    """A start in 2000-2088 (to the day) from which the limit would end more than ten years later, or None.

    Most calendars are wide enough by their weekly hours alone. Otherwise due times decide: as a due time never gets
    earlier with a later start, only years whose first day does not settle it are searched.
    """
    if limit.parts:
        found = [too_narrow(calendar, part) for part in limit.parts]
        if limit.kind != "earlier_of":
            return next((one for one in found if one is not None), None)
        if not all(found):
            return None
    elif _is_wide(calendar, limit):
        return None
    days = [date(year, 1, 1).toordinal() for year in range(_FIRST, _LAST + 2)]
    for first, after in pairwise(days):
        too_long = _search(calendar, limit, first, after)
        if too_long is not None:
            return too_long
    return None


def _search(calendar: Calendar, limit: Limit, first: int, after: int) -> TooLong | None:
    """A start from the first day on and before the other that is too long."""
    budget.spend()
    start, end = midnight(calendar.zone, first), midnight(calendar.zone, after)
    due = due_time(calendar, limit, start).due
    if due is None or due - start > _LONGEST:
        return TooLong(start, due)
    last = due_time(calendar, limit, end).due
    if after - first == 1 or (last is not None and last - start <= _LONGEST):
        return None
    middle = (first + after) // 2
    return _search(calendar, limit, first, middle) or _search(calendar, limit, middle, after)


def _is_wide(calendar: Calendar, limit: Limit) -> bool:
    """True if the weekly hours suffice although own days and holidays are closed. False if that is not certain."""
    document = calendar.document
    week = [sum(closes - opens for opens, closes in hours) for hours in document.hours]
    once, yearly = _lost_days(calendar)
    lost = once + yearly * (_WEEKS // 52 + 1)
    if limit.kind == "working_time":
        spare = sum(week) * _WEEKS - max(week) * lost - 60 * _WEEKS
        return limit.amount <= spare * 60_000
    if limit.kind == "working_days":
        moves = calendar.last_days is not calendar
        weeks = _WEEKS - (1 + _longest_closure(calendar.last_days) // 7 if moves else 0)
        return limit.amount <= sum(minutes > 0 for minutes in week) * weeks - lost
    if limit.is_working:
        return _nominal_days(limit) + _longest_closure(calendar) <= _LONGEST // DAY
    if limit.ends_with_calendar_day and document.last_day == "next working day":
        return _nominal_days(limit) + _longest_closure(calendar.last_days) <= _LONGEST // DAY
    return True


def _lost_days(calendar: Calendar) -> tuple[int, int]:
    """The days that can be closed in spite of their weekday: those of dates, and those of each year."""
    entries = [*calendar.document.closed, *calendar.document.overrides]
    once = sum(len(run) for entry in entries if not entry.is_rule for run in entry.all_days())
    yearly = sum(1 + sum(map(len, entry.of_year(2000))) for entry in entries if entry.is_rule)  # one more in some years
    return once, yearly + (_HOLIDAYS_A_YEAR if calendar.table else 0)


def _longest_closure(calendar: Calendar) -> int:
    """Days that can pass before a working day, at most: in them, each day that is open by its weekday is a lost one."""
    open_days = sum(map(bool, calendar.document.hours))
    once, yearly = _lost_days(calendar)
    open_a_day = open_days / 7 - yearly / 365
    return int((once + 2 * yearly + open_days) / open_a_day) + 7 if open_a_day > 0 else _LONGEST // DAY


def _nominal_days(limit: Limit) -> int:
    """Calendar days that the limit lasts at most before its end moves to a working day."""
    if limit.kind == "until":
        return 367
    return limit.amount * 31 if limit.kind == "calendar_months" else limit.amount + 1
