"""The domain's clock of the local stack: real time and an offset that only grows."""

from __future__ import annotations

import re
import threading

from chalicelib.instants import DAY, HOUR, MINUTE, SECOND, Instant
from chalicelib.ports import TimeSource

_UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY}
_SPAN = re.compile(r"(\d{1,6}) (second|minute|hour|day|week)s?")


class DomainClock:
    """A `ports.Clock` that can be moved, forwards only."""

    def __init__(self, real: TimeSource, start: Instant | None = None) -> None:
        self._real = real
        self._lock = threading.Lock()
        self._offset = 0 if start is None else start - real()

    def __call__(self) -> Instant:
        return self._real() + self._offset

    def reach(self, instant: Instant) -> None:
        """Move to it, unless it is past already."""
        with self._lock:
            self._offset += max(0, instant - self())


def parse_duration(text: str) -> int:
    """Milliseconds of `26 hours`. Raises ValueError."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError("say a span as '26 hours': a number and seconds, minutes, hours, days or weeks")
    return int(found[1]) * _UNITS[found[2]]


def next_minute(instant: Instant) -> Instant:
    """The first whole minute that is not before it: when a schedule that fires each minute comes by."""
    return -(-instant // MINUTE) * MINUTE
