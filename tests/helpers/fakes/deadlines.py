"""Runs one sweep and its workers in the test process, and tells when the next one has something to do."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.quarantine import quarantine_batch
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.jobs.driver import Steps
from chalicelib.kit.instants import Instant, from_text
from chalicelib.store import keys
from chalicelib.wiring import Wiring
from chalicelib.workers.work_batch import process_batch
from infra.memory_store.store import MemoryStore

TRIES = 5
"""The `maxReceiveCount` of the due queue."""
RECONCILIATION = keys.job("", stream_reconciliation.JOB_KIND).sk
"""The beginning of the sort keys of its jobs."""


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


def next_wake(store: MemoryStore, played: set[str], target: Instant, *, waits: bool) -> Instant | None:
    """The next due instant. `waits`: the reconciliation is not among them while there is another until `target`.

    Waits for uploads stay due until real time has passed, so each of their instants is used once, and noted in
    `played`.
    """
    due = [(entry.due.sk, entry.key) for entry in store.everything() if entry.due]
    files = {at for at, key in due if key.sk[:2] == "V#"}
    wakes = {at for at, key in due if key.pk[:2] == "T#"} - played
    last = {at for at, key in due if waits and key.sk.startswith(RECONCILIATION)}
    first = min(wakes - last, default=None)
    if first is None or _instant(first) > target:
        first = min(last, default=first)
    played |= files & {first}
    return None if first is None else _instant(first)


def _instant(due: str) -> Instant:
    return from_text(due.partition("#")[0])
