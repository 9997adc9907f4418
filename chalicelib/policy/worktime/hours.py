"""Reads opening hours (`09:00-12:00` or `["09:00", "12:00"]`), weekdays and ranges of weekdays, and dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from chalicelib.kit.problem import Text
from chalicelib.policy.worktime.document import WEEKDAYS, FaultCollector, Intervals, Path

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
