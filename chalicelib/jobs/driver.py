"""The one driver of jobs: it claims a step, has it done, and counts what fails.

The due index is what drives, because nothing can be lost there: a job is hit by every sweep until it has ended. A
message on the effects queue only makes the next step come at once. Whoever comes first claims the step by the item's
version; the other's write is lost, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.instants import MINUTE, Instant
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, Impossible, Overtaken
from chalicelib.ports import QueueMessage
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring

MOST_TRIES = 5
"""Of one step. The pauses between them are 1, 4, 16 and 64 minutes: an outage of an hour fails no job."""
DIED = "A step was begun five times and never came to an end."
FAULT = "A step failed five times by a fault of ours ({kind}); the log has it under this job's id."

Step = Callable[[Claim], None]
"""One step of a job of a kind: it ends with `Claim.save`, and writes nothing that a repeat would not write again."""
Steps = Mapping[str, Step]
"""By the kind of the job."""


class JobStep(msgspec.Struct, frozen=True, tag="job"):
    """The queue's message: do the step that follows `version` of the job."""

    tenant: str
    job: str
    version: int


def send(wiring: Wiring, tenant: str, job: str, version: int = jobs.FIRST) -> None:
    """Sending twice does no harm, and sending never only makes it slower."""
    wiring.effects.send([QueueMessage.of(JobStep(tenant, job, version))])


def run(wiring: Wiring, step: JobStep, steps: Steps) -> None:
    """One message's step."""
    with binding.tenant(step.tenant):
        held = jobs.read(wiring.store, step.tenant, step.job)
        if held is None or held.job.over:
            return
        if held.version == step.version + 2 and held.job.tries == 0:
            send(wiring, step.tenant, step.job, held.version)  # the step was done, and the process died then
        elif held.version in (step.version, step.version + 1):
            work(wiring, step.tenant, step.job, wiring.clock(), steps)


def work(wiring: Wiring, tenant: str, job: str, now: Instant, steps: Steps, budget: int = 0) -> int:
    """Step after step for `budget` milliseconds of real time, at least one; how many. The tenant is bound.

    What is left then is the queue's.
    """
    begun, count = wiring.real_clock(), 0
    while True:
        held = jobs.read(wiring.store, tenant, job)
        if held is None or held.job.over or (held.job.retry_at or 0) > now:
            return count
        if count and wiring.real_clock() - begun >= budget:
            send(wiring, tenant, job, held.version)
            return count
        if not _step(Claim(wiring, tenant, held, now), steps):
            return count
        count += 1


def _step(claim: Claim, steps: Steps) -> bool:
    """Whether it was done."""
    try:
        if claim.job.tries >= MOST_TRIES:
            _failed(claim, DIED)
            return False
        claim.begin()
        steps[claim.job.kind](claim)
    except (CommitConflict, Overtaken):
        return False
    except Impossible as reason:
        _failed(claim, str(reason))
        return False
    except Exception as error:  # noqa: BLE001  counted, logged and tried again; at last the job's own end
        with suppress(
            CommitConflict
        ):  # the claim itself was written and its answer lost: the next hit goes on from there
            _count(claim, error)
        return False
    return True


def _count(claim: Claim, error: Exception) -> None:
    observability.error(
        f"A step of a job failed: {claim.job.id}",
        tenant=claim.tenant,
        attempt=claim.job.tries,
        error=observability.frames(error),
    )
    if claim.job.tries >= MOST_TRIES:
        _failed(claim, FAULT.format(kind=type(error).__name__))
    else:
        claim.retry(claim.now + 4 ** max(claim.job.tries - 1, 0) * MINUTE)


def _failed(claim: Claim, reason: str) -> None:
    claim.fail(reason)
    observability.error(f"A job has failed: {claim.job.id}", tenant=claim.tenant)
    observability.measure("JobFailed")
