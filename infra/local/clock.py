"""The domain clock of the local stack: real time plus an offset that only grows."""

from __future__ import annotations

import re
import threading

from chalicelib.kit.instants import DAY, HOUR, MINUTE, SECOND, Instant
from chalicelib.ports import TimeSource

_UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY}
_DURATION = re.compile(r"(\d{1,6}) (second|minute|hour|day|week)s?")


class DomainClock:
    """A clock that can be moved forward only."""

    def __init__(self, real: TimeSource, start: Instant | None = None) -> None:
        self._real = real
        self._lock = threading.Lock()
        self._offset = 0 if start is None else start - real()

    def __call__(self) -> Instant:
        return self._real() + self._offset

    def reach(self, instant: Instant) -> None:
        """Move the clock to `instant`, unless that is past."""
        with self._lock:
            self._offset += max(0, instant - self())


def parse_duration(text: str) -> int:
    """A text such as `26 hours` in milliseconds. Raises ValueError."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("write a duration as '26 hours': a number and seconds, minutes, hours, days or weeks")
    return int(found[1]) * _UNITS[found[2]]


def next_minute(instant: Instant) -> Instant:
    """The first whole minute at or after `instant`: the next run of a one-minute schedule."""
    return -(-instant // MINUTE) * MINUTE
