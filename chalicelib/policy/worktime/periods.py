"""Months, quarters and years of the calendar, by name. Inspections, frozen ledgers and public figures are about one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.zone import midnight

PATTERN = "^20[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$"
"""`2026`, `2026-Q3` or `2026-09`: no period is longer than a year."""
_PARTS = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q(\d)))?")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
A_DAY = timedelta(days=1)


class CalendarPeriod(msgspec.Struct, frozen=True):
    """`first` and `last`: civil days, both included."""

    name: str
    first: date
    last: date

    @property
    def step(self) -> str:
        """The dimension by which its figures are followed."""
        return "month" if (self.last - self.first).days > 31 else "week"

    @property
    def before(self) -> CalendarPeriod:
        """The period of the same length that ends on the day before."""
        every = next(name for name in _MONTHS if of_day(name, self.first).last >= self.last)
        return last_ended(every, self.first - A_DAY)

    @property
    def year_before(self) -> CalendarPeriod:
        """The same period of the year before."""
        return parse(f"{self.first.year - 1}{self.name[4:]}")

    def end(self, zone: ZoneInfo) -> Instant:
        """0:00 of the day after the last one, also if the clocks changed meanwhile."""
        return midnight(zone, self.last.toordinal() + 1)


def parse(name: str) -> CalendarPeriod:
    """Raises ValueError for a text that does not match `PATTERN`."""
    parts = _PARTS.fullmatch(name) if re.fullmatch(PATTERN, name) else None
    if parts is None:
        raise ValueError("a period is a year, a quarter or a month")
    year, month, quarter = int(parts[1]), parts[2], parts[3]
    if month:
        return _period("month", 12 * year + int(month) - 1)
    return _period("quarter", 4 * year + int(quarter) - 1) if quarter else _period("year", year)


def last_ended(every: str, day: date) -> CalendarPeriod:
    """The latest month, quarter or year whose last day is not after `day`."""
    following = of_day(every, day + A_DAY)
    return of_day(every, following.first - A_DAY)


def of_day(every: str, day: date) -> CalendarPeriod:
    """The month, quarter or year that has the day."""
    return _period(every, (12 * day.year + day.month - 1) // _MONTHS[every])


def _period(every: str, number: int) -> CalendarPeriod:
    """`number`: of the period, since the beginning of the calendar."""
    months = _MONTHS[every]
    first, following = _month(number * months), _month((number + 1) * months)
    names = {"month": f"{first:%Y-%m}", "quarter": f"{first:%Y}-Q{(first.month + 2) // 3}", "year": f"{first:%Y}"}
    return CalendarPeriod(names[every], first, following - A_DAY)


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
