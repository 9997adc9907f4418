"""Warnings before a due time: `1 working day before`, `80 %`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from chalicelib.instants import Instant
from chalicelib.policy.worktime import open_time
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.limit import Limit, parse_limit
from chalicelib.policy.worktime.pauses import Pause, normalise_pauses, pauses_before
from chalicelib.policy.worktime.year import Year
from chalicelib.policy.worktime.zone import add_months

_PERCENT = r"([1-9][0-9]?) ?%"
_BEFORE = " before"
_HELP = 'a warning is written "2 hours before", "1 working day before" or "80 %"'


class WarningRule(msgspec.Struct, frozen=True):
    """Either a limit before the due time, or a percentage (1-99) of the time from the start to the due time."""

    before: Limit | None
    percent: int

    def __str__(self) -> str:
        return f"{self.before}{_BEFORE}" if self.before else f"{self.percent} %"


def parse_warning(text: str) -> WarningRule:
    """Raises ValueError with a message for the policy's author."""
    match = re.fullmatch(_PERCENT, text) if isinstance(text, str) else None
    if match:
        return WarningRule(None, int(match[1]))
    if not isinstance(text, str) or not text.endswith(_BEFORE):
        raise ValueError(_HELP)
    before = parse_limit(text.removesuffix(_BEFORE))
    if not before.unit:
        raise ValueError(_HELP)
    return WarningRule(before, 0)


def warning_time(
    calendar: Calendar, limit: Limit, start: Instant, due: Instant, pauses: Sequence[Pause], warn_text: str
) -> Instant:
    """The time of a warning before a due time; never before the start.

    `N ... before` counts backwards by the same rules as the limit itself:

    - paused time does not count;
    - working time counts open time only; a count that ends exactly at an opening stays at that opening;
    - working days do not count the day of the due time; the warning comes at the beginning of the Nth day: at its first
      opening, or at 00:00 where days end at midnight.

    `N %` is a share of the unpaused time from start to due time; for working limits, of the open time.
    """
    warn = parse_warning(warn_text)
    ended = pauses_before(normalise_pauses(pauses, start), due)
    if warn.before is None:
        return _share(calendar, start, due, ended, warn.percent, working=limit.is_working)
    return max(start, _before(calendar, warn.before, due, ended))


EndedPauses = list[tuple[Instant, Instant]]


def _share(
    calendar: Calendar, start: Instant, due: Instant, ended: EndedPauses, percent: int, *, working: bool
) -> Instant:
    paused = sum(_passed(calendar, begin, end, working) for begin, end in ended)
    amount = (_passed(calendar, start, due, working) - paused) * percent // 100
    if amount <= 0:
        return start
    end = _forward(calendar, start, amount, working)
    for begin, resumed in ended:
        if begin >= end:
            break
        amount += _passed(calendar, begin, resumed, working)
        end = _forward(calendar, start, amount, working)
    return end


def _passed(calendar: Calendar, begin: Instant, end: Instant, working: bool) -> int:
    return open_time.measure(calendar, begin, end) if working else end - begin


def _forward(calendar: Calendar, start: Instant, amount: int, working: bool) -> Instant:
    return open_time.advance(calendar, start, amount)[0] if working else start + amount


def _before(calendar: Calendar, limit: Limit, due: Instant, ended: EndedPauses) -> Instant:
    if limit.kind == "working_days":
        return _days_before(calendar, limit.amount, due, ended)
    if limit.kind == "working_time":
        return _time_before(calendar, limit.amount, due, ended)
    begin = add_months(calendar.zone, due, -limit.amount) if limit.kind == "months" else due - limit.amount
    for paused, resumed in reversed(ended):
        if resumed <= begin:
            break
        begin -= resumed - paused
    return begin


def _time_before(calendar: Calendar, amount: int, due: Instant, ended: EndedPauses) -> Instant:
    begin = open_time.retreat(calendar, due, amount)
    for paused, resumed in reversed(ended):
        if resumed <= begin:
            break
        amount += open_time.measure(calendar, paused, resumed)
        begin = open_time.retreat(calendar, due, amount)
    return begin


def _days_before(calendar: Calendar, count: int, due: Instant, ended: EndedPauses) -> Instant:
    """A due time at 24:00 belongs to the day that ends at that moment."""
    base = calendar.year_at(due - 1)
    after = bisect_left(base.ends, due)
    opening_times = _midnights if calendar.document.day_ends == "midnight" else _first_openings
    year, at = open_time.carry_back(calendar, base, after - 1)
    ceiling = year.begins[at] + 1
    year, at = open_time.carry_back(calendar, base, after - count)
    for paused, resumed in reversed(ended):
        if resumed <= opening_times(year)[at]:
            break
        touched, ceiling = open_time.touched_days_before(calendar, paused, resumed, ceiling)
        count += touched
        year, at = open_time.carry_back(calendar, base, after - count)
    return opening_times(year)[at]


def _midnights(year: Year) -> list[Instant]:
    return year.begins


def _first_openings(year: Year) -> list[Instant]:
    return year.firsts
