"""A reader who has nothing but a `because`: no calendar, no policy, no code of the product. It reads on in time.

What it believes is `timezone`, `limit`, `start`, `day_ends`, the stretches and, for limits in days, when the last day
closes. It never looks at `end`: that is what it works out.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.kernel.policy.worktime.slow_reader import Minute, resolve

Because = dict[str, Any]
_INCLUDING = " including the first day"
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
    if "parts" in because:
        return _joined(because)
    words = because["limit"].removesuffix(_INCLUDING).split()
    including = because["limit"].endswith(_INCLUDING)
    if because["limit"] == "none":
        return None
    if because["limit"] in ("same working day", "same day"):
        return _closing(because, 1, from_start=True)
    if words[0] == "until":
        return _told_end(because, _next_date(because, int(words[1]), words[2]))
    count, unit = int(words[0]), words[-1].removesuffix("s")
    if words[1] == "calendar":
        return _closing(because, _days(because, count, unit, including=including), from_start=including)
    if words[1] == "working" and unit == "day":
        return _closing(because, count, from_start=including)
    if unit == "month":
        return _after(because, _months_later(because, count) - _minute(because["start"]))
    return _after(because, count * _ELAPSED[unit])


def _joined(because: Because) -> Minute | None:
    if " then " in because["limit"]:
        return _in_turn(because)
    words, parts = because["limit"].partition(" of ")[::2]
    assert parts.split(", ") == [part["limit"] for part in because["parts"]]
    found = [due_by_hand(part) for part in because["parts"]]
    known = [one for one in found if one is not None]
    if not known or (words == "later" and len(known) < len(found)):
        assert because["decides"] is None
        return None
    due = max(known) if words == "later" else min(known)
    assert found[because["decides"]] == due
    return due


def _in_turn(because: Because) -> Minute | None:
    """Each part starts where the one before ends; the last one told is still paused if there are fewer than limits."""
    texts, minute = because["limit"].split(" then "), _minute(because["start"])
    for text, part in zip(texts, because["parts"], strict=False):
        assert (part["limit"], _minute(part["start"])) == (text, minute)
        end = due_by_hand(part)
        if end is None:
            return None
        minute = end
    assert len(because["parts"]) == len(texts)
    return minute


def _days(because: Because, count: int, unit: str, *, including: bool) -> int:
    """How many days, without those that the zone skips."""
    if unit in ("day", "week"):
        return count * (7 if unit == "week" else 1)
    zone, own = ZoneInfo(because["timezone"]), _own_day(because)
    last = _months_after(own, count * (12 if unit == "year" else 1))
    if including and last.day == own.day:
        last -= timedelta(days=1)
    days = [own + timedelta(days=number) for number in range(0 if including else 1, (last - own).days + 1)]
    return sum(_midnight(zone, day) < _midnight(zone, day + timedelta(days=1)) for day in days)


def _own_day(because: Because) -> date:
    """The day of the start; the day that ends there, for a start at 24:00."""
    if "counted_from" in because:
        assert because["counted_from"]["at"] == "24:00"
        return date.fromisoformat(because["counted_from"]["date"])
    return _local(ZoneInfo(because["timezone"]), _minute(because["start"]))


def _next_date(because: Because, day: int, month: str) -> date:
    own = _own_day(because)
    for year in (own.year, own.year + 1):
        number = list(calendar.month_name).index(month)
        found = date(year, number, min(day, calendar.monthrange(year, number)[1]))
        if found > own:
            return found
    raise AssertionError("a date returns every year")


def _midnight(zone: ZoneInfo, day: date) -> Minute:
    return resolve(zone, datetime(day.year, day.month, day.day))


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
    if from_start and "counted_from" in because:  # a date, which is the first day
        minute = _midnight(zone, _own_day(because))
    day = None if from_start or "counted_from" in because else _local(zone, minute)
    while True:
        stretch = begins.get(minute)
        if stretch is not None:
            assert stretch.end is not None
            minute, day = stretch.end, _local(zone, stretch.end - 1)
        elif day is None or _local(zone, minute) > day:
            day, left = _local(zone, minute), left - 1
            if left == 0:
                return _told_end(because, day)
        else:
            minute = _next_change(zone, day, minute, begins)


def _next_change(zone: ZoneInfo, day: date, minute: Minute, begins: Iterable[Minute]) -> Minute:
    """The next at which a stretch or another day can begin. To ask at each minute takes a hundred times as long."""
    midnight = _midnight(zone, day + timedelta(days=1))
    return min([midnight, *(begin for begin in begins if begin > minute)])


def _told_end(because: Because, last: date) -> Minute:
    """The end of the count's last day or, where the calendar moved it, of the day before or after the days named."""
    zone, day = ZoneInfo(because["timezone"]), last
    if "last_day" in because:
        assert because["last_day"]["date"] == last.isoformat()
        days = because["last_day"]["days"]
        if because["last_day"]["rule"] == "next working day":
            assert _minute(days[0]["from"]) == _midnight(zone, last)
            day = _local(zone, _minute(days[-1]["until"]))
        else:
            assert _local(zone, _minute(days[-1]["until"]) - 1) == last
            day = _local(zone, _minute(days[0]["from"]) - 1)
    assert because["closing"]["date"] == day.isoformat()
    hour, minute = map(int, because["closing"]["at"].split(":"))
    return resolve(zone, datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute))


def _local(zone: ZoneInfo, minute: Minute) -> date:
    """The day has begun with its first midnight, also where the clocks are put back over it and it comes again."""
    shown = datetime.fromtimestamp(minute * 60, UTC).astimezone(zone).date()
    following = shown + timedelta(days=1)
    return following if _midnight(zone, following) <= minute else shown


def _months_later(because: Because, count: int) -> Minute:
    """The same time of the same day of the month, or of the month's last day."""
    zone = ZoneInfo(because["timezone"])
    wall = datetime.fromtimestamp(_minute(because["start"]) * 60, UTC).astimezone(zone).replace(tzinfo=None)
    return resolve(zone, datetime.combine(_months_after(wall.date(), count), wall.time()))


def _months_after(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
