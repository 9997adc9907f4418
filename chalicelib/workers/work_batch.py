"""Processes a due batch: acts on each hit under its tenant's binding, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from chalicelib.access import binding
from chalicelib.features.deadlines.batch import DueBatch, Hit, requeue
from chalicelib.features.deadlines.quarantine import quarantine_hit
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.messages import attempt
from chalicelib.jobs import driver
from chalicelib.jobs.driver import Steps
from chalicelib.jobs.throttling import CircuitBreaker
from chalicelib.kit import observability
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.kit.problem import LaterRelease
from chalicelib.limits.exceeded import TooMuchWork
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store, Unavailable
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring
from chalicelib.workers import hourly

JOB_BUDGET = 5 * SECOND
"""Real time that one job of a batch may take, so that the jobs behind it get their share."""


class BatchResult(msgspec.Struct):
    """What happened to the hits of a batch."""

    handled: int = 0
    events: int = 0
    """Events that were recorded."""
    failed: int = 0
    """Hits that failed; each was sent again alone, or quarantined because it needs too much work."""
    requeued: int = 0
    """Throttled hits that were sent again."""
    left_to_sweep: int = 0
    """Throttled hits that were not sent again."""
    lateness: list[int] = []
    """Milliseconds between the due time of each deadline and its recording."""


WakeEvidence = Callable[[Wiring, CaseRef, Key, Instant], int]
"""`wake_evidence`: takes the complaint, the key of its item, and the time; returns the number of events."""


class _Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the handling of every hit of a batch needs."""

    wiring: Wiring
    tenant: str
    now: Instant
    steps: Steps
    evidence: WakeEvidence | None
    read: Mapping[Key, Entry] | None


def process_batch(
    wiring: Wiring, batch: DueBatch, now: Instant, steps: Steps, evidence: WakeEvidence | None = None
) -> BatchResult:
    """Acts on every hit. `steps` runs the steps of jobs; `evidence` wakes files, which are skipped without it.

    A hit that fails does not stop the others: it is sent again alone. A batch of one hit raises its error.
    Therefore an error sends only its own hit to the dead-letter queue. If a hit crashes the worker each time, the whole
    batch reaches the dead-letter queue, and `quarantine_batch` splits it. A throttled or unavailable table is no error
    of the hit: the hit is sent again later (`throttle_requeue`).
    """
    result, throttled, breaker = BatchResult(), list[Hit](), CircuitBreaker()
    read = _read_ahead(wiring.store, batch)
    context = _Context(wiring=wiring, tenant=batch.tenant, now=now, steps=steps, evidence=evidence, read=read)
    for hit in batch.hits:
        try:
            events = breaker.call(partial(_act_on, context, hit))
            result.handled += 1
            result.events += events
            if events and hit.is_deadline:
                result.lateness.append(now - hit.wake_at)
        except Unavailable:
            throttled.append(hit)
        except LaterRelease:
            continue  # counted where it was raised; the item stays on the index, and a later sweep finds it
        except TooMuchWork as problem:
            quarantine_hit(wiring.store, wiring.real_clock, batch.tenant, hit, problem.detail)
            result.failed += 1
        except Exception as error:
            observability.error("A due entry failed", tenant=batch.tenant, error=observability.frames(error))
            if len(batch.hits) == 1:
                raise
            wiring.due.send([QueueMessage.of(DueBatch(batch.tenant, [hit]))])
            result.failed += 1
    if throttled:
        sent = requeue(wiring.due, batch, throttled)
        result.requeued, result.left_to_sweep = (len(throttled), 0) if sent else (0, len(throttled))
    _measure(result)
    return result


def _read_ahead(store: Store, batch: DueBatch) -> dict[Key, Entry] | None:
    """Reads the items of all deadlines at once.

    Returns None for a single deadline and when the read fails. Each hit then reads its own item.
    """
    deadlines = [hit.key for hit in batch.hits if hit.is_deadline]
    if len(deadlines) < 2:
        return None
    try:
        with binding.tenant(batch.tenant):
            return store.get(deadlines)
    except Unavailable:
        return None


def _act_on(context: _Context, hit: Hit) -> int:
    """Returns the number of events, or of steps or other things done."""
    wiring, tenant, now = context.wiring, context.tenant, context.now
    if hit.is_hourly:
        return hourly.run(wiring, tenant, now)
    with binding.tenant(tenant):
        if hit.is_job:
            return driver.run_steps(wiring, tenant, keys.job_name(hit.sk), now, context.steps, JOB_BUDGET)
        with known_policies.waiting():
            return _wake(known_policies.only_known(wiring), context, hit)


def _wake(wiring: Wiring, context: _Context, hit: Hit) -> int:
    tenant, now = context.tenant, context.now
    if keys.is_effects_name(hit.aggregate):
        return attempt.enqueue_due(wiring, tenant, hit.key, now)
    if keys.is_notices_name(hit.aggregate):
        return _publish(wiring, CaseRef(tenant, keys.noticed_number(hit.aggregate)), hit.key, now)
    ref = CaseRef(tenant, keys.number_of(hit.aggregate))
    if hit.is_file:
        return context.evidence(wiring, ref, hit.key, now) if context.evidence else 0
    return wake(wiring, ref, now, context.read)


def _publish(wiring: Wiring, ref: CaseRef, key: Key, now: Instant) -> int:
    from chalicelib.features.register import publish_due  # few organisations publish notices

    return publish_due.wake(wiring, ref, key, now)


def _measure(result: BatchResult) -> None:
    """A hit that another worker has already handled does not count towards lateness."""
    if result.lateness:
        observability.measure("DueLateness", max(result.lateness), "Milliseconds")
    if result.handled:
        observability.measure("DueActedOn", result.handled)
    if result.failed:
        observability.measure("DueFailed", result.failed)
    if result.requeued:
        observability.measure("DueAgain", result.requeued)
    if result.left_to_sweep:
        observability.measure("DueLater", result.left_to_sweep)
