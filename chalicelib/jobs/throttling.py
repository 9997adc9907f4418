"""Throttled work of a queue: it is sent to the queue again, with a growing and randomised delay.

It does not count as a failed receive of the queue. `throttle_requeue` and `throttle_retry` define the messages
and the maximum of their retries.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import TypeVar

from chalicelib.store.port import Unavailable

FIRST_DELAY, MAX_DELAY = 8, 900
"""Seconds: upper limits of the first delay and of all delays. Each is twice the one before; SQS allows at most 900."""
MAX_CONSECUTIVE = 2
"""After this many throttled attempts in a row, the rest of a batch is not attempted. With an unavailable table, each
attempt costs seconds of the worker's time, and the rest often concerns the same partitions."""
T = TypeVar("T")


def delay(tries: int, seed: str) -> int:
    """The delay in seconds after `tries` earlier retries, between half of its upper limit and the limit.

    A stable hash of `seed` decides, so work that was throttled together returns at different times.
    """
    longest = min(FIRST_DELAY << min(tries, 10), MAX_DELAY)
    fraction = zlib.crc32(f"{tries} {seed}".encode()) % 1000 / 1000
    return round(longest * (1 + fraction) / 2)


class CircuitBreaker:
    """For one batch: after `MAX_CONSECUTIVE` calls in a row that raised `Unavailable`, it calls nothing more."""

    def __init__(self) -> None:
        self._consecutive = 0

    def call(self, attempt: Callable[[], T]) -> T:
        """Raises what `attempt` raises, and `Unavailable` if it is not called."""
        if self._consecutive >= MAX_CONSECUTIVE:
            raise Unavailable("not attempted: the table was unavailable just before")
        try:
            result = attempt()
        except Unavailable:
            self._consecutive += 1
            raise
        self._consecutive = 0
        return result
