"""A reader who has nothing but a `because`: no calendar, no policy, no code of the product. It goes minute by minute.

What it believes is `timezone`, `limit`, `start`, `day_ends`, the stretches and, for limits in days, when the last day
closes. It never looks at `end`: that is what it works out.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.unit.worktime.slow_reader import Minute, resolve

Because = dict[str, Any]
_ELAPSED = {"minute": 1, "hour": 60, "day": 1_440, "week": 10_080}


@dataclass(frozen=True)
class Skipped:
    """Minutes from one until before the other; None: still open. `sums`: more than one, told by what they add up to."""

    begin: Minute
    end: Minute | None
    length: int
    days: int
    sums: bool


def due_by_hand(because: Because) -> Minute | None:
    """The due time in minutes since the epoch; None while paused or without a limit."""
    words = because["limit"].split()
    if because["limit"] == "none":
        return None
    if because["limit"] == "same working day":
        return _closing(because, 1, from_start=True)
    count, unit = int(words[0]), words[-1].removesuffix("s")
    if words[1] == "working" and unit == "day":
        return _closing(because, count, from_start=False)
    if unit == "month":
        return _after(because, _months_later(because, count) - _minute(because["start"]))
    return _after(because, count * _ELAPSED[unit])


def _minute(text: str) -> Minute:
    seconds = datetime.fromisoformat(text).timestamp()
    assert seconds % 60 == 0
    return int(seconds) // 60


def _stretches(because: Because) -> list[Skipped]:
    return [
        Skipped(
            begin=_minute(one["from"]),
            end=one["until"] and _minute(one["until"]),
            length=(one["ms"] or 0) // 60_000,
            days=one.get("days", 0),
            sums=one["times"] > 1,
        )
        for one in because["stretches"]
    ]


def _paused(stretches: list[Skipped]) -> bool:
    return any(one.end is None for one in stretches)


def _after(because: Because, budget: int) -> Minute | None:
    """Where the budget is used up, when no minute of a stretch uses any of it."""
    minute, stretches = _minute(because["start"]), _stretches(because)
    if _paused(stretches):
        return None
    if any(one.sums for one in stretches):
        return minute + budget + sum(one.length for one in stretches)
    begins = {one.begin: one for one in stretches}
    while budget > 0:
        stretch = begins.get(minute)
        if stretch is None:
            minute, budget = minute + 1, budget - 1
        else:
            assert stretch.end is not None
            minute = stretch.end
    return minute


def _closing(because: Because, count: int, *, from_start: bool) -> Minute | None:
    """The closing of the last of so many days, when none that lies in a stretch is one of them."""
    zone, minute = ZoneInfo(because["timezone"]), _minute(because["start"])
    stretches = _stretches(because)
    if _paused(stretches):
        return None
    summed = any(one.sums for one in stretches)
    left = count + sum(one.days for one in stretches) if summed else count
    begins = {} if summed else {one.begin: one for one in stretches}
    day = None if from_start else _local(zone, minute)
    while True:
        stretch = begins.get(minute)
        if stretch is not None:
            assert stretch.end is not None
            minute, day = stretch.end, _local(zone, stretch.end - 1)
        elif day is None or _local(zone, minute) > day:
            day, left = _local(zone, minute), left - 1
            if left == 0:
                return _told_closing(because, zone, day)
        else:
            minute += 1


def _told_closing(because: Because, zone: ZoneInfo, day: date) -> Minute:
    assert because["closing"]["date"] == day.isoformat()
    hour, minute = map(int, because["closing"]["at"].split(":"))
    return resolve(zone, datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute))


def _local(zone: ZoneInfo, minute: Minute) -> date:
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(zone).date()


def _months_later(because: Because, count: int) -> Minute:
    """The same time of the same day of the month, or of the month's last day."""
    zone = ZoneInfo(because["timezone"])
    wall = datetime.fromtimestamp(_minute(because["start"]) * 60, UTC).astimezone(zone).replace(tzinfo=None)
    year, month = divmod(wall.year * 12 + wall.month - 1 + count, 12)
    day = min(wall.day, calendar.monthrange(year, month + 1)[1])
    return resolve(zone, wall.replace(year=year, month=month + 1, day=day))
