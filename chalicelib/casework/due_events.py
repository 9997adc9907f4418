"""Events that time has caused and that are not recorded yet. They come before a caller's own act (X.3).

The owners are told if the events of a flow exclude the last person who could do something. Of the policy of a unit,
some moves to the version in force, and some stays with the version it began under.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from msgspec.structs import replace

from chalicelib.casework import commit
from chalicelib.casework.loading import Case
from chalicelib.complaints.acting import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, with_carried
from chalicelib.kit.instants import Instant
from chalicelib.limits.exceeded import WAKE_STEPS, limited_work
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store


def apply(store: Store, sealer: Sealer, tenant: str, case: Case, now: Instant) -> Flow:
    """The complaint at `now`, with its due events as drafts in the flow.

    If there are more due events than one transaction takes, the first ones are committed here. Raises `CommitConflict`
    if another process committed first, and `TooMuchWork`: the events that were
    committed until then stay. Time never goes back behind the last event, which another
    process with a fast clock may have recorded: events due by then are applied too, since that event may have moved a
    due time to its own instant.
    """
    return _applied(store, sealer, tenant, case, now, partial(record, store, sealer, tenant, now=now))


def foresee(
    store: Store, sealer: Sealer, tenant: str, case: Case, now: Instant, keep: Callable[[Flow], Complaint]
) -> Flow:
    """As `apply`, and commits nothing. `keep` takes each flow that `apply` would commit, and returns the complaint."""
    return _applied(store, sealer, tenant, case, now, keep)


def _applied(
    store: Store, sealer: Sealer, tenant: str, case: Case, now: Instant, keep: Callable[[Flow], Complaint]
) -> Flow:
    commit.check_words(tenant, case.policy)
    flow, at = Flow(case.policy, case.complaint), max(now, case.complaint.at)
    flow.masks_left = masks_left = cache(partial(_masks_left, store, sealer, tenant, case))
    with limited_work(WAKE_STEPS):
        while not advance.advance(flow, at):
            flow = Flow(case.policy, keep(flow))
            flow.masks_left = masks_left
    tell_of_unstaffed_duties(store, tenant, flow, case.complaint)
    return flow


def _masks_left(store: Store, sealer: Sealer, tenant: str, case: Case) -> bool:
    from chalicelib.casework import masking  # few complaints wait for decisions on masks

    return masking.load(store, sealer, case.policy, CaseRef(tenant, case.complaint.number)).is_left


def record(store: Store, sealer: Sealer, tenant: str, flow: Flow, now: Instant) -> Complaint:
    """Commit the flow's drafts, if any, in a separate transaction, and return the complaint after them.

    Raises `CommitConflict` if the complaint has changed since it was loaded.
    """
    if not flow.drafts:
        return flow.complaint
    complaint, writes = commit.writes(sealer, tenant, flow, now)
    store.commit(writes)
    return complaint


def preview(case: Case, now: Instant) -> Flow:
    """The complaint at `now` without writing: reads show due events before a sweep has recorded them."""
    flow, at = Flow(case.policy, case.complaint), max(now, case.complaint.at)
    with limited_work(WAKE_STEPS):
        while not advance.advance(flow, at):
            flow = Flow(case.policy, flow.complaint)
    return flow


def tell_of_unstaffed_duties(store: Store, tenant: str, flow: Flow, before: Complaint | None) -> None:
    """Adds a message to the owners, if the events since `before` exclude the last person who could do something.

    Without `before`, all events are new. Reads nothing unless the policy excludes people, and they did so.
    """
    if flow.complaint.recused or flow.policy.excludes_people:
        from chalicelib.casework import unstaffed_duties  # few policies exclude people

        unstaffed_duties.tell_owners(store, tenant, flow, before)


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
    flow = apply(store, sealer, tenant, case, now)
    if case.policy.version == in_force.version:
        return flow
    unit = _unit(record(store, sealer, tenant, flow, now))
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
