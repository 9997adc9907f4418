"""Schedules the workers: each runs until its next external call, and then a random worker continues.

Workers are greenlets, so only one runs at a time, and the same seed repeats the same program.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from greenlet import getcurrent, greenlet

from chalicelib.store.port import Unavailable
from tests.helpers.fakes.faults import Crash


class Baton:
    """`pace`: the probability that a call fails. `trace`: the callers, calls and results."""

    def __init__(self, chance: random.Random, pace: float) -> None:
        self.chance = chance
        self.pace = pace
        self.trace: list[tuple[int, str]] = []
        self._workers: list[greenlet] = []

    def play(self, works: list[Callable[[], None]]) -> None:
        """Runs all workers to their end. An exception of a worker ends the run."""
        self._workers = [greenlet(work) for work in works]
        alive = list(self._workers)
        while alive:
            alive[int(self.chance.random() * len(alive))].switch()
            alive = [worker for worker in alive if not worker.dead]

    def worker(self) -> int:
        """The running worker; -1 outside a run."""
        current = getcurrent()
        return self._workers.index(current) if current in self._workers else -1

    @contextmanager
    def call(self, name: str) -> Iterator[None]:
        """Wraps each external call."""
        self.before(name)
        yield
        self.after(name)

    def before(self, name: str) -> None:
        worker = self.worker()
        if worker < 0:
            return
        hub = self._workers[worker].parent
        assert hub is not None
        hub.switch()
        self.trace.append((worker, name))
        self._fail("throttled", "died before")

    def after(self, _name: str) -> None:
        """The call has taken effect. Its response may be lost."""
        if self.worker() >= 0:
            self._fail("timed out", "died after")

    def _fail(self, refused: str, died: str) -> None:
        drawn = self.chance.random()
        if drawn >= self.pace:
            return
        crash = drawn < self.pace / 3
        self.trace.append((self.worker(), died if crash else refused))
        raise Crash if crash else Unavailable
