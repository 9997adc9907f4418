"""Warnings before a due time: `1 working day before`, `2 calendar days before`, `80 %`."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget, open_time
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.limit_text import parse_limit
from chalicelib.policy.worktime.pauses import EndedPauses, normalise_pauses, pauses_before
from chalicelib.policy.worktime.term import Term
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


@lru_cache(maxsize=1_024)
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


def warning_time(term: Term, due: Instant, warn_text: str) -> Instant:
    """The time of a warning before a due time; never before the start.

    `N ... before` counts backwards by the same rules as the limit itself:

    - paused time does not count;
    - working time counts open time only; a count that ends exactly at an opening stays at that opening;
    - days do not count the day of the due time; the warning comes at the beginning of the Nth day: at 00:00 or, for
      working days that end at closing, at the first opening.

    `N %` is a share of the unpaused time from start to due time; for working limits, of the open time. For `later of`
    and `earlier of` the limit that decides is such a limit or not.
    """
    warn = parse_warning(warn_text)
    ended = pauses_before(normalise_pauses(term.pauses, term.start), due)
    if warn.before is None:
        return _share(term, due, ended, warn.percent)
    return max(term.start, _before(term.calendar, warn.before, due, ended))


def _share(term: Term, due: Instant, ended: EndedPauses, percent: int) -> Instant:
    calendar, working = term.calendar, term.deciding_limit().is_working
    paused = sum(_passed(calendar, begin, end, working) for begin, end in ended)
    amount = (_passed(calendar, term.start, due, working) - paused) * percent // 100
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
        from chalicelib.policy.worktime import warning_days

        return warning_days.begin_before(calendar, limit, due, ended)
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
