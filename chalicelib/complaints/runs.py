"""One run of a clock, and its form inside events (instants as fixed-width UTC text)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from chalicelib.instants import Instant, from_text, to_text

RUNNING, PAUSED, MET, MISSED, CANCELLED = "running", "paused", "met", "missed", "cancelled"


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One run of a clock: from an event of its `from` to one of its `until`. Instants are milliseconds."""

    clock: str
    n: int
    """Counts this clock's runs in the complaint, from 1."""
    seq: int
    """The event that started it."""
    task: int = 0
    """Of a task's clock: the event that opened the task. Only that task's being done ends the run."""
    started: Instant
    limit: str
    """The limit text that applies now; empty where the due time was stated."""
    stated: Instant | None = None
    before: Instant | None = None
    """Where it was extended: the due time before the first extension, from which a cap counts."""
    hours: str
    """`open` or `closed` at the start (design §4 rule 8)."""
    due: Instant | None
    provisional: bool = False
    state: str = RUNNING
    rung: int = 0
    """How many rungs of the ladder this run has missed."""
    next: Instant | None = None
    """When the next rung is missed: the due time, then the next tier's time."""
    warns: list[Instant] = []
    """Warnings still to come, earliest first."""
    pauses: list[list[Instant | None]] = []
    """`[from, to]`; the last `to` is None while paused."""
    ended: Instant | None = None
    under: str = ""
    """The version that it was missed under, where the complaint has been switched since: that one explains it."""

    @property
    def open(self) -> bool:
        return self.ended is None


def first_open(runs: Iterable[Run], clock: str) -> Run | None:
    """What the clock's name means among open runs: where several tasks of one name are owed, that of the first."""
    return min((run for run in runs if run.clock == clock), key=lambda run: run.task, default=None)


_INSTANTS = ("started", "stated", "before", "due", "next", "ended")


def to_json(run: Run) -> dict[str, Any]:
    """The run as events carry it."""
    return _with_instants(msgspec.to_builtins(run), to_text)


def from_json(raw: dict[str, Any]) -> Run:
    return msgspec.convert(_with_instants(raw, from_text), Run)


def _with_instants(raw: dict[str, Any], turn: Callable[[Any], Any]) -> dict[str, Any]:
    turned = {key: turn(value) if key in _INSTANTS and value is not None else value for key, value in raw.items()}
    if "warns" in turned:
        turned["warns"] = [turn(one) for one in turned["warns"]]
    if "pauses" in turned:
        turned["pauses"] = [[None if one is None else turn(one) for one in pause] for pause in turned["pauses"]]
    return turned
