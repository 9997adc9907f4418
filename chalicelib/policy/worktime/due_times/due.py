"""Calculates when a limit is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chalicelib.kit.instants import LAST, Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars import open_time
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.calendars.day_numbers import BeyondCalendar
from chalicelib.policy.worktime.due_times import due_days
from chalicelib.policy.worktime.due_times.pauses import Pause, normalise_pauses
from chalicelib.policy.worktime.limit import BEYOND, NOT_DUE, DueTime, Limit
from chalicelib.policy.worktime.zone import add_months


def due_time(
    calendar: Calendar,
    limit: Limit,
    start: Instant,
    pauses: Sequence[Pause] = (),
    from_day_end: bool = False,
    of_date: bool = False,
) -> DueTime:
    """The due time of a limit that starts in 2000-2099.

    `from_day_end`: a start at 24:00 belongs to the day that has just ended. The system's own starts are such, and those
    of a date. `of_date`: the start is the 24:00 of a date, with which a limit that includes the first day begins.

    Pauses are half-open and may overlap. A pause that begins at or after the due time changes nothing. Otherwise:

    - limits in seconds to months move by the paused time before the due time;
    - working minutes and hours move by the open part of that time;
    - working and calendar days do not count the days that a pause removes (see `due_days`);
    - `until` never moves.
    """
    return _due(calendar, limit, start, normalise_pauses(pauses, start) if pauses else (), from_day_end, of_date)


def _due(
    calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], from_day_end: bool, of_date: bool
) -> DueTime:
    try:
        if limit.kind == "then":
            found = _in_turn(calendar, limit, start, pauses, from_day_end, of_date)
        elif limit.parts:
            found = joint(limit, [_due(calendar, part, start, pauses, from_day_end, of_date) for part in limit.parts])
        elif limit.kind in _BY_DAYS:
            own = in_first_day(limit, start, from_day_end=from_day_end, of_date=of_date)
            found = _BY_DAYS[limit.kind](calendar, limit, start, pauses, own)
        else:
            found = _BY_TIME[limit.kind](calendar, limit, start, pauses)
    except BeyondCalendar:
        return BEYOND
    return found if found.due is None or found.due < LAST else BEYOND


def _in_turn(
    calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause], from_day_end: bool, of_date: bool
) -> DueTime:
    """Each part starts at the due time of the one before, as what time starts. A pause counts in its part."""
    found: list[DueTime] = []
    for part in limit.parts:
        found.append(_due(calendar, part, start, normalise_pauses(pauses, start), from_day_end, of_date))
        if (end := found[-1].due) is None:
            break
        start, from_day_end, of_date = end, True, False
    return in_turn(found)


def in_turn(parts: Sequence[DueTime]) -> DueTime:
    """The answer for `then`, from those for its parts up to the last whose start is known."""
    last = parts[-1]
    return last if last.due is None else DueTime(last.due, any(part.provisional for part in parts))


def in_first_day(limit: Limit, start: Instant, *, from_day_end: bool, of_date: bool) -> Instant:
    """An instant of the day to which the start belongs. What time starts at 24:00 has the next day as its first one."""
    return start - (of_date if limit.first_day else from_day_end)


def joint(limit: Limit, parts: Sequence[DueTime]) -> DueTime:
    """The answer for `later of` or `earlier of`, from those for its parts."""
    due = [part.due for part in parts if part.due is not None]
    waits = limit.kind == "later_of" and len(due) < len(parts)
    if waits or not due:
        return NOT_DUE if any(part == NOT_DUE for part in parts) else BEYOND
    chosen = max(due) if limit.kind == "later_of" else min(due)
    return DueTime(chosen, any(part.provisional for part in parts if not part.beyond))


def deciding_part(limit: Limit, parts: Sequence[DueTime]) -> int | None:
    """The number of the part that decides, the first of several; None while there is no due time."""
    chosen = joint(limit, parts).due
    return None if chosen is None else [part.due for part in parts].index(chosen)


def _elapsed(_: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    return _extended(start + limit.amount, pauses)


def _months(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    return _extended(add_months(calendar.zone, start, limit.amount), pauses)


def _extended(end: Instant, pauses: Sequence[Pause]) -> DueTime:
    for begin, until in pauses:
        budget.spend()
        if begin >= end:
            break
        if until is None:
            return NOT_DUE
        end += until - begin
    return DueTime(end, False)


def _working_time(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause]) -> DueTime:
    end, year = open_time.advance(calendar, start, limit.amount)
    for begin, until in pauses:
        budget.spend()
        if begin >= end:
            break
        if until is None:
            return NOT_DUE
        paused = open_time.measure(calendar, begin, until)
        if paused:
            end, year = open_time.advance(calendar, end, paused)
    return DueTime(end, year > calendar.official_through)


def _none(_: Calendar, __: Limit, ___: Instant, ____: Sequence[Pause]) -> DueTime:
    return NOT_DUE


_BY_TIME: dict[str, Callable[[Calendar, Limit, Instant, Sequence[Pause]], DueTime]] = {
    "elapsed": _elapsed,
    "months": _months,
    "working_time": _working_time,
    "none": _none,
}
_BY_DAYS: dict[str, Callable[[Calendar, Limit, Instant, Sequence[Pause], Instant], DueTime]] = {
    "working_days": due_days.working_days,
    "same_working_day": due_days.same_working_day,
    "calendar_days": due_days.calendar_days,
    "calendar_months": due_days.calendar_months,
    "same_day": due_days.same_day,
    "until": due_days.until_date,
}
