"""Loop: plays what AWS would do by itself: schedules, the table's stream, the queues, object events."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Sequence
from typing import Protocol

from chalicelib.instants import MINUTE, Instant, to_text
from infra.local.clock import DomainClock, next_minute
from infra.local.due_index import DueIndex

_PAUSE = 0.1
"""Seconds between two looks while nothing happens."""
_MOST_ROUNDS = 1_000
"""Further stops at one instant before the loop says that something wakes itself for ever."""


class EventSource(Protocol):
    """Something that holds events for a function."""

    def deliver(self) -> bool:
        """Deliver one batch at most; whether there was one."""
        ...


class ClockMovedBack(ValueError):
    """The clock was to be moved to before its present."""


class EndlessWork(RuntimeError):
    """What is due is due again as soon as it was handled."""


class EventLoop:
    """One turn at a time: the background's, or a move of the clock."""

    def __init__(
        self,
        clock: DomainClock,
        due: DueIndex,
        sources: Sequence[EventSource],
        sweep: Callable[[Instant], None],
    ) -> None:
        """`sweep` runs the function that is scheduled for each minute, at an instant of the domain's clock."""
        self._clock = clock
        self._due = due
        self._sources = sources
        self._sweep = sweep
        self._turn = threading.RLock()
        self._stopping = threading.Event()
        self._swept = clock()

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="aws", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._stopping.set()

    def settle(self) -> None:
        """Deliver until nothing waits."""
        with self._turn:
            while any(source.deliver() for source in self._sources):
                pass

    def move_to(self, target: Instant) -> Instant:
        """Move the clock, playing in order all that falls due on the way; the present when all has settled.

        Raises `Backwards`, or `Stuck`.
        """
        with self._turn:
            if target < self._clock():
                raise ClockMovedBack(f"the clock is at {to_text(self._clock())} and does not go back")
            return self._play_until(target)

    def advance(self, milliseconds: int) -> Instant:
        """`move_to` from the present at which it is this move's turn; never `Backwards`, though the clock runs on."""
        with self._turn:
            return self._play_until(self._clock() + milliseconds)

    def _play_until(self, target: Instant) -> Instant:
        self.settle()
        played: set[str] = set()
        rounds, stop = 0, self._clock()
        while not self._stop_at(stop, target, played):
            before, stop = stop, self._next_stop(target, played)
            rounds = rounds + 1 if stop == before else 0
            if rounds > _MOST_ROUNDS:
                raise EndlessWork(f"something is due again and again at {to_text(stop)}")
        return self._clock()

    def _next_stop(self, target: Instant, played: set[str]) -> Instant:
        hit = self._due.earliest(played)
        return target if hit is None else min(target, next_minute(max(hit.wake_at, self._clock())))

    def _stop_at(self, stop: Instant, target: Instant, played: set[str]) -> bool:
        """Whether the target is reached and nothing more is due at it."""
        self._clock.reach(stop)
        played |= self._due.until(self._clock())
        self._run_sweep()
        self.settle()
        hit = self._due.earliest(played)
        return stop >= target and (hit is None or hit.wake_at > self._clock())

    def _run_sweep(self) -> None:
        self._swept = self._clock()
        self._sweep(self._swept)

    def _run(self) -> None:
        while not self._stopping.wait(_PAUSE):
            try:
                with self._turn:
                    self.settle()
                    if self._clock() // MINUTE > self._swept // MINUTE:
                        self._run_sweep()
            except Exception:  # noqa: BLE001  the loop outlives what a function or the emulator does
                traceback.print_exc()
