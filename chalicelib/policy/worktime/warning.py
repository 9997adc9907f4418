"""Warnings before a due time: `1 working day before`, `2 calendar days before`, `80 %`.

Days are counted backwards by the rules of `due_days`. If the beginning of the first day lies in a pause, that day is
removed too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars import open_time
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.calendars.day_numbers import DayNumber, calendar_day_at, calendar_day_of
from chalicelib.policy.worktime.due_times.pauses import EndedPauses, normalise_pauses, pauses_before
from chalicelib.policy.worktime.due_times.term import Term
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.limit_text import parse_limit
from chalicelib.policy.worktime.zone import add_months, months_later

if TYPE_CHECKING:
    from chalicelib.policy.worktime.due_times.counted_days import CountedDays


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
    from chalicelib.policy.worktime.due_times.counted_days import WorkingDays  # only for warnings in days and pauses

    days = WorkingDays(calendar, due)
    year = calendar.year_at(due - 1)
    at = bisect_left(year.ends, due)
    ceiling = days.begin(days.carry_back(year, at - 1)) + 1
    return _Back(days, days.carry_back(year, at - limit.amount), ceiling)


def _calendar(calendar: Calendar, limit: Limit, due: Instant) -> _Back:
    from chalicelib.policy.worktime.due_times.counted_days import CalendarDays

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
                first = _day_before(days, removed.first)
        ceiling = min(ceiling, removed.first)
    return days.opening(first)


def _day_before(days: CountedDays, instant: Instant) -> DayNumber:
    year, at = days.first_from(instant)
    return days.carry_back(year, at - 1)


_PERCENT = r"([1-9][0-9]?) ?%"
_BEFORE = " before"
_HELP = 'a warning is written "2 hours before", "1 working day before" or "80 %"'


class WarningRule(msgspec.Struct, frozen=True):
    """Either a limit before the due time, or a percentage (1-99) of the time from the start to the due time."""

    before: Limit | None
    percent: int

    def __str__(self) -> str:
        return f"{self.before}{_BEFORE}" if self.before else f"{self.percent} %"


@lru_cache(maxsize=1_024)
def parse_warning(text: str) -> WarningRule:
    """Raises ValueError with a message for the policy's author."""
    match = re.fullmatch(_PERCENT, text) if isinstance(text, str) else None
    if match:
        return WarningRule(None, int(match[1]))
    if not isinstance(text, str) or not text.endswith(_BEFORE):
        raise ValueError(_HELP)
    before = parse_limit(text.removesuffix(_BEFORE))
    if not before.unit or before.first_day:
        raise ValueError(_HELP)
    return WarningRule(before, 0)


def warning_time(term: Term, due: Instant, warn_text: str) -> Instant:
    """The time of a warning before a due time; never before the start.

    `N ... before` counts backwards by the same rules as the limit itself:

    - paused time does not count;
    - working time counts open time only; a count that ends exactly at an opening stays at that opening;
    - days do not count the day of the due time; the warning comes at the beginning of the Nth day: at 00:00 or, for
      working days that end at closing, at the first opening.

    `N %` is a share of the unpaused time from start to due time; for working limits, of the open time. For `later of`
    and `earlier of` the limit that decides is such a limit or not; for `then` all unpaused time counts.
    """
    warn = parse_warning(warn_text)
    term = term if warn.before else term.deciding()
    ended = pauses_before(normalise_pauses(term.pauses, term.start), due)
    if warn.before is None:
        return _share(term, due, ended, warn.percent)
    return max(term.start, _before(term.calendar, warn.before, due, ended))


def _share(term: Term, due: Instant, ended: EndedPauses, percent: int) -> Instant:
    calendar, working = term.calendar, term.limit.is_working
    paused = sum(_passed(calendar, begin, end, working) for begin, end in ended)
    amount = (term.used + _passed(calendar, term.start, due, working) - paused) * percent // 100 - term.used
    if amount <= 0:
        return term.start
    end = _forward(calendar, term.start, amount, working)
    for begin, resumed in ended:
        budget.spend()
        if begin >= end:
            break
        end = _forward(calendar, end, _passed(calendar, begin, resumed, working), working)
    return end


def _passed(calendar: Calendar, begin: Instant, end: Instant, working: bool) -> int:
    return open_time.measure(calendar, begin, end) if working else end - begin


def _forward(calendar: Calendar, start: Instant, amount: int, working: bool) -> Instant:
    return open_time.advance(calendar, start, amount)[0] if working and amount else start + amount


def _before(calendar: Calendar, limit: Limit, due: Instant, ended: EndedPauses) -> Instant:
    if limit.counts_days:
        return begin_before(calendar, limit, due, ended)
    if limit.kind == "working_time":
        return _time_before(calendar, limit.amount, due, ended)
    begin = add_months(calendar.zone, due, -limit.amount) if limit.kind == "months" else due - limit.amount
    for paused, resumed in reversed(ended):
        budget.spend()
        if resumed <= begin:
            break
        begin -= resumed - paused
    return begin


def _time_before(calendar: Calendar, amount: int, due: Instant, ended: EndedPauses) -> Instant:
    begin = open_time.retreat(calendar, due, amount)
    for paused, resumed in reversed(ended):
        budget.spend()
        if resumed <= begin:
            break
        begin = open_time.retreat(calendar, begin, open_time.measure(calendar, paused, resumed))
    return begin
