"""The scheduled inspections: the hourly job produces each once, and tells the owners once of one that is not assessed.

The calendar opens the task of its assessment when the period ends (`features.units.periodic_tasks`). The document
follows within the hour, or when all events of the period are counted.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.composing.period_documents import write_once
from chalicelib.casework.snapshot import UNIT, run_of_task
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.units.recurring import Period
from chalicelib.features.inspections import due, item, produce, telling
from chalicelib.features.inspections.item import InspectionEdition
from chalicelib.features.inspections.telling import InspectionMessage
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep, tried_hourly
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import INSPECTION
from chalicelib.policy.worktime.periods import CalendarPeriod, parse
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.tenants import organisation, past
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

BEHIND = 35 * DAY
"""How long after the end of its period an inspection is still produced, if it could not be produced before."""
_YEAR = 366 * DAY
LATE_EVENT = "inspection_late"


@tried_hourly("An inspection was not produced")
def run(wiring: Wiring, tenant: str, now: Instant) -> None:
    """The caller binds the tenant."""
    org = organisation.load(wiring.store, tenant)
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    for ended in due.ended_between(policy, max(org.created, now - BEHIND), now):
        _produce_if_missing(wiring, org, ended, now)
    if due.asked(policy) is not None:
        _tell_of_late_ones(wiring, tenant, policy, now)


def _produce_if_missing(wiring: Wiring, org: Organisation, ended: Period, now: Instant) -> None:
    """The version in force when the period ended decides, as for the task."""
    tenant, period = org.id, parse(ended.name)
    if produce.editions(wiring.store, tenant, period):
        return
    then = past.policy_at(wiring, org, ended.at)
    if then is None or ended.name not in [one.name for one in due.ended_between(then, ended.at - 1, ended.at)]:
        return
    produce_missing(wiring, tenant, period, now)


def produce_missing(wiring: Wiring, tenant: str, period: CalendarPeriod, now: Instant) -> None:
    """The first edition, unless another run was faster. Nothing while events of the period are not counted yet."""
    try:
        production = produce.prepare(wiring, tenant, period, now, produce.Producer("system", SYSTEM))
    except Problem as problem:
        if problem.kind != "conflict":
            raise
        observability.info("An inspection waits for the figures", tenant=tenant)
        return
    write_once(
        wiring.store,
        tenant,
        lambda: bool(produce.editions(wiring.store, tenant, period)),
        lambda now_org: produce.next_edition(wiring, production, now_org, []).writes,
    )


def _tell_of_late_ones(wiring: Wiring, tenant: str, policy: Policy, now: Instant) -> None:
    entry = reads.find(wiring.store, snapshot.unit_key(tenant, keys.WHOLE))
    if entry is None:
        return
    state = UNIT.read(entry)
    for name, task in state.tasks.items():
        run_ = run_of_task(state, name)
        if task.task == INSPECTION and run_ is not None and run_.due is not None and run_.due <= now:
            for ended in [*due.ended_between(policy, task.opened - _YEAR, task.opened)][-1:]:
                retry_on_conflict(partial(_tell_if_new, wiring, tenant, ended, now))


def _tell_if_new(wiring: Wiring, tenant: str, ended: Period, now: Instant) -> None:
    """Tells the owners of the first edition, unless they were told."""
    first = produce.editions(wiring.store, tenant, parse(ended.name))[:1]
    if not first or first[0].late:
        return
    org = organisation.load(wiring.store, tenant)
    row: InspectionEdition = first[0]
    fields = {"inspection": row.id, "period": row.period}
    after, event = organisation.record_event(org, LATE_EVENT, fields, "system", now, actor=SYSTEM)
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    notice = InspectionMessage(tenant=tenant, policy=policy, row=row, about=f"{keys.ORGANISATION}/{after.seq}", now=now)
    writes = telling.late(wiring, notice)
    changed = item.change(tenant, replace(row, late=True))
    wiring.store.commit([changed, organisation.change(after, org), event, *writes])


HOURLY = HourlyStep(
    "inspections",
    lambda hour: run(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
