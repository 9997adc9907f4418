"""Visits calendar days one by one. Only explanations do this; due times are calculated from prefix sums."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import count

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars.calendar import Calendar, YearSource
from chalicelib.policy.worktime.calendars.document import DayPlan
from chalicelib.policy.worktime.calendars.year import open_intervals
from chalicelib.policy.worktime.zone import midnight, wall_clock

_KEPT_DAYS = 8_192
"""Twenty-two years, about 4 MB. The deadlines of one complaint visit the same days."""


class CivilDay(msgspec.Struct, frozen=True):
    """One calendar day, [begin, end), and its open times as instants. A day without open time is not a working day."""

    ordinal: int
    begin: Instant
    end: Instant
    open: list[tuple[Instant, Instant]]
    plan: DayPlan

    @property
    def date(self) -> str:
        return date.fromordinal(self.ordinal).isoformat()

    def touches(self, begin: Instant, end: Instant, *, whole_day: bool) -> bool:
        """True if [begin, end) overlaps the day's open time; with `whole_day`, if it overlaps the day at all."""
        spans = [(self.begin, self.end)] if whole_day else self.open
        return any(begin < closes and end > opens for opens, closes in spans)


def local_day(calendar: Calendar, instant: Instant) -> int:
    """The ordinal of the local date at the instant."""
    day = wall_clock(calendar.zone, instant).toordinal()
    return day + 1 if midnight(calendar.zone, day + 1) <= instant else day


def civil_days(calendar: Calendar, begin: Instant, end: Instant) -> Iterator[CivilDay]:
    """The days that overlap [begin, end), in order, without dates that the time zone skips."""
    for day in days_from(calendar, local_day(calendar, begin)):
        if day.begin >= end:
            return
        yield day


def days_from(calendar: Calendar, ordinal: int, step: int = 1) -> Iterator[CivilDay]:
    """The days from this date on; backwards with step -1. The caller ends the walk."""
    for each in count(ordinal, step):
        budget.spend()
        day = _civil_day(calendar.source, each)
        if day is not None:
            yield day


@lru_cache(maxsize=_KEPT_DAYS)
def _civil_day(source: YearSource, ordinal: int) -> CivilDay | None:
    """None for a date that the time zone skips."""
    begin, end = midnight(source.zone, ordinal), midnight(source.zone, ordinal + 1)
    if begin >= end:
        return None
    plan = source.plan(ordinal)
    return CivilDay(ordinal, begin, end, open_intervals(source.zone, ordinal, plan.hours, begin, end), plan)
