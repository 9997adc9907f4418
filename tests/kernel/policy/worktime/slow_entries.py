"""The slow reader's rules for the entries of `closed` and `open`, written from their text alone: is this day in it?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

_ORDER = ("1st", "2nd", "3rd", "4th", "5th")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEK = timedelta(days=7)


def first_with(entries: Iterable[str], day: date, *, dated: bool) -> str | None:
    """The first entry that has the day, of the dated ones or of the others."""
    return next((one for one in entries if _is_dated(one) is dated and lies_in(one, day)), None)


def _is_dated(entry: str) -> bool:
    return entry.startswith("20")


def lies_in(entry: str, day: date) -> bool:
    if _is_dated(entry):
        first, _, last = entry.partition("..")
        return first <= day.isoformat() <= (last or first)
    if entry.startswith("easter"):
        return any(day == easter(year) + timedelta(days=_days(entry)) for year in range(day.year - 1, day.year + 2))
    if re.match("[0-9][0-9]-", entry):
        return _in_year(entry, f"{day:%m-%d}")
    return _is_of_month(entry.split(), day)


def _days(entry: str) -> int:
    return int(entry.removeprefix("easter").replace(" ", "") or 0)


def _in_year(entry: str, day: str) -> bool:
    """As texts: in years without 29 February, 28 February comes before it and 1 March after it."""
    first, _, last = entry.partition("..")
    last = last or first
    return first <= day <= last if first <= last else day >= first or day <= last


def _is_of_month(words: list[str], day: date) -> bool:
    order, weekday = words[:2]
    if _WEEKDAYS[day.weekday()] != weekday or (len(words) == 4 and MONTHS[day.month - 1] != words[3]):
        return False
    if order == "last":
        return (day + _WEEK).month != day.month
    return (day - _ORDER.index(order) * _WEEK).month == day.month != (day - (_ORDER.index(order) + 1) * _WEEK).month
