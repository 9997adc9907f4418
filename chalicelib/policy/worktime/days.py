"""Plans one calendar day: its opening hours and the reason for them."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.policy.worktime.document import CalendarDocument, Intervals
from chalicelib.policy.worktime.holidays import HolidayName, HolidayTable

Cause = Literal["regular", "swapped", "own_opening", "weekend", "closed_day", "holiday", "own_closure"]
"""`closed_day` is a day from Monday to Friday without opening hours."""

_SATURDAY = 5


class DayPlan(msgspec.Struct, frozen=True):
    hours: Intervals
    cause: Cause
    name: HolidayName | None = None
    """The holiday; for a swapped working day, the holiday that it compensates."""


def plan_day(document: CalendarDocument, table: HolidayTable | None, day: int) -> DayPlan:
    """The plan of a date. The organisation's own dates take precedence over the holiday table.

    `day`: the date as `date.toordinal()`.
    """
    if day in document.closed:
        return DayPlan((), "own_closure")
    if day in document.overrides:
        hours = document.overrides[day]
        return DayPlan(hours, "own_opening" if hours else "own_closure")
    if table and day in table.worked:
        return _swapped(document, table.worked[day], day)
    if table and day in table.holidays:
        return DayPlan((), "holiday", table.holidays[day])
    return _ordinary(document, day)


def _swapped(document: CalendarDocument, name: HolidayName, day: int) -> DayPlan:
    hours = document.hours[document.swapped]
    return DayPlan(hours, "swapped", name) if hours else _ordinary(document, day)


def _ordinary(document: CalendarDocument, day: int) -> DayPlan:
    weekday = (day - 1) % 7  # 0001-01-01 was a Monday
    hours = document.hours[weekday]
    if hours:
        return DayPlan(hours, "regular")
    return DayPlan((), "weekend" if weekday >= _SATURDAY else "closed_day")
