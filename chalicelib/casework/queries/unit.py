"""Queries on a unit: its points in the window, its open tasks, its record, its read log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.casework import deadline_views, due_events, read_log
from chalicelib.casework.loading import Case
from chalicelib.casework.queries import complaint
from chalicelib.casework.read_log import ReadContext, ReadsPage
from chalicelib.casework.unit_access import UnitRequest, VisibleUnit, load_visible_unit, open_tasks_view
from chalicelib.complaints.runs import Run
from chalicelib.complaints.units import scoring
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, new_unit
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.tenants.publication.policy_cache import CompiledPolicies


def unit(store: Store, compiled: CompiledPolicies, request: UnitRequest) -> tuple[dict[str, Any], int]:
    """The unit's current state for a member, and its version. Raises `Problem` (forbidden, not-found)."""
    visible = load_visible_unit(store, compiled, request)
    view = {"unit": request.unit, "name": visible.name, **_state(compiled, request, visible)}
    return view, int(view["version"])


def record(wiring: Wiring, request: UnitRequest) -> dict[str, Any]:
    """The unit's record, as `complaint.record` returns it. Empty for a unit without events."""
    visible = load_visible_unit(wiring.store, wiring.compiled, request)
    if visible.case is None:
        return {"number": keys.unit_number(request.unit), "events": [], "values": {}, "erased": [], "damaged": []}
    context = ReadContext(visible.asker, request.route, request.now)
    case = complaint.VisibleComplaint(visible.case, visible.asker)
    return complaint.record_view(
        wiring.store, wiring.sealer, CaseRef(request.tenant, keys.unit_number(request.unit)), case, context
    )


def list_reads(
    store: Store, compiled: CompiledPolicies, request: UnitRequest, limit: int, after: Mapping[str, str] | None
) -> ReadsPage:
    """The unit's read log. Raises `Problem` (forbidden, not-found)."""
    visible = load_visible_unit(store, compiled, request)
    number = keys.unit_number(request.unit)
    state = visible.case.complaint if visible.case else new_unit(number, request.unit, visible.in_force)
    read_log.check_auditor(visible.in_force, state, visible.asker)
    return read_log.list_reads(store, CaseRef(request.tenant, state.number), limit, after)


def _state(compiled: CompiledPolicies, request: UnitRequest, visible: VisibleUnit) -> dict[str, Any]:
    initial = new_unit(keys.unit_number(request.unit), request.unit, visible.in_force)
    case = visible.case or Case(initial, {}, lambda: for_unit(visible.in_force))
    state = due_events.preview(case, request.now).complaint
    if not isinstance(state, ScoredUnit):
        raise TypeError("the state is not that of a unit")
    total = scoring.points_at(state.scores, request.now)
    return {
        "version": str(case.version),
        "policy": state.policy,
        "tier": state.tier,
        **_points(visible.in_force, state, total, request.now),
        **open_tasks_view(case.policy, state, visible.asker),
        "deadlines": [_deadline(compiled, request.tenant, run, state) for run in state.runs],
    }


def _points(in_force: Policy, state: ScoredUnit, total: int, now: Instant) -> dict[str, Any]:
    """By the policy version in force. `reached`: the period without another task of the threshold, or null."""
    points = in_force.document.points
    if points is None:
        return {"points": total, "window": None, "thresholds": []}
    thresholds = []
    for threshold in sorted(points.at, key=lambda each: each.reached):
        opening = next((opening for opening in state.reached.get(threshold.task, []) if opening.until > now), None)
        label = in_force.document.tasks[threshold.task].name.to_json()
        reached = None if opening is None else {"at": to_text(opening.at), "until": to_text(opening.until)}
        thresholds.append({"points": threshold.reached, "task": threshold.task, "label": label, "reached": reached})
    return {"points": total, "window": points.window, "thresholds": thresholds}


def _deadline(compiled: CompiledPolicies, tenant: str, run: Run, state: ScoredUnit) -> dict[str, Any]:
    policy = compiled.get(tenant, run.under or state.policy)
    return deadline_views.view(for_unit(policy), run, state.number)
