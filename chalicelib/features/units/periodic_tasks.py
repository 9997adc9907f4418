"""Jobs that open the calendar's tasks for units and for the organisation: one job for each opening time.

The hourly job starts them up to two hours ahead, so a job is due exactly when its tasks open. It also looks back, in
case it did not run for some time or the job failed. Starting a job twice is harmless, because its id has the time. One
step of a job takes a page of the units, after the organisation as a whole.

The version in force at the opening time decides which tasks open, so nothing opens for a period that began before the
version was published. The version in force now must still have the task: its text and limit apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.casework.loading import on_unit_calendar, parse_unit
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.units import periodic
from chalicelib.complaints.units.periodic import DueTask
from chalicelib.complaints.units.unit import Owner, ScoredUnit, for_unit, new_unit
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.jobs.job import Job, JobState
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, HOUR, Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import CommitConflict, Store, Unavailable, Write
from chalicelib.tenants import organisation, past
from chalicelib.tenants.directory import Directory
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


HOURLY = HourlyStep("tasks", _start_due, after=("reconciliation",))


PAGE = 20
"""Most units of one step. Each takes one or two commits."""
MOST = 20
"""Most tasks of one commit. Each has two events, besides the due events; a transaction holds 100 items."""
_HAVING_TASKS = ("active", "suspended", "leaving")


def step(claim: Claim) -> None:
    """`driver.Step`. A unit that fails does not stop the others. The job fails at its end, and is started again."""
    cursor = claim.job.at(PeriodicCursor)
    listed = Directory(claim.wiring.store, claim.wiring.real_clock).find(claim.tenant)
    if listed is None or listed.listing.state not in _HAVING_TASKS:
        claim.save(replace(claim.job, state="done"))  # nothing is written after an erasure has begun
        return
    org = organisation.load(claim.wiring.store, claim.tenant)
    version = past.version_at(claim.wiring.store, org, cursor.at)
    names = [] if version is None else _remaining(claim, org, cursor)
    opened, failed = 0, list(cursor.failed)
    for name in names[:PAGE]:
        try:
            opened += _open_for(claim, name, version or "", cursor.at)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  logged; the job fails at its end
            observability.error(
                "A periodic task was not opened", tenant=claim.tenant, error=observability.frames(error)
            )
            failed.append(name)
    over = len(names) <= PAGE
    if over and failed:
        raise PermanentFailure(f"The tasks of {len(failed)} units could not be opened.")
    after = cursor if over else PeriodicCursor(cursor.at, names[PAGE - 1], failed)
    _save(claim, after, len(names[:PAGE]), opened, over=over)


def _remaining(claim: Claim, org: Organisation, cursor: PeriodicCursor) -> list[str]:
    """The names that follow the last page. A unit that was added after the opening time owes nothing for the period."""
    later = past.units_added_after(claim.wiring.store, org, cursor.at)
    return [name for name in org.record_names if name > cursor.after and name not in later]


def _save(claim: Claim, cursor: PeriodicCursor, units: int, opened: int, *, over: bool) -> None:
    job = claim.job
    counts = {"opened": job.counts.get("opened", 0) + opened}
    state: JobState = "done" if over else "running"
    claim.save(replace(job, state=state, cursor=jobs.cursor(cursor), done=job.done + units, counts=counts))


def _open_for(claim: Claim, name: str, version: str, at: Instant) -> int:
    """Returns the number of tasks opened."""
    total = 0
    while opened := retry_or_refuse(lambda: _attempt(claim, name, version, at), "Others acted on it at the same time."):
        total += opened
    return total


def _attempt(claim: Claim, name: str, version: str, at: Instant) -> int:
    """Opens the next tasks and returns their number. Raises `CommitConflict` if another writer has changed the unit."""
    wiring, tenant, now = claim.wiring, claim.tenant, claim.now
    entries = wiring.store.get([organisation.key(tenant), snapshot.unit_key(tenant, name)])
    org, unit = organisation.among(entries, tenant), None if name == keys.WHOLE else name
    due = _due(claim, org, unit, version, at)
    if not due:
        return 0
    in_force = on_unit_calendar(wiring.compiled.get(tenant, org.policy_at(now)), org, unit)
    case = parse_unit(wiring.compiled, tenant, name, entries)
    initial = new_unit(keys.unit_number(unit), unit, in_force) if case is None else case.complaint
    if not isinstance(initial, ScoredUnit):
        raise TypeError("the state is not that of a unit")
    new = [one for one in due if periodic.is_new(initial, one)]
    if not new:
        return 0
    if case is None:
        flow = Flow(for_unit(in_force, initial.owner), initial)
    else:
        flow = due_events.moved(wiring.store, wiring.sealer, tenant, case, in_force, now)
    for one in new[:MOST]:
        periodic.open_task(flow, one)
    _, writes = commit.writes(wiring.sealer, tenant, flow, now)
    wiring.store.commit(writes)
    return len(new[:MOST])


def _due(claim: Claim, org: Organisation, unit: str | None, version: str, at: Instant) -> list[DueTask]:
    """The tasks that the version in force at the opening time opens then, and that the version in force now has."""
    compiled, tenant = claim.wiring.compiled, claim.tenant
    owner: Owner = "organisation" if unit is None else "unit"
    then = on_unit_calendar(compiled.get(tenant, version), org, unit)
    now = compiled.get(tenant, org.policy_at(claim.now)).document.tasks
    due = periodic.due_tasks(then, owner, at - 1, at)
    return [one for one in due if one.task in now and now[one.task].of == owner and now[one.task].scheduled]
