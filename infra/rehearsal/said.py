"""What the rehearsal prints, and how it waits and fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 90.0
"""Seconds that anything may take: the schedule comes by once a minute."""
_BETWEEN = 0.3
_STARTED = time.monotonic()


class Wrong(AssertionError):
    """Something was not as it should be; the text says what was seen."""


def say(step: str, seen: object) -> None:
    print(f"{time.monotonic() - _STARTED:6.1f} s  {step}: {seen}", flush=True)


def expect(step: str, seen: Any, wanted: Any) -> None:
    """Raises `Wrong`."""
    if seen != wanted:
        raise Wrong(f"{step}: {wanted!r} was expected, {seen!r} was seen")
    say(step, seen)


def until(step: str, look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """What `look` gives once it is good. Raises `Wrong` when that takes too long."""
    asked = time.monotonic()
    seen = look()
    while not good(seen):
        if time.monotonic() - asked > PATIENCE:
            raise Wrong(f"{step}: not within {PATIENCE:.0f} s; last seen was {seen!r}")
        time.sleep(_BETWEEN)
        seen = look()
    return seen
