"""Queries on a unit: its points in the window, its open tasks, its record, its read log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import due_events
from chalicelib.casework.loading import Case
from chalicelib.casework.private_values import read_record
from chalicelib.casework.record_views import RecordView
from chalicelib.casework.snapshot import run_of_task
from chalicelib.casework.unit_access import UnitRequest, VisibleUnit, load_visible_unit
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views import deadline_views, read_log
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.casework.views.read_log import ReadContext, ReadsPage
from chalicelib.complaints.acting import open_acts, tasks
from chalicelib.complaints.fields import Forms
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.runs import Run
from chalicelib.complaints.units import scoring
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, new_unit
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Points
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants.organisation_views import UnitView, unit_views
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class UnitTask(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is for the act `do_task`."""

    task: str
    id: str
    label: dict[str, str]
    role: str
    opened: str
    due: str | None


def list_units(store: Store, tenant: str, sub: str) -> list[UnitView]:
    """All units. Raises `Problem("forbidden")` if `sub` is no member."""
    organisation, _ = queries.load_member(store, tenant, sub)
    return unit_views(organisation)


def open_tasks(policy: Policy, state: ScoredUnit) -> list[UnitTask]:
    return [_task(policy, state, key) for key in state.tasks]


def _task(policy: Policy, state: ScoredUnit, key: str) -> UnitTask:
    task, run = state.tasks[key], run_of_task(state, key)
    return UnitTask(
        task=task.task,
        id=f"{state.number}/{key}",
        label=policy.document.tasks[task.task].name.to_json(),
        role=task.role,
        opened=to_text(task.opened),
        due=None if run is None or run.due is None else to_text(run.due),
    )


def forms(policy: Policy, state: ScoredUnit, asker: Asker) -> Forms:
    """The fields of each task that the caller may do."""
    own = dict.fromkeys(state.tasks[key].task for key in tasks.tasks_open_to(state, asker))
    return {name: [field.form_field for field in tasks.field_specs(policy, name, state)] for name in own}


class ReachedPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """The task of the threshold was opened at `at`, and is not opened again until `until`."""

    at: str
    until: str


class ThresholdView(msgspec.Struct, frozen=True, kw_only=True):
    points: int
    task: str
    label: dict[str, str]
    reached: ReachedPeriod | None
    """The period in which the threshold opens no other task; null outside such a period."""


class UnitStateView(msgspec.Struct, frozen=True, kw_only=True):
    """`points`: the sum of the points inside the present `window`. `thresholds`: those of the policy in force."""

    unit: str
    name: str
    version: str
    policy: str
    tier: int
    points: int
    window: str | None
    thresholds: list[ThresholdView]
    tasks: list[UnitTask]
    acts: list[str]
    forms: Forms
    deadlines: list[DeadlineView]


class OrganisationTasksView(msgspec.Struct, frozen=True, kw_only=True):
    """The open tasks of the organisation as a whole, and their deadlines."""

    version: str
    policy: str
    tier: int
    tasks: list[UnitTask]
    acts: list[str]
    forms: Forms
    deadlines: list[DeadlineView]


def unit(store: Store, compiled: CompiledPolicies, request: UnitRequest) -> UnitStateView:
    """The unit's current state for a member. Raises `Problem`: `forbidden`, `not-found` (no such unit)."""
    visible = load_visible_unit(store, compiled, request)
    in_force, now = visible.in_force, request.now
    case, state = _present(visible, request)
    points = in_force.document.points
    return UnitStateView(
        unit=request.unit or "",
        name=visible.name,
        version=str(case.version),
        policy=state.policy,
        tier=state.tier,
        points=scoring.points_at(state.scores, now),
        window=None if points is None else points.window,
        thresholds=[] if points is None else _thresholds(in_force, points, state, now),
        tasks=open_tasks(case.policy, state),
        acts=open_acts.open_to(case.policy, state, visible.asker),
        forms=forms(case.policy, state, visible.asker),
        deadlines=[_deadline(compiled, request.tenant, run, state) for run in state.runs],
    )


def organisation(store: Store, compiled: CompiledPolicies, request: UnitRequest) -> OrganisationTasksView:
    """The organisation's tasks for a member. `request.unit` is None. Raises `Problem`: `forbidden`, `not-found`."""
    visible = load_visible_unit(store, compiled, request)
    case, state = _present(visible, request)
    return OrganisationTasksView(
        version=str(case.version),
        policy=state.policy,
        tier=state.tier,
        tasks=open_tasks(case.policy, state),
        acts=open_acts.open_to(case.policy, state, visible.asker),
        forms=forms(case.policy, state, visible.asker),
        deadlines=[_deadline(compiled, request.tenant, run, state) for run in state.runs],
    )


def _present(visible: VisibleUnit, request: UnitRequest) -> tuple[Case, ScoredUnit]:
    """The case as it was read, and its state with the events that are due by now."""
    initial = new_unit(request.number, request.unit, visible.in_force)
    case = visible.case or Case(initial, {}, lambda: for_unit(visible.in_force, initial.owner))
    state = due_events.preview(case, request.now).complaint
    if not isinstance(state, ScoredUnit):
        raise TypeError("the state is not that of a unit")
    return case, state


def _thresholds(in_force: Policy, points: Points, state: ScoredUnit, now: Instant) -> list[ThresholdView]:
    return [
        ThresholdView(
            points=threshold.reached,
            task=threshold.task,
            label=in_force.document.tasks[threshold.task].name.to_json(),
            reached=_reached(state, threshold.task, now),
        )
        for threshold in sorted(points.at, key=lambda each: each.reached)
    ]


def _reached(state: ScoredUnit, task: str, now: Instant) -> ReachedPeriod | None:
    opening = next((opening for opening in state.reached.get(task, []) if opening.until > now), None)
    return None if opening is None else ReachedPeriod(at=to_text(opening.at), until=to_text(opening.until))


def _deadline(compiled: CompiledPolicies, tenant: str, run: Run, state: ScoredUnit) -> DeadlineView:
    policy = compiled.get(tenant, run.under or state.version_of(run.clock))
    return deadline_views.view(for_unit(policy, state.owner), run, state.number)


def record(wiring: Wiring, request: UnitRequest) -> RecordView:
    """The unit's record, as `complaint.record` returns it. Empty for a unit without events."""
    visible = load_visible_unit(wiring.store, wiring.compiled, request)
    if visible.case is None:
        return RecordView(number=request.number, events=[], values={}, erased=[], damaged=[])
    context = ReadContext(visible.asker, request.route, request.now)
    case = complaint.VisibleComplaint(visible.case, visible.asker)
    ref = CaseRef(request.tenant, request.number)
    return complaint.record_view(wiring.store, ref, case, context, read_record(wiring.store, wiring.sealer, ref))


def list_reads(
    store: Store, compiled: CompiledPolicies, request: UnitRequest, limit: int, after: Mapping[str, str] | None
) -> ReadsPage:
    """The unit's read log. Raises `Problem`: `not-found` (no such unit), `forbidden` (may not audit reads)."""
    visible = load_visible_unit(store, compiled, request)
    state = visible.case.complaint if visible.case else new_unit(request.number, request.unit, visible.in_force)
    read_log.check_auditor(visible.in_force, state, visible.asker)
    return read_log.list_reads(store, CaseRef(request.tenant, state.number), limit, after)
