"""Does what AWS does by itself: runs schedules, and delivers stream records, queue messages and object events."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Sequence
from typing import Protocol

from chalicelib.kit.instants import MINUTE, Instant, to_text
from infra.local.clock import DomainClock, next_minute
from infra.local.direct.due_index import LocalDueIndex

_POLL_SECONDS = 0.1
"""Pause between two polls."""
_MAX_ROUNDS = 1_000
"""Rounds at one instant before the loop reports endless work."""


class EventSource(Protocol):
    """A source of events for a function."""

    def deliver(self) -> bool:
        """Deliver at most one batch. Returns False when there was none."""
        ...


class ClockMovedBack(ValueError):
    """The clock cannot be moved to an earlier time."""


class EndlessWork(RuntimeError):
    """Work is due again immediately after it was done."""


class EventLoop:
    """Runs schedules and deliveries. The background thread and clock moves never run at the same time."""

    def __init__(
        self,
        clock: DomainClock,
        due: LocalDueIndex,
        sources: Sequence[EventSource],
        sweep: Callable[[Instant], None],
    ) -> None:
        """`sweep` runs the function with the one-minute schedule, at a time of the domain clock."""
        self._clock = clock
        self._due = due
        self._sources = sources
        self._sweep = sweep
        self._turn = threading.RLock()
        self._stopping = threading.Event()
        self._last_sweep = clock()

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="aws", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._stopping.set()

    def settle(self) -> None:
        """Deliver until no events are left."""
        with self._turn:
            while any(source.deliver() for source in self._sources):
                pass

    def move_to(self, target: Instant) -> Instant:
        """Move the clock and run all work that falls due on the way, in order. Returns the time when all is done.

        Raises `ClockMovedBack` or `EndlessWork`.
        """
        with self._turn:
            if target < self._clock():
                raise ClockMovedBack(f"the clock is at {to_text(self._clock())} and cannot go back")
            return self._run_until(target)

    def advance(self, milliseconds: int) -> Instant:
        """Like `move_to`, relative to the time when this turn starts. Never raises `ClockMovedBack`."""
        with self._turn:
            return self._run_until(self._clock() + milliseconds)

    def _run_until(self, target: Instant) -> Instant:
        self.settle()
        handled: set[str] = set()
        rounds, stop = 0, self._clock()
        while not self._stop_at(stop, target, handled):
            before, stop = stop, self._next_stop(target, handled)
            rounds = rounds + 1 if stop == before else 0
            if rounds > _MAX_ROUNDS:
                raise EndlessWork(f"work is due again and again at {to_text(stop)}")
        return self._clock()

    def _next_stop(self, target: Instant, handled: set[str]) -> Instant:
        hit = self._due.earliest(handled)
        return target if hit is None else min(target, next_minute(max(hit.wake_at, self._clock())))

    def _stop_at(self, stop: Instant, target: Instant, handled: set[str]) -> bool:
        """Run one stop. Returns True when the target is reached and nothing more is due.

        A sweep that would find nothing is left out, as are those of the minutes between two stops.
        """
        self._clock.reach(stop)
        handled |= self._due.until(self._clock())
        if self._due.is_empty(self._clock()):
            self._last_sweep = self._clock()
        else:
            self._run_sweep()
        self.settle()
        hit = self._due.earliest(handled)
        return stop >= target and (hit is None or hit.wake_at > self._clock())

    def _run_sweep(self) -> None:
        self._last_sweep = self._clock()
        self._sweep(self._last_sweep)

    def _run(self) -> None:
        while not self._stopping.wait(_POLL_SECONDS):
            try:
                with self._turn:
                    self.settle()
                    if self._clock() // MINUTE > self._last_sweep // MINUTE:
                        self._run_sweep()
            except Exception:  # noqa: BLE001  the loop continues after errors of functions or the emulator
                traceback.print_exc()
