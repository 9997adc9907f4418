"""Time of the parts of a command, measured by instrumented functions while the command runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.complaints.acting import acts
from chalicelib.features.handling import act
from infra.memory_store.store import MemoryStore

DECIDE, DEADLINES = "decide", "deadlines (advance, wake_at)"
PURE = (DECIDE, DEADLINES)
"""The policy's decisions, without store, HTTP and record."""
_PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    DECIDE: ((acts, "decide"),),
    DEADLINES: ((due_events, "apply"), (snapshot, "wake_at")),
    "store (memory)": ((MemoryStore, "get"), (MemoryStore, "commit")),
    "use case, in total": ((act, "act"),),
    "events, hashes and items": ((commit, "writes"),),
}
"""The functions of each part. Parts are nested: the use case contains all parts above it."""


class Stopwatch:
    """Adds up the seconds of each part. Clear `seconds` before each command."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: dict[str, float] = {}
        self._clock = clock

    @contextmanager
    def watching(self) -> Iterator[None]:
        with ExitStack() as stack:
            for part, functions in _PARTS.items():
                for owner, name in functions:
                    stack.enter_context(patch.object(owner, name, self._timed(part, getattr(owner, name))))
            yield

    def _timed(self, part: str, function: Any) -> Any:
        def timed(*args: Any, **kwargs: Any) -> Any:
            began = self._clock()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[part] = self.seconds.get(part, 0) + self._clock() - began

        return timed
