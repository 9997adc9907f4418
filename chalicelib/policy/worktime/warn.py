"""Warnings before a due time: `1 working day before`, `80 %`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from chalicelib.instants import Instant
from chalicelib.policy.worktime import months, open_time
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.limit import Limit, parse_limit
from chalicelib.policy.worktime.pauses import Pause, normalise_pauses, pauses_before
from chalicelib.policy.worktime.year import Year

_PERCENT = r"([1-9][0-9]?) ?%"
_BEFORE = " before"
_HELP = 'a warning is written "2 hours before", "1 working day before" or "80 %"'


class WarningRule(msgspec.Struct, frozen=True):
    """Either a limit before the due time, or a share of the time until then, 1 to 99."""

    before: Limit | None
    percent: int

    def __str__(self) -> str:
        return f"{self.before}{_BEFORE}" if self.before else f"{self.percent} %"


def parse_warning(text: str) -> WarningRule:
    """Raises ValueError with a sentence for the policy's author."""
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
    """When to warn of a due time; never before the start.

    `N ... before` is the forward count seen in a mirror: paused time does not run, working time is counted backwards
    over open time (a budget that would end exactly at an opening ends there, not at the closing before), and of
    working days the day of the due time is not counted and the warning comes at the beginning of day N: its first
    opening, or 00:00 where days end at midnight. `N %` is the share of the unpaused time from start to due, open
    time for working limits.
    """
    warn = parse_warning(warn_text)
    stopped = pauses_before(normalise_pauses(pauses, start), due)
    if warn.before is None:
        return _share(calendar, start, due, stopped, warn.percent, working=limit.is_working)
    return max(start, _before(calendar, warn.before, due, stopped))


Stopped = list[tuple[Instant, Instant]]


def _share(
    calendar: Calendar, start: Instant, due: Instant, stopped: Stopped, percent: int, *, working: bool
) -> Instant:
    paused = sum(_passed(calendar, begin, end, working) for begin, end in stopped)
    amount = (_passed(calendar, start, due, working) - paused) * percent // 100
    if amount <= 0:
        return start
    end = _forward(calendar, start, amount, working)
    for begin, resumed in stopped:
        if begin >= end:
            break
        amount += _passed(calendar, begin, resumed, working)
        end = _forward(calendar, start, amount, working)
    return end


def _passed(calendar: Calendar, begin: Instant, end: Instant, working: bool) -> int:
    return open_time.measure(calendar, begin, end) if working else end - begin


def _forward(calendar: Calendar, start: Instant, amount: int, working: bool) -> Instant:
    return open_time.advance(calendar, start, amount)[0] if working else start + amount


def _before(calendar: Calendar, limit: Limit, due: Instant, stopped: Stopped) -> Instant:
    if limit.kind == "working_days":
        return _days_before(calendar, limit.amount, due, stopped)
    if limit.kind == "working_time":
        return _time_before(calendar, limit.amount, due, stopped)
    begin = months.add_months(calendar.zone, due, -limit.amount) if limit.kind == "months" else due - limit.amount
    for paused, resumed in reversed(stopped):
        if resumed <= begin:
            break
        begin -= resumed - paused
    return begin


def _time_before(calendar: Calendar, amount: int, due: Instant, stopped: Stopped) -> Instant:
    begin = open_time.retreat(calendar, due, amount)
    for paused, resumed in reversed(stopped):
        if resumed <= begin:
            break
        amount += open_time.measure(calendar, paused, resumed)
        begin = open_time.retreat(calendar, due, amount)
    return begin


def _days_before(calendar: Calendar, count: int, due: Instant, stopped: Stopped) -> Instant:
    """A due time at 24:00 belongs to the day that ends then."""
    base = calendar.year_at(due - 1)
    after = bisect_left(base.ends, due)
    opening = _midnights if calendar.document.day_ends == "midnight" else _first_openings
    year, at = open_time.carry_back(calendar, base, after - 1)
    ceiling = year.begins[at] + 1
    year, at = open_time.carry_back(calendar, base, after - count)
    for paused, resumed in reversed(stopped):
        if resumed <= opening(year)[at]:
            break
        touched, ceiling = open_time.touched_days_before(calendar, paused, resumed, ceiling)
        count += touched
        year, at = open_time.carry_back(calendar, base, after - count)
    return opening(year)[at]


def _midnights(year: Year) -> list[Instant]:
    return year.begins


def _first_openings(year: Year) -> list[Instant]:
    return year.firsts
