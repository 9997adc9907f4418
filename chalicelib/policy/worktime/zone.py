"""Wall-clock times as instants, by RFC 5545 §3.3.5: a time that does not exist is read with the offset before the
gap, which moves it forward by the gap's length; a time that occurs twice is the first.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.instants import DAY, MINUTE, SECOND, Instant, from_instant

_EPOCH_DAY = date(1970, 1, 1).toordinal()


def wall_instant(zone: ZoneInfo, day: int, minute: int) -> Instant:
    """The instant of a minute (0-1440) of the date with this ordinal."""
    moment = datetime.fromordinal(day) + timedelta(minutes=minute)
    return (day - _EPOCH_DAY) * DAY + minute * MINUTE - _offset(zone, moment)


def midnight(zone: ZoneInfo, day: int) -> Instant:
    """The day's beginning. Days run from the first midnight to the next day's first, so that they never overlap."""
    return wall_instant(zone, day, 0)


def wall_clock(zone: ZoneInfo, instant: Instant) -> datetime:
    """The naive local time, as a clock on the wall there shows it."""
    return from_instant(instant).astimezone(zone).replace(tzinfo=None)


def from_wall_clock(zone: ZoneInfo, moment: datetime) -> Instant:
    """The instant of a naive local time."""
    since = (moment - datetime.fromordinal(_EPOCH_DAY)) // timedelta(milliseconds=1)
    return since - _offset(zone, moment)


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = zone.utcoffset(moment)
    if offset is None:
        raise ValueError(f"{zone} has no offset at {moment}")
    return (offset.days * 86_400 + offset.seconds) * SECOND
