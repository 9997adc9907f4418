"""Cancel a bulk or its dry run: what is done stays and is listed, the rest is listed as not done."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from chalicelib.features.bulk.queries import seen_job
from chalicelib.jobs import cancellation
from chalicelib.jobs.job import JobState
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring


class CancelledBulk(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: of the job when it was cancelled. It becomes `stopped` when the rest is listed."""

    id: str
    state: JobState
    counts: dict[str, int]


def cancel(wiring: Wiring, tenant: str, sub: str, bulk: str, now: Instant) -> CancelledBulk:
    """By who started it, or an owner. The step that runs ends after the complaint on which it acts.

    Raises `Problem`: `forbidden` if the caller is no member, `not-found`, `conflict` if the job has ended.
    """
    job = seen_job(wiring.store, tenant, sub, bulk)
    if job.over:
        raise Problem("conflict", "The bulk has ended, so it cannot be cancelled.")
    with suppress(CommitConflict):  # it was cancelled before
        wiring.store.commit([cancellation.put(tenant, job, sub, now)])
    return CancelledBulk(id=job.id, state=job.state, counts=job.counts)
