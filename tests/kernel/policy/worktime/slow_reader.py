"""A second reading of the rules of working time, written from their text alone: it goes from minute to minute.

Slow on purpose, and it shares no code with what it checks. Times are whole minutes since the epoch.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from tests.kernel.policy.worktime import slow_entries

Minute = int
Pauses = list[tuple[Minute, Minute | None]]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = timedelta(days=1)


@cache
def _national(country: str) -> Any:
    return holidays.country_holidays(country, years=range(2000, 2034))


def _minute(moment: datetime) -> Minute:
    return (moment - _EPOCH) // timedelta(minutes=1)


@lru_cache(maxsize=50_000)
def resolve(zone: ZoneInfo, wall: datetime) -> Minute:
    """Rule 5: of all instants at which the clock shows this, the first; where it never does, moved past the gap."""
    as_if_utc = wall.replace(tzinfo=UTC)
    around = [as_if_utc + timedelta(hours=hours) for hours in range(-30, 31, 6)]
    offsets = {moment.astimezone(zone).utcoffset() or timedelta() for moment in around}
    candidates = [as_if_utc - offset for offset in offsets]
    shown = [moment for moment in candidates if moment.astimezone(zone).replace(tzinfo=None) == wall]
    if shown:
        return _minute(min(shown))
    return _minute(max(candidates))


class SlowReader:
    """Reads a canonical calendar object. `mover`: the one that `last_day_of` names, as canonical object."""

    def __init__(self, document: dict[str, Any], mover: dict[str, Any] | None = None) -> None:
        self.document = document
        self.mover = None if mover is None else SlowReader({**mover, "timezone": document["timezone"]})
        self.zone = ZoneInfo(document["timezone"])
        self.at_midnight = document["day_ends"] == "midnight"
        self._days: dict[date, list[Minute]] = {}

    def hours(self, day: date) -> list[list[str]]:
        """Rules 6 and 10. Own days first: dates before days that return, then openings before closures."""
        weekly, opened = self.document["hours"], self.document["open"]
        for dated in (True, False):
            if (entry := slow_entries.first_with(opened, day, dated=dated)) is not None:
                return list(opened[entry])
            if slow_entries.first_with(self.document["closed"], day, dated=dated) is not None:
                return []
        if self.document["holidays"]:
            national = _national(self.document["holidays"])
            if day in national.weekend_workdays:
                return list(weekly.get(self.document.get("swapped", "fri")) or weekly.get(_NAMES[day.weekday()], []))
            if day in national:
                return []
        return list(weekly.get(_NAMES[day.weekday()], []))

    def wall(self, day: date, text: str) -> Minute:
        hour, minute = map(int, text.split(":"))
        return resolve(self.zone, datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute))

    def begin(self, day: date) -> Minute:
        return self.wall(day, "00:00")

    def day_of(self, minute: Minute) -> date:
        """A day lasts from its first midnight to the next day's."""
        guess = (_EPOCH + timedelta(minutes=minute)).astimezone(self.zone).date() - ONE_DAY
        while self.begin(guess + ONE_DAY) <= minute:
            guess += ONE_DAY
        return guess

    def open_minutes(self, day: date) -> list[Minute]:
        if day not in self._days:
            found: set[Minute] = set()
            for opens, closes in self.hours(day):
                found |= set(range(self.wall(day, opens), self.wall(day, closes)))
            within = range(self.begin(day), self.begin(day + ONE_DAY))
            self._days[day] = sorted(found & set(within))
        return self._days[day]

    def is_open(self, minute: Minute) -> bool:
        return minute in self.open_minutes(self.day_of(minute))

    def minutes_from(self, minute: Minute) -> Iterator[tuple[Minute, bool]]:
        """Every minute from this one on, and whether it is open."""
        day = self.day_of(minute)
        while True:
            is_open = set(self.open_minutes(day))
            end = self.begin(day + ONE_DAY)
            yield from ((each, each in is_open) for each in range(minute, end))
            minute, day = max(minute, end), day + ONE_DAY

    def minutes_before(self, minute: Minute) -> Iterator[tuple[Minute, bool]]:
        """Every minute before this one, latest first."""
        day = self.day_of(minute - 1)
        while True:
            is_open = set(self.open_minutes(day))
            begin = self.begin(day)
            yield from ((each, each in is_open) for each in range(minute - 1, begin - 1, -1))
            minute, day = min(minute, begin), day - ONE_DAY


def is_paused(minute: Minute, pauses: Pauses) -> bool:
    return any(begin <= minute and (end is None or minute < end) for begin, end in pauses)


def is_stuck(minute: Minute, pauses: Pauses) -> bool:
    """Whether an open pause has begun."""
    return any(begin <= minute and end is None for begin, end in pauses)


def due_after(reader: SlowReader, start: Minute, budget: int, pauses: Pauses, *, working: bool) -> Minute | None:
    """Rules 1, 2 and 7: minutes count where they are not paused (and open)."""
    for minute, is_open in reader.minutes_from(start):
        if is_stuck(minute, pauses):
            return None
        if (is_open or not working) and not is_paused(minute, pauses):
            budget -= 1
        if budget == 0:
            return minute + 1
    raise AssertionError("minutes never end")


def month_later(reader: SlowReader, start: Minute, months: int, pauses: Pauses) -> Minute | None:
    wall = (_EPOCH + timedelta(minutes=start)).astimezone(reader.zone).replace(tzinfo=None)
    later = datetime.combine(months_after(wall.date(), months), wall.time())
    return due_after(reader, start, resolve(reader.zone, later) - start, pauses, working=False)


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the last one before it that exists."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")


def hours_are_open(reader: SlowReader, minute: Minute) -> bool:
    """Rule 8."""
    minutes = reader.open_minutes(reader.day_of(minute))
    return bool(minutes) and minutes[0] <= minute <= minutes[-1]


def warned_before(
    reader: SlowReader, start: Minute, due: Minute, budget: int, pauses: Pauses, *, working: bool
) -> Minute:
    """Rule 9: the same count backwards, and never before the start."""
    for minute, is_open in reader.minutes_before(due):
        if minute < start:
            return start
        if (is_open or not working) and not is_paused(minute, pauses):
            budget -= 1
        if budget == 0:
            return minute
    raise AssertionError("minutes never end")


def warned_at_share(
    reader: SlowReader, start: Minute, due: Minute, percent: int, pauses: Pauses, *, working: bool
) -> int:
    """Rule 9, in milliseconds."""
    counted = [
        minute
        for minute, is_open in _until(reader, start, due)
        if (is_open or not working) and not is_paused(minute, pauses)
    ]
    share = len(counted) * 60_000 * percent // 100
    if share == 0:
        return start * 60_000
    whole, rest = divmod(share - 1, 60_000)
    return counted[whole] * 60_000 + rest + 1


def _until(reader: SlowReader, start: Minute, due: Minute) -> Iterator[tuple[Minute, bool]]:
    for minute, is_open in reader.minutes_from(start):
        if minute >= due:
            return
        yield minute, is_open
