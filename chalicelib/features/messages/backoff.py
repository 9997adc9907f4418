"""Exponential backoff: the time of the next attempt, and the end of the retries (pure)."""

from __future__ import annotations

from chalicelib.kit.instants import HOUR, MINUTE, Instant

RETRY_PERIOD = 72 * HOUR
_FIRST_WAIT = MINUTE
_FACTOR = 3
_MAX_WAIT = 12 * HOUR


def next_try(tries: int, since: Instant, now: Instant) -> Instant | None:
    """Return the time of the next attempt, or None when the retry period of 72 hours is over.

    The waits are 1, 3, 9, 27 … minutes, at most 12 hours. The last attempt is at the end of the retry period.
    """
    end = since + RETRY_PERIOD
    if now >= end:
        return None
    wait = min(_FIRST_WAIT * int(_FACTOR ** min(tries - 1, 10)), _MAX_WAIT)
    return min(now + wait, end)
