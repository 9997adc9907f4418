"""Calendars and times that the working-time tests share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.kit.instants import Instant, from_instant, to_instant
from chalicelib.policy.worktime import Calendar, DueTime, due_time, parse_limit

OFFICE: dict[str, Any] = {
    "timezone": "Asia/Shanghai",
    "holidays": "CN",
    "hours": {"mon-fri": ["09:00-12:00", "13:30-18:00"]},
    "day_ends": "close",
}


EDITION = "CN-2026.1"


def calendar(*, others: Mapping[str, Any] = MappingProxyType({}), **changes: Any) -> Calendar:
    """The nine presets' calendar, with changes. A newer edition would move and settle the due times of later years."""
    document = OFFICE | changes
    return Calendar.parse(document, EDITION if document["holidays"] == "CN" else None, others)


def at(text: str, zone: str = "Asia/Shanghai") -> Instant:
    """`2026-11-27 17:45` on the zone's wall clock; the first where it occurs twice."""
    return to_instant(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def wall(instant: Instant | None, zone: str = "Asia/Shanghai") -> str | None:
    if instant is None:
        return None
    return from_instant(instant).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def when(limit: str, start: str, pauses: tuple[tuple[str, str | None], ...] = (), **changes: Any) -> str | None:
    """The due time on the wall clock."""
    return wall(answer(limit, start, pauses, **changes).due, changes.get("timezone", "Asia/Shanghai"))


def answer(limit: str, start: str, pauses: tuple[tuple[str, str | None], ...] = (), **changes: Any) -> DueTime:
    zone = changes.get("timezone", "Asia/Shanghai")
    stopped = [(at(begin, zone), None if end is None else at(end, zone)) for begin, end in pauses]
    return due_time(calendar(**changes), parse_limit(limit), at(start, zone), stopped)
