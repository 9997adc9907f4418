"""The event loop: runs callbacks in order of their simulated time."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable


class Loop:
    def __init__(self) -> None:
        self.now = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def at(self, second: float, do: Callable[[], None]) -> None:
        heapq.heappush(self._events, (max(second, self.now), next(self._order), do))

    def run(self, until: float) -> None:
        while self._events and self._events[0][0] <= until:
            self.now, _, do = heapq.heappop(self._events)
            do()
        self.now = until
