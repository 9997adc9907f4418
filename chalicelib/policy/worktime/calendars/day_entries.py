"""Entries of a calendar's `closed` and `open`: dates, ranges of dates, and rules for days that return.

Dates are ordinals (`date.toordinal`).
"""

from __future__ import annotations

import re
from abc import abstractmethod
from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar

import msgspec

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""
MonthDay = tuple[int, int]
_ORDER = ("1st", "2nd", "3rd", "4th", "5th", "last")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = r"20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
MONTH_DAY = r"[0-9][0-9]-[0-9][0-9]"
OF_MONTH = rf"({'|'.join(_ORDER)}) ({'|'.join(WEEKDAYS)})(?: of ({'|'.join(_MONTHS)}))?"
FROM_EASTER = r"easter(?: ([+-]) ([1-9][0-9]{0,2}))?"


class DayEntry(msgspec.Struct, frozen=True):
    """Its text is the entry as authors write it."""

    is_rule: ClassVar[bool] = True

    @abstractmethod
    def of_year(self, year: int) -> Iterator[range]:
        """The days that belong to the year. Some may lie in the year before or after it."""

    def days_in(self, year: int) -> Iterator[range]:
        """Each run of days that overlaps the year, without the days of other years."""
        first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        for number in (year - 1, year, year + 1):
            for days in self.of_year(number):
                yield range(max(days.start, first), min(days.stop, after))

    def all_days(self) -> Iterator[range]:
        """Each run of days in 2000-2099."""
        return (days for year in range(2000, 2100) for days in self.of_year(year))


class Dates(DayEntry, frozen=True):
    """A date, or all dates from one to another."""

    is_rule: ClassVar[bool] = False
    first: int
    last: int

    def of_year(self, year: int) -> Iterator[range]:
        if date.fromordinal(self.first).year == year:
            yield range(self.first, self.last + 1)

    def days_in(self, year: int) -> Iterator[range]:
        first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        if self.first < after and self.last >= first:
            yield range(max(self.first, first), min(self.last + 1, after))

    def all_days(self) -> Iterator[range]:
        yield range(self.first, self.last + 1)

    def __str__(self) -> str:
        first = date.fromordinal(self.first).isoformat()
        return first if self.first == self.last else f"{first}..{date.fromordinal(self.last).isoformat()}"


class Yearly(DayEntry, frozen=True):
    """A day of each year, or a range that may run over the turn of the year.

    29 February exists in leap years only: a range that begins on it begins on 1 March in other years, and one that ends
    on it ends on 28 February.
    """

    first: MonthDay
    last: MonthDay

    def of_year(self, year: int) -> Iterator[range]:
        last_year = year + (self.last < self.first)
        before_march = self.last == _LEAP_DAY and not isleap(last_year)
        first = date(year, 3, 1) if self.first == _LEAP_DAY and not isleap(year) else date(year, *self.first)
        last = date(last_year, 2, 28) if before_march else date(last_year, *self.last)
        yield range(first.toordinal(), last.toordinal() + 1)

    def __str__(self) -> str:
        first, last = (f"{month:02}-{day:02}" for month, day in (self.first, self.last))
        return first if first == last else f"{first}..{last}"


_LEAP_DAY = (2, 29)


class OfMonth(DayEntry, frozen=True):
    """A weekday (0 is Monday) of each month, or of one month. A fifth one that the month lacks does not exist."""

    order: int
    """0 for the first; 5 for the last."""
    weekday: int
    month: int | None

    def of_year(self, year: int) -> Iterator[range]:
        for month in range(1, 13) if self.month is None else (self.month,):
            begins_on, length = monthrange(year, month)
            day = 1 + (self.weekday - begins_on) % 7 + 7 * min(self.order, 4)
            if self.order == _LAST and day > length:
                day -= 7
            if day <= length:
                found = date(year, month, day).toordinal()
                yield range(found, found + 1)

    def __str__(self) -> str:
        month = "" if self.month is None else f" of {_MONTHS[self.month - 1]}"
        return f"{_ORDER[self.order]} {WEEKDAYS[self.weekday]}{month}"


_LAST = _ORDER.index("last")


class FromEaster(DayEntry, frozen=True):
    """So many days after Easter Sunday of the Gregorian calendar; before it if negative."""

    days: int

    def of_year(self, year: int) -> Iterator[range]:
        found = easter(year) + self.days
        yield range(found, found + 1)

    def __str__(self) -> str:
        return "easter" if not self.days else f"easter {'+' if self.days > 0 else '-'} {abs(self.days)}"


MOST_FROM_EASTER = 300
"""Days. With it, a day belongs to Easter of its own year or of a year beside it."""


def easter(year: int) -> int:
    """Easter Sunday, by the algorithm of Meeus (Astronomical Algorithms, 1991, chapter 8)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1).toordinal()


def parse_entry(value: Any) -> DayEntry | None:
    """Reads an entry as text, or a `date`; None for any other value. A range may run backwards."""
    text = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
    if not isinstance(text, str):
        return None
    first, dots, last = text.partition("..")
    ends = [first, last if dots else first]
    if all(re.fullmatch(DATE, end) for end in ends):
        days = [day for end in ends if (day := _ordinal(end)) is not None]
        return Dates(*days) if len(days) == len(ends) else None
    if all(re.fullmatch(MONTH_DAY, end) for end in ends):
        days = [day for end in ends if (day := _ordinal(f"2000-{end}")) is not None]  # a leap year
        return Yearly(*map(_month_day, days)) if len(days) == len(ends) else None
    if match := re.fullmatch(OF_MONTH, text):
        month = _MONTHS.index(match[3]) + 1 if match[3] else None
        return OfMonth(_ORDER.index(match[1]), WEEKDAYS.index(match[2]), month)
    if (match := re.fullmatch(FROM_EASTER, text)) and int(match[2] or 0) <= MOST_FROM_EASTER:
        return FromEaster(int(f"{match[1] or ''}{match[2] or 0}"))
    return None


def _ordinal(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _month_day(day: int) -> MonthDay:
    found = date.fromordinal(day)
    return found.month, found.day
