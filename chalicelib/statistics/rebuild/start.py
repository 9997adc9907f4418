"""Starting a rebuild: by an owner, or by the hourly job for an organisation without complete figures."""

from __future__ import annotations

import uuid
from contextlib import suppress

import msgspec

from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.jobs.job_view import job_view
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.statistics.cells import head
from chalicelib.statistics.cells.collection import HEAD
from chalicelib.statistics.cells.head import StatisticsHead
from chalicelib.statistics.counting.contribution import definition
from chalicelib.store.port import CommitConflict, Store, Write
from chalicelib.tenants import idempotency_records, owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.owner_command import LoadedOrganisation, OwnerCommand
from chalicelib.wiring import Wiring

JOB_KIND = "statistics-rebuild"


class StatisticsCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was counted is removed first. Then come the numbers of the months, then the units."""

    definition: str = ""
    """The definition by which the rebuild counts. Empty before the first step."""
    months: list[Month] = []
    place: NumberPosition | None = None
    """None after the last number."""
    unit: str = ""
    """The number of the last unit that is counted."""
    cleared: bool = False
    """True once nothing is left of what was counted before."""

    @property
    def total(self) -> int:
        return sum(month.count for month in self.months)


_KEPT = 30 * DAY // 1000
"""Seconds of real time for which the job can be looked at."""


def start(wiring: Wiring, command: OwnerCommand) -> Answer:
    """Returns 202 with the job. Raises `Problem`: `forbidden`, `conflict`. A rebuild that still runs is replaced.

    A repeat of the request sends the job's first message again, in case it was lost together with the response.
    """
    loaded = owner_command.load(wiring.store, wiring.real_clock, command)
    answer = loaded if isinstance(loaded, Answer) else _create(wiring, command, loaded)
    driver.send(wiring.effects, command.tenant, answer.body["id"])
    return answer


def _create(wiring: Wiring, command: OwnerCommand, loaded: LoadedOrganisation) -> Answer:
    job = _new(f"{JOB_KIND}-{uuid.uuid4().hex}", command.sub, command.now, wiring.real_clock)
    answer = Answer.of(202, job_view(job))
    writes: list[Write] = [jobs.new(command.tenant, job)]
    if command.request is not None:
        found = loaded.entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    try:
        wiring.store.commit(writes)
    except CommitConflict:
        raise Problem("conflict", "The rebuild was not started. Repeat the request.") from None
    return answer


def start_if_needed(
    store: Store, real_clock: TimeSource, tenant: str, now: Instant, known: StatisticsHead | None = None
) -> None:
    """Starts at most one job a day for each definition, unless one runs. The caller binds the tenant.

    `known`: the head, if it was read just now.
    """
    found = head.read(store, tenant).head if known is None else known
    if found.is_counted or (found.job and not _has_ended(store, tenant, found.job)):
        return
    job = _new(f"{JOB_KIND}-{to_text(now)[:10]}-{definition()}", "system", now, real_clock)
    with suppress(CommitConflict):  # another run has started it
        store.commit([jobs.new(tenant, job)])


def by_repair(real_clock: TimeSource, tenant: str, repair: StoredJob, now: Instant) -> tuple[Write, str]:
    """The write of a rebuild that a repair starts, and the job's name. One that still runs is replaced."""
    job = _new(f"{JOB_KIND}-{repair.job.id}-{repair.version}", repair.job.by, now, real_clock)
    return jobs.new(tenant, job), job.id


def _has_ended(store: Store, tenant: str, name: str) -> bool:
    """True also for a job that failed, or whose item has expired."""
    stored = jobs.read(store, tenant, name)
    return stored is None or stored.job.over


def _new(name: str, by: str, now: Instant, real_clock: TimeSource) -> Job:
    expires = real_clock() // 1000 + _KEPT
    return Job(id=name, kind=JOB_KIND, by=by, started=now, cursor=jobs.cursor(StatisticsCursor()), expires=expires)


def _start(hour: Hour) -> None:
    wiring = hour.wiring
    start_if_needed(wiring.store, wiring.real_clock, hour.tenant, hour.now, hour.left.get(HEAD))


HOURLY = HourlyStep("rebuild", _start, after=(HEAD,))
"""Starts the rebuild of statistics that are not complete."""
