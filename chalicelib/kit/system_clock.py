"""The system clock. All other code takes the time as an argument or from the port `TimeSource`."""

from __future__ import annotations

import time

from chalicelib.kit.instants import Instant


def real_time() -> Instant:
    """Current time in milliseconds since 1970-01-01T00:00:00Z."""
    return time.time_ns() // 1_000_000
