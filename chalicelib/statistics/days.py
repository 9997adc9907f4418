"""Civil days and weeks of instants, in the zone of a calendar, as ISO text."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.zone import wall_clock


def day_of(calendar: Calendar, instant: Instant) -> str:
    return _day(calendar.zone, instant)


@lru_cache(maxsize=4096)
def _day(zone: ZoneInfo, instant: Instant) -> str:
    """A record is counted again with each change, so the same instants recur."""
    return wall_clock(zone, instant).date().isoformat()


def due_day_of(calendar: Calendar, due: Instant) -> str:
    """The day on which a time runs out: 24:00 belongs to the day that ends."""
    return day_of(calendar, due - 1)


@lru_cache(maxsize=4096)
def week_of(day: str) -> str:
    """`2026-W48` of `2026-11-27` (ISO 8601)."""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year:04d}-W{week:02d}"


@lru_cache(maxsize=4096)
def monday_of(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
