"""How long it is until a due time, or how late it is: in open time if the limit counts that."""

from __future__ import annotations

from typing import Literal, NamedTuple

from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.calendars.open_time import measure
from chalicelib.policy.worktime.zone import wall_clock
from chalicelib.web.pages.reader import Reader

Group = Literal["late", "today", "later"]


class TimeLeft(NamedTuple):
    """`group`: whether the due time has passed, is today in the calendar's zone, or comes later."""

    text: str
    group: Group


class OpenStretch(NamedTuple):
    """`is_working`: it is open time. A day of that is the longest day of the usual week."""

    days: int
    hours: int
    minutes: int
    is_working: bool


def time_left(policy: Policy, reader: Reader, clock: str, due: Instant, now: Instant) -> TimeLeft:
    """The two largest units, such as 还剩 2 天 6 小时."""
    found = stretch(policy, clock, min(now, due), max(now, due))
    amount = _amount(reader, found)
    if due < now:
        return TimeLeft(reader.text("time_left.late", amount=amount), "late")
    is_today = _is_today(policy.calendar, due, now)
    return TimeLeft(reader.text("time_left.left", amount=amount), "today" if is_today else "later")


def stretch(policy: Policy, clock: str, begin: Instant, end: Instant) -> OpenStretch:
    """In open time if the clock's limit counts that."""
    calendar, is_working = policy.calendar, _counts_open_time(policy, clock)
    counted = measure(calendar, begin, end) if is_working else end - begin
    days, rest = divmod(counted, _longest_day(calendar) if is_working else DAY)
    return OpenStretch(days, rest // HOUR, rest % HOUR // MINUTE, is_working)


def _counts_open_time(policy: Policy, clock: str) -> bool:
    """False for a clock that the policy no longer has, and for one whose due time is stated."""
    compiled = policy.clocks.get(clock)
    return compiled is not None and any(rule.limit.is_working for rule in compiled.rules)


def _longest_day(calendar: Calendar) -> int:
    return max(sum(until - since for since, until in hours) for hours in calendar.document.hours) * MINUTE


def _is_today(calendar: Calendar, due: Instant, now: Instant) -> bool:
    """A due time at 24:00 belongs to the day that ends then."""
    return wall_clock(calendar.zone, due - 1).date() <= wall_clock(calendar.zone, now).date()


def _amount(reader: Reader, found: OpenStretch) -> str:
    parts = {"days": found.days, "hours": found.hours, "minutes": 0 if found.days else found.minutes}
    said = [reader.text(f"time_left.{unit}", number=number) for unit, number in parts.items() if number]
    return " ".join(said[:2]) or reader.text("time_left.minutes", number=0)
