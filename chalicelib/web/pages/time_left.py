"""How long it is until a due time, or how late it is: in open time if the limit counts that."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Literal, NamedTuple

from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.calendars.open_time import measure
from chalicelib.policy.worktime.explaining.walk import local_day
from chalicelib.policy.worktime.zone import midnight
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
    return times_left(policy, reader, now)(clock, due)


def times_left(policy: Policy, reader: Reader, now: Instant) -> Callable[[str, Instant], TimeLeft]:
    """As `time_left`, by clock and due time, for a page of many. What is the same for all is found once."""
    tomorrow = _next_day(policy.calendar, now)
    is_working, longest = cache(partial(_counts_open_time, policy)), cache(partial(_longest_day, policy.calendar))
    late, left = reader.words("time_left.late"), reader.words("time_left.left")

    def of(clock: str, due: Instant) -> TimeLeft:
        is_late, counts_open_time = due < now, is_working(clock)
        begin, end = (due, now) if is_late else (now, due)
        found = _stretch(policy.calendar, begin, end, longest() if counts_open_time else None)
        text = (late if is_late else left).format(amount=_amount(reader, found))
        return TimeLeft(text, "late" if is_late else "today" if due <= tomorrow else "later")

    return of


def stretch(policy: Policy, clock: str, begin: Instant, end: Instant) -> OpenStretch:
    """In open time if the clock's limit counts that."""
    day = _longest_day(policy.calendar) if _counts_open_time(policy, clock) else None
    return _stretch(policy.calendar, begin, end, day)


def _stretch(calendar: Calendar, begin: Instant, end: Instant, day: int | None) -> OpenStretch:
    """`day`: the open time of a day; None if all time counts."""
    counted = end - begin if day is None else measure(calendar, begin, end)
    days, rest = divmod(counted, day or DAY)
    return OpenStretch(days, rest // HOUR, rest % HOUR // MINUTE, day is not None)


def _counts_open_time(policy: Policy, clock: str) -> bool:
    """False for a clock that the policy no longer has, and for one whose due time is stated."""
    compiled = policy.clocks.get(clock)
    return compiled is not None and any(rule.limit.is_working for rule in compiled.rules)


def _longest_day(calendar: Calendar) -> int:
    return max(sum(until - since for since, until in hours) for hours in calendar.document.hours) * MINUTE


def _next_day(calendar: Calendar, now: Instant) -> Instant:
    """24:00 of the present day: a due time at it belongs to this day."""
    return midnight(calendar.zone, local_day(calendar, now) + 1)


def _amount(reader: Reader, found: OpenStretch) -> str:
    parts = {"days": found.days, "hours": found.hours, "minutes": 0 if found.days else found.minutes}
    said = [reader.text(f"time_left.{unit}", number=number) for unit, number in parts.items() if number]
    return " ".join(said[:2]) or reader.text("time_left.minutes", number=0)
