"""Instants: whole milliseconds since 1970-01-01T00:00:00Z, written as fixed-width UTC text.

The domain computes with integers. Stored, shown and hashed values are the text, whose order is the order of time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

Instant = int
"""Milliseconds since the epoch. Also used for durations in milliseconds."""

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

FIRST: Instant = 946_684_800_000
"""2000-01-01T00:00:00Z: the earliest instant that input may contain."""
LAST: Instant = 4_102_444_800_000
"""2100-01-01T00:00:00Z: instants in input must be earlier."""


_KEPT = 1_024
"""Results kept of each conversion: an event repeats the times of its runs, and a request the present time."""


@lru_cache(maxsize=_KEPT)
def to_text(instant: Instant) -> str:
    """`2026-11-27T09:45:00.000Z`: 24 characters, so that text order is time order."""
    return from_instant(instant).isoformat(timespec="milliseconds")[:23] + "Z"


@lru_cache(maxsize=_KEPT)
def from_text(text: str) -> Instant:
    """Parse an RFC 3339 time with its offset. Fractions of a millisecond are cut off.

    Raises ValueError if the text is not a time, has no offset, or is outside the years 2000-2099.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its offset, such as +08:00 or Z")
    instant = to_instant(moment)
    if not FIRST <= instant < LAST:
        raise ValueError("a time must lie between 2000 and 2100")
    return instant


def to_instant(moment: datetime) -> Instant:
    """Raises TypeError for a datetime without a time zone."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds // 1_000


def from_instant(instant: Instant) -> datetime:
    return _EPOCH + timedelta(milliseconds=instant)
