"""Reads a calendar document, as an author writes it or in canonical form, and reports all of its faults.

Opening hours are `09:00-12:00` or `["09:00", "12:00"]`; weekdays may be given as ranges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, get_args
from zoneinfo import ZoneInfo

from chalicelib.kit.problem import Text
from chalicelib.policy.worktime.calendars.document import (
    WEEKDAYS,
    CalendarDaysEnd,
    CalendarDocument,
    DayEnds,
    FaultCollector,
    Intervals,
    LastDay,
    Path,
    PausedDays,
)
from chalicelib.policy.worktime.calendars.holidays import countries

MAX_INTERVALS_A_DAY = 12
"""Far more than real schedules need; it bounds the memory of a compiled year."""

_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00"
_DATE = r"20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def read_intervals(value: Any, path: Path, faults: FaultCollector) -> Intervals:
    """Returns the intervals sorted and merged; none for a day without opening hours. Adds faults to `faults`."""
    if not isinstance(value, list | tuple):
        faults.report(path, 'a list of open times is needed, such as ["09:00-12:00", "13:30-18:00"]')
        return ()
    if len(value) > MAX_INTERVALS_A_DAY:
        faults.report(path, Text("a day has at most {most} open times", most=MAX_INTERVALS_A_DAY))
        return ()
    found = [_read_interval(item, (*path, at), faults) for at, item in enumerate(value)]
    return _merge(sorted(pair for pair in found if pair), path, faults)


def _read_interval(value: Any, path: Path, faults: FaultCollector) -> tuple[int, int] | None:
    ends = value.split("-") if isinstance(value, str) else value
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        faults.report(path, 'an open time is written "09:00-12:00" or ["09:00", "12:00"]')
        return None
    opens, closes = (_read_time(end, path, faults) for end in ends)
    if opens is None or closes is None:
        return None
    if opens >= closes:
        faults.report(path, "it closes before it opens; work past midnight is two open times, to 24:00 and from 00:00")
        return None
    return opens, closes


def _read_time(value: Any, path: Path, faults: FaultCollector) -> int | None:
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(_TIME, text):
        faults.report(path, "a time of day is quoted and has two digits each, from 00:00 to 24:00")
        return None
    return int(text[:2]) * 60 + int(text[3:])


def _merge(pairs: list[tuple[int, int]], path: Path, faults: FaultCollector) -> Intervals:
    merged: list[tuple[int, int]] = []
    for opens, closes in pairs:
        if merged and opens < merged[-1][1]:
            faults.report(path, "two open times overlap")
            return ()
        if merged and opens == merged[-1][1]:
            opens = merged.pop()[0]
        merged.append((opens, closes))
    return tuple(merged)


def read_weekdays(value: Any) -> tuple[int, ...]:
    """Weekday numbers (0 is Monday) of `mon`, `mon-fri`, `fri-mon` or `mon,wed`; empty for any other value."""
    if not isinstance(value, str):
        return ()
    days: list[int] = []
    for part in value.split(","):
        first, _, last = part.strip().partition("-")
        if first not in WEEKDAYS or (last or first) not in WEEKDAYS or part.strip().endswith("-"):
            return ()
        start = WEEKDAYS.index(first)
        days += [(start + step) % 7 for step in range((WEEKDAYS.index(last or first) - start) % 7 + 1)]
    return tuple(days)


def read_date(value: Any) -> int | None:
    """The ordinal of a date in 2000-2099, given as text or as a `date`; None for any other value."""
    text = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
    if not isinstance(text, str) or not re.fullmatch(_DATE, text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


MAX_DATES = 2_000
"""The maximum number of dates in `closed`, and in `open`."""

_KEYS = (
    *("timezone", "hours", "holidays", "closed", "open", "day_ends", "swapped"),
    *("last_day", "calendar_days_end", "paused_days"),
)
_ZONE = r"[A-Za-z][A-Za-z0-9_+-]{1,31}(/[A-Za-z0-9_+-]{1,31}){0,2}"
_MACHINE_ZONES = ("localtime", "posixrules", "Factory")


def read_calendar(value: Any) -> CalendarDocument:
    """Reads a calendar from a decoded JSON value.

    If the value is invalid in any way, raises `CalendarFault`, which lists all faults, and no other exception.
    """
    faults = FaultCollector()
    if not isinstance(value, Mapping):
        faults.report((), "a calendar is an object with timezone and hours")
        faults.raise_if_any()
    for key in value:
        if key not in _KEYS:
            faults.report((_key(key),), Text("unknown; a calendar has {known}", known=", ".join(_KEYS)))
    closed = _read_closed(value.get("closed"), faults)
    hours = _read_hours(value.get("hours"), faults)
    document = CalendarDocument(
        timezone=_read_zone(value.get("timezone"), faults),
        hours=hours,
        holidays=_read_country(value.get("holidays"), faults),
        closed=closed,
        overrides=MappingProxyType(_read_overrides(value.get("open"), closed, faults)),
        day_ends=_read_choice(value, "day_ends", DayEnds, "close", faults),
        swapped=_read_swapped(value.get("swapped"), hours, faults),
        last_day=_read_choice(value, "last_day", LastDay, "same day", faults),
        calendar_days_end=_read_choice(value, "calendar_days_end", CalendarDaysEnd, "midnight", faults),
        paused_days=_read_choice(value, "paused_days", PausedDays, "whole", faults),
    )
    faults.raise_if_any()
    return document


def _key(key: Any) -> str | int:
    return key if isinstance(key, str | int) else repr(key)


def _read_zone(value: Any, faults: FaultCollector) -> str:
    if isinstance(value, str) and re.fullmatch(_ZONE, value) and value not in _MACHINE_ZONES and _exists(value):
        return value
    faults.report(("timezone",), "an IANA time zone is needed, such as Asia/Shanghai")
    return "UTC"


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _read_hours(value: Any, faults: FaultCollector) -> tuple[Intervals, ...]:
    if not isinstance(value, Mapping):
        faults.report(("hours",), "an object from weekdays to open times is needed, such as mon-fri")
        return ((),) * 7
    hours: dict[int, Intervals] = {}
    for key, entry in value.items():
        path: Path = ("hours", _key(key))
        days = read_weekdays(key)
        if not days:
            faults.report(
                path, Text("a weekday ({known}) or a range such as mon-fri is needed", known=", ".join(WEEKDAYS))
            )
        if any(day in hours for day in days):
            faults.report(path, "a weekday is given twice")
        hours |= dict.fromkeys(days, read_intervals(entry, path, faults))
    if not any(hours.values()):
        faults.report(("hours",), "this calendar never opens: at least one weekday needs open times")
    return tuple(hours.get(day, ()) for day in range(7))


def _read_country(value: Any, faults: FaultCollector) -> str | None:
    if value is None or (isinstance(value, str) and value in countries()):
        return value
    faults.report(("holidays",), Text("null or one of {known} is needed", known=", ".join(countries())))
    return None


def _read_closed(value: Any, faults: FaultCollector) -> frozenset[int]:
    if value is None:
        return frozenset()
    if not isinstance(value, list | tuple) or len(value) > MAX_DATES:
        faults.report(("closed",), Text("a list of at most {most} dates is needed", most=MAX_DATES))
        return frozenset()
    return frozenset(
        day for at, item in enumerate(value) if (day := _read_day(item, ("closed", at), faults)) is not None
    )


def _read_overrides(value: Any, closed: frozenset[int], faults: FaultCollector) -> dict[int, Intervals]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or len(value) > MAX_DATES:
        faults.report(("open",), Text("an object from at most {most} dates to open times is needed", most=MAX_DATES))
        return {}
    overrides: dict[int, Intervals] = {}
    for key, entry in value.items():
        path: Path = ("open", _key(key))
        day = _read_day(key, path, faults)
        intervals = read_intervals(entry, path, faults)
        if day in closed:
            faults.report(path, "this date is under closed as well")
        if day is not None:
            overrides[day] = intervals
    return overrides


def _read_day(value: Any, path: Path, faults: FaultCollector) -> int | None:
    day = read_date(value)
    if day is None:
        faults.report(path, "a date from 2000-01-01 to 2099-12-31 is needed")
    return day


def _read_choice(value: Mapping[Any, Any], key: str, choices: Any, default: Any, faults: FaultCollector) -> Any:
    """One of the texts of a `Literal`."""
    chosen = value.get(key, default)
    if isinstance(chosen, str) and chosen in get_args(choices):
        return chosen
    faults.report((key,), Text("one of these is needed: {known}", known=", ".join(get_args(choices))))
    return default


def _read_swapped(value: Any, hours: tuple[Intervals, ...], faults: FaultCollector) -> int:
    if value is None:
        return WEEKDAYS.index("fri")
    if not isinstance(value, str) or value not in WEEKDAYS:
        faults.report(("swapped",), Text("a weekday is needed: {known}", known=", ".join(WEEKDAYS)))
        return WEEKDAYS.index("fri")
    if not hours[WEEKDAYS.index(value)]:
        faults.report(("swapped",), "this weekday has no open times that a swapped working day could take")
    return WEEKDAYS.index(value)
