"""How long to wait before trying again, and when to give up (pure)."""

from __future__ import annotations

import zlib

from chalicelib.instants import HOUR, MINUTE, Instant

PATIENCE = 72 * HOUR
_FIRST = MINUTE
_FACTOR = 3
_LONGEST = 12 * HOUR


def next_try(tries: int, since: Instant, now: Instant) -> Instant | None:
    """1, 3, 9, 27 minutes and so on, never more than 12 hours, the last at the end of three days; then None."""
    end = since + PATIENCE
    if now >= end:
        return None
    wait = min(_FIRST * int(_FACTOR ** min(tries - 1, 10)), _LONGEST)
    return min(now + wait, end)


def spread(longest: int, what: str) -> int:
    """Between half of the longest and the longest, by a stable hash: what was throttled together spreads."""
    drawn = zlib.crc32(what.encode()) % 1000 / 1000
    return round(longest * (1 + drawn) / 2)
