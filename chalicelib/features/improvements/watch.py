"""The hourly look at improvement actions: overdue ones are told, and those that are done are watched for a year.

Each period of four weeks after an action is counted and recorded. If its cause returned, the action is open again, with
as much time as it had at first.
"""

from __future__ import annotations

from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM, EventFields
from chalicelib.features.improvements import action, counting, telling
from chalicelib.features.improvements.action import Action, StoredAction
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


class _Change(msgspec.Struct, frozen=True):
    after: Action
    event: str
    fields: EventFields
    tells: str | None


def run(wiring: Wiring, tenant: str, now: Instant) -> None:
    """A failure is only logged: the next hourly job tries again. The caller binds the tenant."""
    try:
        found = action.in_progress(wiring.store, tenant)
    except Exception as error:  # noqa: BLE001  it must not stop the rest of the hourly job
        observability.error("Improvement actions were not read", tenant=tenant, error=observability.frames(error))
        return
    for one in found:
        try:
            retry_on_conflict(partial(_look_at, wiring, tenant, one.id, now))
        except Exception as error:  # noqa: BLE001  one action must not stop the others
            observability.error(
                "An improvement action was not checked", tenant=tenant, error=observability.frames(error)
            )


def _look_at(wiring: Wiring, tenant: str, action_id: str, now: Instant) -> None:
    """Records one change, if there is one. The next hour records the next one."""
    stored = action.find(wiring.store, tenant, action_id, places=(False,))
    if stored is None or not _may_change(stored.action, now):
        return
    org = organisation.load(wiring.store, tenant)
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    found = _change(wiring, tenant, policy, stored, now)
    if found is None:
        return
    fields = {"improvement": found.after.id, **found.fields}
    known = action.open_after(org.improvements, found.after)
    after, event = organisation.record_event(org, found.event, fields, "system", now, actor=SYSTEM, improvements=known)
    told = [] if found.tells is None else telling.tell(wiring, after, policy, found.after, found.tells, now)
    changes = action.change(tenant, stored, found.after)
    wiring.store.commit([*changes, organisation.change(after, org), event, *told])


def _may_change(known: Action, now: Instant) -> bool:
    """Whether it is worth the reading of the organisation and its policy."""
    if known.state == "open":
        return action.is_overdue(known, now) and not known.late
    return known.done is not None and known.done + (known.checks + 1) * _days() < now


def _days() -> Instant:
    return round(counting.PERIOD.total_seconds() * 1000)


def _change(wiring: Wiring, tenant: str, policy: Policy, stored: StoredAction, now: Instant) -> _Change | None:
    known = stored.action
    if known.state == "open":
        return _Change(replace(known, late=True), "improvement_overdue", {}, telling.OVERDUE)
    if known.done is None:
        return None
    period = counting.period_after(policy, known.done, known.checks)
    if counting.end_of(policy, period) > now:
        return None
    try:
        after = counting.after(wiring, tenant, policy, known, period, now)
    except Problem as problem:
        if problem.kind == "conflict":
            return None
        return _Change(replace(known, over=True), "improvement_unwatched", {}, None)
    if after is None:
        return None
    fields: EventFields = {"before": msgspec.to_builtins(known.before), "after": msgspec.to_builtins(after)}
    checked = replace(known, after=after, checks=known.checks + 1)
    if counting.has_returned(known.before, after):
        again = replace(checked, state="open", done=None, due=now + known.term, reopened=known.reopened + 1)
        return _Change(again, "improvement_reopened", fields, telling.RETURNED)
    return _Change(replace(checked, over=checked.checks >= counting.MOST_PERIODS), "improvement_assessed", fields, None)


HOURLY = HourlyStep(
    "improvements",
    lambda hour: run(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
