"""Starting a repair: by an operator, who writes the job's item. The next sweep finds it."""

from __future__ import annotations

from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.features.repair.cursor import JOB_KIND, RepairCursor
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.kit.instants import DAY, HOUR, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.store import keys, reads
from chalicelib.store.port import Store
from chalicelib.tenants import organisation

REPAIRED_STATES = ("active", "suspended")
"""Of an organisation. What leaves is erased, and nothing may be written behind the erasure."""
CLOSED = "The organisation is {state}."
_WITHIN = 2 * HOUR
"""An hourly job is due within an hour, or late."""
_KEPT = 30 * DAY // 1000
"""Seconds of real time for which the job can be looked at."""


def start(store: Store, real_clock: TimeSource, tenant: str, now: Instant, *, check: bool) -> StoredJob:
    """The job that runs or, if none does, a new one. The caller binds the tenant.

    Raises `Problem("not-found")` for an unknown organisation, and `CommitConflict` if another was started meanwhile.
    """
    if not store.get([organisation.key(tenant)]):
        raise Problem("not-found", "There is no such organisation.")
    stored = jobs.read(store, tenant, JOB_KIND)
    if stored is not None and not stored.job.over:
        return stored
    job = Job(
        id=JOB_KIND,
        kind=JOB_KIND,
        by="operator",
        started=now,
        asked={"check": check},
        cursor=jobs.cursor(RepairCursor()),
        expires=real_clock() // 1000 + _KEPT,
    )
    store.commit([jobs.new(tenant, job) if stored is None else jobs.change(tenant, stored, job)])
    return StoredJob(job, jobs.FIRST if stored is None else stored.version + 1)


class RepairProgress(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator sees of a repair, or of a job that it has started. `found`, `broken`, `later`: the first
    of each."""

    state: str
    reason: str | None
    done: int
    of: int | None
    counts: dict[str, int]
    check: bool = False
    found: list[str] = []
    broken: list[str] = []
    later: list[str] = []
    jobs: list[str] = []


def progress_of(job: Job) -> RepairProgress:
    shown = RepairProgress(state=job.state, reason=job.reason, done=job.done, of=job.of, counts=job.counts)
    if job.kind != JOB_KIND:
        return shown
    at = job.at(RepairCursor)
    return replace(shown, check=job.asked["check"], found=at.found, broken=at.broken, later=at.later, jobs=at.jobs)


def organisations(store: Store, now: Instant) -> list[str]:
    """Those with an hourly job, sorted: all that are open, and not yet erased. The caller binds the sweep."""
    until = to_text(now + _WITHIN)
    shards = (partial(store.due, shard, until) for shard in range(keys.DUE_SHARDS))
    due = (keys.parse_due(entry.due) for read in shards for entry in reads.entries(read) if entry.due)
    return sorted({tenant for _, tenant, name in due if name == keys.HOURLY})
