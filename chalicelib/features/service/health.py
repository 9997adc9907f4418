"""Health: whether the services that requests need answer. Every caller may ask at any rate (`GET /v1/health`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from chalicelib.kit import observability
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.tenants.directory import Directory
from chalicelib.wiring import Wiring

AVAILABLE, UNAVAILABLE = "available", "unavailable"
KEPT_FOR = 15 * SECOND
"""Real time. So a process asks each service at most four times a minute."""
NO_ORGANISATION = "health"
"""The item need not exist: an answer without it shows that the table answers."""


class Health(msgspec.Struct, frozen=True):
    status: str
    """`ok`, or `degraded` if a dependency does not answer."""
    dependencies: dict[str, str]
    """`table`, `keys` and `accounts`: `available` or `unavailable`."""


class Dependencies:
    """The answers of one process are kept for a while, since each question is a call to AWS."""

    def __init__(self) -> None:
        self._states: Mapping[str, str] = {}
        self._until: Instant = 0

    def health(self, wiring: Wiring) -> Health:
        states = dict(self.states(wiring))
        return Health("degraded" if UNAVAILABLE in states.values() else "ok", states)

    def states(self, wiring: Wiring) -> Mapping[str, str]:
        """`table`, `keys` and `accounts`, each `available` or `unavailable`."""
        now = wiring.real_clock()
        if now >= self._until:
            self._until = now + KEPT_FOR
            self._states = {name: _state(ask, wiring) for name, ask in _QUESTIONS.items()}
        return self._states


def _state(ask: Callable[[Wiring], object], wiring: Wiring) -> str:
    try:
        ask(wiring)
    except Exception as failure:  # noqa: BLE001  requests would fail too
        observability.error("A dependency does not answer", error=observability.frames(failure))
        return UNAVAILABLE
    return AVAILABLE


def _table(wiring: Wiring) -> object:
    return Directory(wiring.store, wiring.real_clock).find(NO_ORGANISATION)


_QUESTIONS: Mapping[str, Callable[[Wiring], object]] = {
    "table": _table,
    "keys": lambda wiring: wiring.secrets.current("receipt"),
    "accounts": lambda wiring: wiring.identity.account("health@redress.invalid"),
}
