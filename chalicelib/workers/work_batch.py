"""Work: what a batch of due hits names is acted on, each under its tenant's binding and in its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.deadlines import throttled_hits
from chalicelib.deadlines.batch import DueBatch, Hit
from chalicelib.deadlines.wake_complaint import wake
from chalicelib.instants import SECOND, Instant
from chalicelib.jobs import driver
from chalicelib.jobs.driver import Steps
from chalicelib.messages import attempt
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Unavailable
from chalicelib.wiring import Wiring
from chalicelib.workers import hourly

JOB_BUDGET = 5 * SECOND
"""Real time that one job may take of a batch, so that the other jobs behind it have theirs."""


class BatchResult(msgspec.Struct):
    """What a worker did: hits acted on, events written, hits that failed, come back, or are left to a later sweep."""

    done: int = 0
    events: int = 0
    failed: int = 0
    again: int = 0
    later: int = 0
    waited: list[int] = []
    """Milliseconds between the due times of deadlines and what was recorded of them now."""


WakeEvidence = Callable[[Wiring, str, str, Key, Instant], int]
"""Tenant, number, item's key, now → how many events were written (`evidence.wake_evidence`)."""


def work(
    wiring: Wiring, given: DueBatch, now: Instant, steps: Steps, evidence: WakeEvidence | None = None
) -> BatchResult:
    """One that fails does not stop the others: it is sent again alone. A batch of one raises what it fails with.

    So only a message of one hit is parked: one of several that the queue gives up, because each try killed the worker,
    is taken apart then (`park`). What met a table that is throttled or away is no fault of its own: it comes back later
    (`again`). `steps`: what does jobs' steps; `evidence`: what wakes files, which wait else.
    """
    worked, throttled, in_a_row = BatchResult(), list[Hit](), 0
    read = _read(wiring, given)
    for place, hit in enumerate(given.hits):
        try:
            events = _act_on(wiring, given, hit, now, steps, evidence, read)
            in_a_row = 0
            worked.done += 1
            worked.events += events
            if events and hit.is_deadline:
                worked.waited.append(now - hit.wake_at)
        except Unavailable:
            throttled.append(hit)
            in_a_row += 1
            if in_a_row == throttled_hits.IN_A_ROW:
                throttled.extend(given.hits[place + 1 :])
                break
        except Exception as error:
            observability.error(
                "A due item could not be acted on", tenant=given.tenant, error=observability.frames(error)
            )
            if len(given.hits) == 1:
                raise
            wiring.due.send([QueueMessage.of(DueBatch(given.tenant, [hit]))])
            worked.failed += 1
    if throttled:
        back = throttled_hits.send(wiring, given, throttled)
        worked.again, worked.later = (len(throttled), 0) if back else (0, len(throttled))
    _measure(worked)
    return worked


def _read(wiring: Wiring, given: DueBatch) -> dict[Key, Entry] | None:
    """All that is to wake, in one read. None where that did not succeed or is not worth it: each then reads its own."""
    wanted = [hit.key for hit in given.hits if hit.is_deadline]
    if len(wanted) < 2:
        return None
    try:
        with binding.tenant(given.tenant):
            return wiring.store.get(wanted)
    except Unavailable:
        return None


def _act_on(
    wiring: Wiring,
    given: DueBatch,
    hit: Hit,
    now: Instant,
    steps: Steps,
    evidence: WakeEvidence | None,
    read: Mapping[Key, Entry] | None,
) -> int:
    kind, _, number = hit.aggregate.partition("#")
    if kind == "DIR":
        return hourly.run(wiring, given.tenant, now)
    with binding.tenant(given.tenant):
        if kind == keys.ORGANISATION:
            return driver.work(wiring, given.tenant, hit.sk.removeprefix("J#"), now, steps, JOB_BUDGET)
        if kind == "F":
            return attempt.enqueue(wiring, given.tenant, hit.key, now)
        if hit.is_file:
            return evidence(wiring, given.tenant, number, hit.key, now) if evidence else 0
        return wake(wiring, given.tenant, hit.aggregate if kind == "U" else number, now, read)


def _measure(worked: BatchResult) -> None:
    """Lateness is what a deadline waited for its worker. A hit that somebody was faster at says nothing of it."""
    if worked.waited:
        observability.measure("DueLateness", max(worked.waited), "Milliseconds")
    if worked.done:
        observability.measure("DueActedOn", worked.done)
    if worked.failed:
        observability.measure("DueFailed", worked.failed)
    if worked.again:
        observability.measure("DueAgain", worked.again)
    if worked.later:
        observability.measure("DueLater", worked.later)
