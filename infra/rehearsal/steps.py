"""Reports, checks and waits for the rehearsal's steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

TIMEOUT_SECONDS = 90.0
"""Maximum wait for a step. The schedule runs once a minute."""
_POLL_SECONDS = 0.3
_STARTED = time.monotonic()


class RehearsalFailed(AssertionError):
    """A step had a wrong result. The text describes it."""


def report(step: str, seen: object) -> None:
    print(f"{time.monotonic() - _STARTED:6.1f} s  {step}: {seen}", flush=True)


def expect(step: str, seen: Any, wanted: Any) -> None:
    """Raises `RehearsalFailed` where `seen` differs from `wanted`."""
    if seen != wanted:
        raise RehearsalFailed(f"{step}: expected {wanted!r}, got {seen!r}")
    report(step, seen)


def wait_until(step: str, read: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """Polls until `good` accepts the result of `read`, and returns it. Raises `RehearsalFailed` at the time limit."""
    started = time.monotonic()
    seen = read()
    while not good(seen):
        if time.monotonic() - started > TIMEOUT_SECONDS:
            raise RehearsalFailed(f"{step}: not within {TIMEOUT_SECONDS:.0f} s; the last result was {seen!r}")
        time.sleep(_POLL_SECONDS)
        seen = read()
    return seen
