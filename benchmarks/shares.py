"""Where a command's time goes in the app itself: on the memory store, where the store costs least."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks.command import quietly
from benchmarks.subject import subject
from chalicelib.casework import act, commit, owed, snapshot
from chalicelib.complaints import acts
from chalicelib.store.memory import MemoryStore

COMMANDS = 300
WARM = 30
EVENTS = 50
_PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "decide": ((acts, "decide"),),
    "deadlines (advance, wake_at)": ((owed, "advanced"), (snapshot, "wake_at")),
    "store (memory)": ((MemoryStore, "get"), (MemoryStore, "commit")),
    "use case, all of it": ((act, "act"),),
    "events, hashes and items": ((commit, "writes"),),
}
"""Functions by what their time is counted as. Parts lie in one another: the use case holds all above it."""


class Stopwatch:
    """Seconds by part, of one command at a time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        with ExitStack() as stack:
            for part, functions in _PARTS.items():
                for owner, name in functions:
                    stack.enter_context(patch.object(owner, name, self._timed(part, getattr(owner, name))))
            yield

    def _timed(self, part: str, function: Any) -> Any:
        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[part] = self.seconds.get(part, 0) + time.perf_counter() - began

        return timed


def measure() -> dict[str, float]:
    """Median milliseconds of a command through the API on the memory store, whole and by part."""
    measured, watch = subject(events=EVENTS), Stopwatch()
    took: dict[str, list[float]] = {"whole": []}
    for _ in range(WARM):
        measured.act()
    for _ in range(COMMANDS):
        took["whole"].append(measured.act())
    with watch.watching():
        for _ in range(COMMANDS):
            watch.seconds.clear()
            took.setdefault("whole, watched", []).append(measured.act())
            for part, seconds in watch.seconds.items():
                took.setdefault(part, []).append(seconds)
    return {part: statistics.median(seconds) * 1000 for part, seconds in took.items()}


def rows() -> Iterator[str]:
    medians = quietly(measure)
    whole = medians["whole, watched"]
    for part, median in medians.items():
        yield f"| {part} | {median:.2f} | {100 * median / whole:.0f} % |"
    pure = medians["decide"] + medians["deadlines (advance, wake_at)"]
    yield f"\ndecide and deadlines together: {pure:.2f} ms, {100 * pure / whole:.0f} % of the command."
