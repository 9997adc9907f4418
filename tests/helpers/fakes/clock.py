"""A clock that stands still until it is moved."""

from __future__ import annotations

from chalicelib.kit.instants import Instant


class MovableClock:
    """A `ports.TimeSource` that tests move."""

    def __init__(self, now: Instant) -> None:
        self.now = now

    def __call__(self) -> Instant:
        return self.now

    def advance(self, milliseconds: int) -> None:
        self.now += milliseconds

    def move_to(self, instant: Instant) -> None:
        self.now = instant
