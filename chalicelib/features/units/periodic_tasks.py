"""Starts the jobs that open the calendar's tasks for units and for the organisation: one job for each opening time.

The hourly job starts them up to two hours ahead, so a job is due exactly when its tasks open. It also looks back, in
case it did not run for some time or the job failed. Starting a job twice is harmless, because its id has the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.loading import on_unit_calendar
from chalicelib.complaints.units import periodic
from chalicelib.jobs import job as jobs
from chalicelib.jobs.hourly import Hour, Step
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import DAY, HOUR, Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.ports import TimeSource
from chalicelib.store.port import CommitConflict, Store, Write
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

JOB_KIND = "periodic-tasks"
AHEAD = 2 * HOUR
BEHIND = 35 * DAY
"""How long after its opening time a job is started, or started again after a failure."""
_KEPT = 60 * DAY // 1000
"""Seconds for which a job can be looked at: longer than `BEHIND`, so an ended job is not started again."""


class PeriodicCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far the job has come. `at`: the opening time. `after`: the name of the last unit of the previous page."""

    at: Instant
    after: str = ""
    failed: list[str] = []
    """The names of units whose tasks could not be opened."""


def start_due(store: Store, compiled: CompiledPolicies, real_clock: TimeSource, tenant: str, now: Instant) -> None:
    """Start the jobs of the opening times around `now` that were not started before. The caller binds the tenant."""
    org = organisation.load(store, tenant)
    versions = dict.fromkeys([org.policy_at(now), org.policy_at(now + AHEAD)])
    times = {at for version in versions for at in _opening_times(compiled.get(tenant, version), org, now)}
    wanted = {f"{JOB_KIND}-{to_text(at)[:16].replace(':', '')}": at for at in sorted(times)}
    if not wanted:
        return
    found = store.get([jobs.key(tenant, job) for job in wanted])
    for id_, at in wanted.items():
        stored = jobs.stored_in(found.get(jobs.key(tenant, id_)))
        if stored is None or stored.job.state == "failed":
            cursor, expires = jobs.cursor(PeriodicCursor(at)), real_clock() // 1000 + _KEPT
            job = Job(id=id_, kind=JOB_KIND, by="system", started=at, cursor=cursor, expires=expires)
            _start(store, jobs.new(tenant, job) if stored is None else jobs.change(tenant, stored, job))


def _start(store: Store, write: Write) -> None:
    with suppress(CommitConflict):  # another run has started it
        store.commit([write])


def _opening_times(policy: Policy, org: Organisation, now: Instant) -> Iterator[Instant]:
    """The times at which tasks of units or of the organisation open. Units on one calendar have the same times."""
    first, last = max(now - BEHIND, org.created - 1), now + AHEAD
    by_calendar = {unit.calendar: on_unit_calendar(policy, org, name) for name, unit in org.units.items()}
    for owner, on_calendars in (("organisation", [policy]), ("unit", [*by_calendar.values()])):
        for one in on_calendars:
            yield from (due.period.at for due in periodic.due_tasks(one, owner, first, last))


def _start_due(hour: Hour) -> None:
    wiring = hour.wiring
    start_due(wiring.store, wiring.compiled, wiring.real_clock, hour.tenant, hour.now)


HOURLY = Step("tasks", _start_due, after=("reconciliation",))
