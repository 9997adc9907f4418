"""The policy version of a unit: what moves to the version in force, and what stays with the version it began under."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.casework import due_events
from chalicelib.casework.loading import Case
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, with_carried
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer
from chalicelib.store.port import Store


def is_kept(case: Case, in_force: Policy) -> bool:
    """True if the unit owes a task of a threshold that the policy in force does not define.

    Points then count under the unit's own version until that task is done.
    """
    unit = _unit(case.complaint)
    return bool(_lacking(unit, for_unit(in_force, unit.owner)) - unit.periods.keys())


def moved(store: Store, sealer: Sealer, tenant: str, case: Case, in_force: Policy, now: Instant) -> Flow:
    """The unit at `now` under the policy in force. Due events are committed under the old policy.

    Open tasks that the policy in force does not define stay open, each under the version that defines it.
    """
    flow = due_events.apply(store, sealer, tenant, case, now)
    if case.policy.version == in_force.version:
        return flow
    unit = _unit(due_events.record(store, sealer, tenant, flow, now))
    after = under(unit, in_force)
    earlier = {name: case.policy.carried.get(name, case.policy) for name in after.carried}
    return Flow(with_carried(for_unit(in_force, unit.owner), earlier), after)


def _unit(state: Complaint) -> ScoredUnit:
    if not isinstance(state, ScoredUnit):
        raise TypeError("the case is not a unit")
    return state


def _lacking(unit: ScoredUnit, newer: Policy) -> set[str]:
    """The open tasks, and the clocks that run, which the newer version does not define."""
    tasks = {task.task for task in unit.tasks.values()} - newer.document.tasks.keys()
    return tasks | ({run.clock for run in unit.runs} - newer.clocks.keys())


def under(unit: ScoredUnit, in_force: Policy) -> ScoredUnit:
    """The unit under the policy in force. Runs that are missed or carried keep the version that explains them."""
    lacking = _lacking(unit, for_unit(in_force, unit.owner))

    def kept(run: Run) -> Run:
        keeps = (run.state == MISSED or run.clock in lacking) and not run.under
        return replace(run, under=unit.version_of(run.clock)) if keeps else run

    return replace(
        unit,
        policy=in_force.version,
        calendar=in_force.calendar.edition,
        runs=[kept(run) for run in unit.runs],
        carried={name: unit.version_of(name) for name in sorted(lacking)},
    )
