"""Converts between wall-clock times and instants, and adds calendar months.

By RFC 5545 §3.3.5, a wall-clock time that does not exist is read with the offset before the gap, which moves it forward
by the length of the gap. A time that occurs twice means its first occurrence.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kit.instants import DAY, MINUTE, SECOND, Instant, from_instant, from_text

_EPOCH_DAY = date(1970, 1, 1).toordinal()


def wall_instant(zone: ZoneInfo, day: int, minute: int) -> Instant:
    """The instant of a minute (0-1440) on the date with this ordinal (`date.toordinal`)."""
    moment = datetime.fromordinal(day) + timedelta(minutes=minute)
    return (day - _EPOCH_DAY) * DAY + minute * MINUTE - _offset(zone, moment)


def midnight(zone: ZoneInfo, day: int) -> Instant:
    """The start of the day. If midnight occurs twice, the first one counts, so that days never overlap."""
    return (day - _EPOCH_DAY) * DAY - _offset(zone, datetime.fromordinal(day))


def wall_clock(zone: ZoneInfo, instant: Instant) -> datetime:
    """The local time at the instant, without an offset."""
    return from_instant(instant).astimezone(zone).replace(tzinfo=None)


def local_text(zone: ZoneInfo, instant: str) -> str:
    """`2026-11-24T09:00:00+08:00` of `2026-11-24T01:00:00.000Z`."""
    return from_instant(from_text(instant)).astimezone(zone).isoformat(timespec="seconds")


def from_wall_clock(zone: ZoneInfo, moment: datetime) -> Instant:
    """The instant of a local time without an offset."""
    since = (moment - datetime.fromordinal(_EPOCH_DAY)) // timedelta(milliseconds=1)
    return since - _offset(zone, moment)


def add_months(zone: ZoneInfo, start: Instant, months: int) -> Instant:
    """The same day and wall-clock time `months` later (earlier if negative)."""
    local = start + _offset_at(zone, start)
    day = months_later(local // DAY + _EPOCH_DAY, months)
    return (day - _EPOCH_DAY) * DAY + local % DAY - _offset(zone, _moment(day, local % DAY))


def months_later(day: int, months: int) -> int:
    """The ordinal of the date `months` after the date with this ordinal.

    If the month lacks the day, its last day is used: one month after 31 January is the last day of February.
    """
    first = date.fromordinal(day)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1).toordinal() + min(first.day, monthrange(year, month + 1)[1]) - 1


def _moment(day: int, milliseconds: int) -> datetime:
    return datetime.fromordinal(day) + timedelta(milliseconds=milliseconds)


def _offset_at(zone: ZoneInfo, instant: Instant) -> int:
    """The offset in force at the instant, in milliseconds."""
    local = datetime.fromtimestamp(instant // SECOND, zone).utcoffset()
    if local is None:
        raise ValueError(f"{zone} has no offset at {instant}")
    return (local.days * 86_400 + local.seconds) * SECOND


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = zone.utcoffset(moment)
    if offset is None:
        raise ValueError(f"{zone} has no offset at {moment}")
    return (offset.days * 86_400 + offset.seconds) * SECOND


def end_of_date(zone: ZoneInfo, text: str) -> Instant:
    """24:00 of an ISO date."""
    return midnight(zone, date.fromisoformat(text).toordinal() + 1)


def is_midnight(zone: ZoneInfo, instant: Instant) -> bool:
    """True at 24:00 of a day."""
    return instant == midnight(zone, wall_clock(zone, instant).toordinal())
