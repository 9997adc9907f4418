"""Reads a calendar document, as an author writes it or in canonical form, and reports all of its faults.

Opening hours are `09:00-12:00` or `["09:00", "12:00"]`; weekdays may be given as ranges.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, get_args
from zoneinfo import ZoneInfo

from chalicelib.kit.problem import Text
from chalicelib.policy.worktime.calendars.day_entries import WEEKDAYS, Dates, DayEntry, parse_entry
from chalicelib.policy.worktime.calendars.document import (
    CalendarDaysEnd,
    CalendarDocument,
    DayEnds,
    FaultCollector,
    Intervals,
    LastDay,
    Path,
    PausedDays,
    never_opens,
)
from chalicelib.policy.worktime.calendars.holidays import countries

MAX_INTERVALS_A_DAY = 12
"""Far more than real schedules need; it bounds the memory of a compiled year."""

_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00"


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


MAX_DATES = 2_000
"""The maximum number of entries in `closed`, and in `open`."""
MAX_RULES = 40
"""The maximum number of those that return every year. It bounds the search for two on one day."""

_KEYS = (
    *("timezone", "hours", "holidays", "closed", "open", "day_ends", "swapped"),
    *("last_day", "calendar_days_end", "paused_days", "listed_through", "last_day_of"),
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
    closed = _read_closed(value.get("closed", ()), faults)
    hours = _read_hours(value.get("hours"), faults)
    document = CalendarDocument(
        timezone=_read_zone(value.get("timezone"), faults),
        hours=hours,
        holidays=_read_country(value.get("holidays"), faults),
        closed=closed,
        overrides=MappingProxyType(_read_open(value.get("open", {}), frozenset(closed), faults)),
        day_ends=_read_choice(value, "day_ends", DayEnds, "close", faults),
        swapped=_read_swapped(value.get("swapped"), hours, faults),
        last_day=_read_choice(value, "last_day", LastDay, "same day", faults),
        calendar_days_end=_read_choice(value, "calendar_days_end", CalendarDaysEnd, "midnight", faults),
        paused_days=_read_choice(value, "paused_days", PausedDays, "whole", faults),
        listed_through=_read_year(value.get("listed_through"), faults),
        last_day_of=_read_last_day_of(value, faults),
    )
    if any(hours) and never_opens(document):
        faults.report(("closed",), "these days leave no working day")
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


def _read_closed(value: Any, faults: FaultCollector) -> tuple[DayEntry, ...]:
    if not isinstance(value, list | tuple) or len(value) > MAX_DATES:
        faults.report(("closed",), Text("a list of at most {most} dates is needed", most=MAX_DATES))
        return ()
    found = {entry for at, item in enumerate(value) if (entry := _read_entry(item, ("closed", at), faults))}
    _report_many_rules(("closed",), found, faults)
    return tuple(sorted(found, key=_in_order))


def _read_open(value: Any, closed: Collection[DayEntry], faults: FaultCollector) -> dict[DayEntry, Intervals]:
    if not isinstance(value, Mapping) or len(value) > MAX_DATES:
        faults.report(("open",), Text("an object from at most {most} dates to open times is needed", most=MAX_DATES))
        return {}
    found: dict[Path, tuple[DayEntry, Intervals]] = {}
    for key, item in value.items():
        path: Path = ("open", _key(key))
        entry, intervals = _read_entry(key, path, faults), read_intervals(item, path, faults)
        if entry in closed:
            faults.report(path, "this entry is under closed as well")
        if entry is not None:
            found[path] = entry, intervals
    _report_many_rules(("open",), [entry for entry, _ in found.values()], faults)
    for is_rule in (False, True):
        _report_clash([(entry, path) for path, (entry, _) in found.items() if entry.is_rule is is_rule], faults)
    return dict(sorted(found.values(), key=lambda one: _in_order(one[0])))


def _in_order(entry: DayEntry) -> tuple[bool, str]:
    return entry.is_rule, str(entry)


def _read_entry(value: Any, path: Path, faults: FaultCollector) -> DayEntry | None:
    entry = parse_entry(value)
    if entry is None:
        faults.report(
            path,
            "a date from 2000-01-01 to 2099-12-31, a range or a day that returns is needed: 2026-12-24, "
            "2026-12-24..2027-01-03, 12-25, 12-20..01-20, 2nd sat, last fri of aug, easter or easter + 1",
        )
    elif isinstance(entry, Dates) and entry.last < entry.first:
        faults.report(path, "this range ends before it begins")
        return None
    return entry


def _report_many_rules(path: Path, entries: Collection[DayEntry], faults: FaultCollector) -> None:
    if sum(entry.is_rule for entry in entries) > MAX_RULES:
        faults.report(path, Text("at most {most} days that return are possible", most=MAX_RULES))


def _report_clash(entries: Sequence[tuple[DayEntry, Path]], faults: FaultCollector) -> None:
    """The first day for which two entries of `open` give hours. Many rules have been reported."""
    if len(entries) > MAX_RULES and entries[0][0].is_rule:
        return
    days = sorted((run.start, run.stop, at) for at, (entry, _) in enumerate(entries) for run in entry.all_days() if run)
    for (_, end, before), (begin, _, after) in pairwise(days):
        if begin < end:
            both = {
                "first": entries[before][0],
                "second": entries[after][0],
                "day": date.fromordinal(begin).isoformat(),
            }
            faults.report(entries[after][1], Text("{first} and {second} are both on {day}", **both))
            return


def _read_choice(value: Mapping[Any, Any], key: str, choices: Any, default: Any, faults: FaultCollector) -> Any:
    """One of the texts of a `Literal`."""
    chosen = value.get(key, default)
    if isinstance(chosen, str) and chosen in get_args(choices):
        return chosen
    faults.report((key,), Text("one of these is needed: {known}", known=", ".join(get_args(choices))))
    return default


def _read_year(value: Any, faults: FaultCollector) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 2000 <= value <= 2099):
        return value
    faults.report(("listed_through",), "a year from 2000 to 2099 is needed")
    return None


def _read_last_day_of(value: Mapping[Any, Any], faults: FaultCollector) -> str | None:
    name = value.get("last_day_of")
    if name is None:
        return None
    if not isinstance(name, str):
        faults.report(("last_day_of",), "the name of a calendar is needed")
        return None
    if value.get("last_day", "same day") == "same day":
        faults.report(("last_day_of",), "last_day is needed with it: next working day or previous working day")
    return name


def _read_swapped(value: Any, hours: tuple[Intervals, ...], faults: FaultCollector) -> int:
    if value is None:
        return WEEKDAYS.index("fri")
    if not isinstance(value, str) or value not in WEEKDAYS:
        faults.report(("swapped",), Text("a weekday is needed: {known}", known=", ".join(WEEKDAYS)))
        return WEEKDAYS.index("fri")
    if not hours[WEEKDAYS.index(value)]:
        faults.report(("swapped",), "this weekday has no open times that a swapped working day could take")
    return WEEKDAYS.index(value)
