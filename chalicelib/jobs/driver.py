"""Runs the steps of all jobs: claims a step, runs it, and counts failures.

A job stays on index `due` until it has ended, so every sweep finds it and none is lost. A message on the effects queue
only makes the next step start at once. The first worker to write the item's next version has claimed the step. The
write of any other worker is rejected and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from chalicelib.access import binding
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, ClaimLost, PermanentFailure
from chalicelib.kit import observability
from chalicelib.kit.instants import HOUR, MINUTE, Instant
from chalicelib.kit.problem import LaterRelease
from chalicelib.ports import Queue, QueueMessage
from chalicelib.store.port import CommitConflict
from chalicelib.store.stored_form import Damaged
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

MAX_TRIES = 5
"""Tries of one step. The delays between them are 1, 4, 16 and 64 minutes, so an outage of an hour fails no job."""
WAITS = HOUR
"""Domain time until a step that needs a later release is tried again. Such a try is not counted."""
ABANDONED = "A step was started five times and never finished."
FAULT = "A step failed five times because of an internal error ({kind}). The log holds the error under this job's id."
DAMAGED = "A stored item is damaged ({item}). An operator must repair it."

Step = Callable[[Claim], None]
"""One step of a job. It ends with `Claim.save`. Its other writes are idempotent, because a step can be repeated."""
Steps = Mapping[str, Step]
"""The step function of each kind of job."""


class JobStep(msgspec.Struct, frozen=True, tag="job"):
    """A message of the effects queue: run the step that follows `version` of the job."""

    tenant: str
    job: str
    version: int


def send(effects_queue: Queue, tenant: str, job: str, version: int = jobs.FIRST) -> None:
    """A second message has no effect. Without any message, the job waits for the next sweep."""
    effects_queue.send([QueueMessage.of(JobStep(tenant, job, version))])


def run_message(wiring: Wiring, step: JobStep, steps: Steps) -> None:
    """Runs the step that one message names."""
    with binding.tenant(step.tenant):
        stored = jobs.read(wiring.store, step.tenant, step.job)
        if stored is None or stored.job.over:
            return
        if stored.version == step.version + 2 and stored.job.tries == 0:
            # The step is done, and the process died before it sent the next message.
            send(wiring.effects, step.tenant, step.job, stored.version)
        elif stored.version in (step.version, step.version + 1):
            run_steps(wiring, step.tenant, step.job, wiring.clock(), steps)


def run_steps(wiring: Wiring, tenant: str, job: str, now: Instant, steps: Steps, budget: int = 0) -> int:
    """Runs steps for `budget` milliseconds of real time, and at least one. Returns their number.

    The caller binds the tenant. The remaining steps are left to the effects queue.
    """
    started, count = wiring.real_clock(), 0
    while True:
        stored = jobs.read(wiring.store, tenant, job)
        if stored is None or stored.job.over or (stored.job.retry_at or 0) > now:
            return count
        if not isinstance(stored.job.later, msgspec.UnsetType):
            observability.error(f"A later release has begun a job: {job}", tenant=tenant)
            observability.measure("LaterRelease")
            return count  # it stays due
        if count and wiring.real_clock() - started >= budget:
            send(wiring.effects, tenant, job, stored.version)
            return count
        if not _run_step(Claim(known_policies.only_known(wiring), tenant, stored, now), steps):
            return count
        count += 1


def _run_step(claim: Claim, steps: Steps) -> bool:
    """Returns False when the step failed or the claim was lost."""
    try:
        if claim.job.tries >= MAX_TRIES:
            _fail(claim, ABANDONED)
            return False
        claim.begin()
        with known_policies.waiting():
            steps[claim.job.kind](claim)
    except (CommitConflict, ClaimLost):
        return False
    except LaterRelease:
        with suppress(CommitConflict):  # as below
            claim.wait(claim.now + WAITS)
        return False
    except PermanentFailure as reason:
        _fail(claim, str(reason))
        return False
    except Exception as error:  # noqa: BLE001  logged, counted and tried again; the last try fails the job
        # A conflict here means that the claim was written although its answer was lost. The next hit continues.
        with suppress(CommitConflict):
            _count_failure(claim, error)
        return False
    return True


def _count_failure(claim: Claim, error: Exception) -> None:
    observability.error(
        f"A step of a job failed: {claim.job.id}",
        tenant=claim.tenant,
        attempt=claim.job.tries,
        error=observability.frames(error),
    )
    if claim.job.tries >= MAX_TRIES:
        damaged = isinstance(error, Damaged)
        _fail(claim, DAMAGED.format(item=error) if damaged else FAULT.format(kind=type(error).__name__))
    else:
        claim.retry(claim.now + 4 ** max(claim.job.tries - 1, 0) * MINUTE)


def _fail(claim: Claim, reason: str) -> None:
    claim.fail(reason)
    observability.error(f"A job has failed: {claim.job.id}", tenant=claim.tenant)
    observability.measure("JobFailed")
