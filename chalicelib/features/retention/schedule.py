"""Starts the job that looks for complaints whose retention has ended: once a day, if the version in force has one."""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.features.retention.step import JOB_KIND, RetentionCursor
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.kit.instants import DAY, Instant
from chalicelib.store.port import CommitConflict, Write
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

EVERY = DAY
"""Domain time from one start of the job to the next."""


def start_if_due(wiring: Wiring, tenant: str, now: Instant) -> None:
    """The organisation has one such job, which goes on where complaints are left. The caller binds the tenant."""
    org = organisation.load(wiring.store, tenant)
    if wiring.compiled.get(tenant, org.policy_at(now)).document.retention is None:
        return
    stored = jobs.read(wiring.store, tenant, JOB_KIND)
    write = _start(tenant, stored, now)
    if write is not None:
        with suppress(CommitConflict):  # an overlapping run was faster
            wiring.store.commit([write])
            driver.send(wiring.effects, tenant, JOB_KIND, 1 + (stored.version if stored else 0))


def _start(tenant: str, stored: StoredJob | None, now: Instant) -> Write | None:
    """None if the job runs, or has begun within the day."""
    if stored is None:
        first = jobs.cursor(RetentionCursor())
        return jobs.new(tenant, Job(id=JOB_KIND, kind=JOB_KIND, by="system", started=now, cursor=first))
    if not stored.job.over or stored.job.started + EVERY > now:
        return None
    cursor = jobs.cursor(RetentionCursor(done=stored.job.at(RetentionCursor).done))
    again = replace(stored.job, state="queued", tries=0, started=now, ended=None, reason=None, cursor=cursor)
    return jobs.change(tenant, stored, replace(again, done=0, counts={}))


def _run(hour: Hour) -> None:
    start_if_due(hour.wiring, hour.tenant, hour.now)


HOURLY = HourlyStep("retention", _run, after=("next run",))
