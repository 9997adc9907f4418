"""Strangers: signed-in people who were found to be none of an organisation's, as one process remembers for a minute."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from chalicelib.instants import MINUTE, Instant
from chalicelib.ports import TimeSource

MOST = 10_000
"""About 2 MB of a process. Who is forgotten is found out again at the next request."""


class NonMemberCache:
    def __init__(self, real_clock: TimeSource) -> None:
        self._clock = real_clock
        self._until: OrderedDict[tuple[str, str], Instant] = OrderedDict()
        self._lock = Lock()

    def note(self, tenant: str, sub: str) -> None:
        with self._lock:
            self._until.pop((tenant, sub), None)
            self._until[tenant, sub] = self._clock() + MINUTE
            if len(self._until) > MOST:
                self._until.popitem(last=False)

    def known(self, tenant: str, sub: str) -> bool:
        """Whoever was invited meanwhile is a stranger for the rest of the minute: they are served, as the unsigned."""
        return self._until.get((tenant, sub), 0) > self._clock()
