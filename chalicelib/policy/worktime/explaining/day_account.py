"""The part of an explanation that only limits in days have: the last day, and how the calendar moved the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.due_times.pauses import Pause
from chalicelib.policy.worktime.due_times.term import Term
from chalicelib.policy.worktime.explaining.skipped_days import HeldDays, count_days, final_day
from chalicelib.policy.worktime.explaining.stretches import MAX_LISTED, SkippedStretch, summarise
from chalicelib.policy.worktime.explaining.walk import CivilDay, civil_days
from chalicelib.policy.worktime.zone import wall_clock


class DayAccount(msgspec.Struct, frozen=True):
    stretches: list[SkippedStretch]
    last: CivilDay | None
    """The day with which the count ended; None while paused."""
    moved: list[SkippedStretch]
    """The days from which the calendar's `last_day` moved the end."""
    held: list[HeldDays] = []

    def to_json(self, calendar: Calendar, end: Instant | None) -> dict[str, Any]:
        """`paused_days` is left out if touched days are removed."""
        value: dict[str, Any] = {} if end is None else {"closing": _closing(calendar, end)}
        if calendar.document.paused_days == "whole":
            value["paused_days"] = "whole"
        if self.moved and self.last is not None:
            days = [stretch.to_json() for stretch in summarise(self.moved)]
            value["last_day"] = {"date": self.last.date, "rule": calendar.document.last_day, "days": days}
            if calendar.document.last_day_of is not None:
                value["last_day"]["of"] = calendar.document.last_day_of
        if self.held:
            value["held"] = [days.to_json() for days in self.held[:MAX_LISTED]]
        return value


def account_of_days(term: Term, end: Instant | None, pauses: Sequence[Pause]) -> DayAccount | None:
    """None for limits that do not end with a day."""
    if not term.limit.counts_days:
        return None
    counted = count_days(term, pauses)
    moved = [] if counted.last is None or end is None else final_day(term, counted.last).moved
    return DayAccount(counted.stretches, counted.last, moved, [] if end is None else counted.held)


def _closing(calendar: Calendar, end: Instant) -> dict[str, str]:
    """The last day, and the wall-clock time of its end; 24:00 at midnight."""
    day = next(civil_days(calendar, end - 1, end))
    at = "24:00" if end == day.end else f"{wall_clock(calendar.zone, end):%H:%M}"
    return {"date": day.date, "at": at}
