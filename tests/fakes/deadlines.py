"""Runs one sweep and its workers in the test process."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from chalicelib.deadlines import batch
from chalicelib.deadlines.quarantine import quarantine_batch
from chalicelib.deadlines.sweep import sweep
from chalicelib.instants import Instant
from chalicelib.jobs.driver import Steps
from chalicelib.wiring import Wiring
from chalicelib.workers.work_batch import process_batch

TRIES = 5
"""The `maxReceiveCount` of the due queue."""


def sweep_and_work(wiring: Wiring, now: Instant, steps: Steps = MappingProxyType({})) -> int:
    """Returns the number of handled hits. A hit that fails five times is quarantined."""
    sweep(wiring, now)
    queue, done = _queue(wiring), list[int]()
    queue.drain(
        lambda message: done.append(process_batch(wiring, batch.parse(message.body), now, steps).handled),
        attempts=TRIES,
    )
    while queue.dead:
        quarantine_batch(wiring, batch.parse(queue.dead.pop().body))
    return sum(done)


def _queue(wiring: Wiring) -> Any:
    """The fake behind a breaker, if there is one: receiving messages is not a call of the program."""
    return getattr(wiring.due, "_port", wiring.due)
