"""What the rehearsal prints, and how it waits and fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

TIMEOUT_SECONDS = 90.0
"""Seconds that anything may take: the schedule comes by once a minute."""
_BETWEEN = 0.3
_STARTED = time.monotonic()


class RehearsalFailed(AssertionError):
    """Something was not as it should be; the text says what was seen."""


def report(step: str, seen: object) -> None:
    print(f"{time.monotonic() - _STARTED:6.1f} s  {step}: {seen}", flush=True)


def expect(step: str, seen: Any, wanted: Any) -> None:
    """Raises `Wrong`."""
    if seen != wanted:
        raise RehearsalFailed(f"{step}: {wanted!r} was expected, {seen!r} was seen")
    report(step, seen)


def wait_until(step: str, look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """What `look` gives once it is good. Raises `Wrong` when that takes too long."""
    asked = time.monotonic()
    seen = look()
    while not good(seen):
        if time.monotonic() - asked > TIMEOUT_SECONDS:
            raise RehearsalFailed(f"{step}: not within {TIMEOUT_SECONDS:.0f} s; last seen was {seen!r}")
        time.sleep(_BETWEEN)
        seen = look()
    return seen
