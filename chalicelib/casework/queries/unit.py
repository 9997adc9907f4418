"""Looking at a unit: its points in the window, what it owes, its record. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.casework import catch_up, deadline_views, read_log
from chalicelib.casework.case import Case
from chalicelib.casework.queries import complaint
from chalicelib.casework.read_log import Looked, ReadsPage
from chalicelib.casework.unit_access import UnitRequest, VisibleUnit, keys_of, open_unit, owing
from chalicelib.casework.unit_case import number_of
from chalicelib.complaints.runs import Run
from chalicelib.complaints.units import scoring
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, new_unit
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.wiring import Wiring


def unit(wiring: Wiring, looking: UnitRequest) -> tuple[dict[str, Any], int]:
    """The unit as it is now for a member, and its version. Raises `Problem` (forbidden, not-found)."""
    seen = open_unit(wiring, wiring.store.get(keys_of(looking)), looking)
    shown = {"unit": looking.unit, "name": seen.name, **state(wiring, looking, seen)}
    return shown, int(shown["version"])


def record(wiring: Wiring, looking: UnitRequest) -> dict[str, Any]:
    seen = open_unit(wiring, wiring.store.get(keys_of(looking)), looking)
    if seen.case is None:
        return {"number": number_of(looking.unit), "events": [], "values": {}, "erased": [], "damaged": []}
    looked = Looked(seen.asker, looking.route, looking.now)
    return complaint.record_of(
        wiring, looking.tenant, number_of(looking.unit), complaint.VisibleComplaint(seen.case, seen.asker), looked
    )


def reads_of(wiring: Wiring, looking: UnitRequest, limit: int, after: Mapping[str, str] | None) -> ReadsPage:
    """Who was shown what is private of it. Raises `Problem("forbidden")`."""
    seen = open_unit(wiring, wiring.store.get(keys_of(looking)), looking)
    state = seen.case.complaint if seen.case else new_unit(number_of(looking.unit), looking.unit, seen.in_force)
    return read_log.listed(wiring, looking.tenant, seen.in_force, state, seen.asker, limit, after)


def state(wiring: Wiring, looking: UnitRequest, seen: VisibleUnit) -> dict[str, Any]:
    nothing = new_unit(number_of(looking.unit), looking.unit, seen.in_force)
    case = seen.case or Case(nothing, {}, lambda: for_unit(seen.in_force))
    state = catch_up.present(case, looking.now).complaint
    if not isinstance(state, ScoredUnit):
        raise TypeError("no unit")
    total = scoring.points_at(state.scores, looking.now)
    return {
        "version": str(case.version),
        "policy": state.policy,
        "tier": state.tier,
        **_points(seen.in_force, state, total, looking.now),
        **owing(case.policy, state, seen.asker),
        "deadlines": [_deadline(wiring, looking.tenant, run, state) for run in state.runs],
    }


def _points(in_force: Policy, state: ScoredUnit, total: int, now: Instant) -> dict[str, Any]:
    """By the version in force: `reached` says since when a threshold's task is not opened again, and until when."""
    said = in_force.document.points
    if said is None:
        return {"points": total, "window": None, "thresholds": []}
    thresholds = []
    for one in sorted(said.at, key=lambda threshold: threshold.reached):
        opening = next((opening for opening in state.reached.get(one.task, []) if opening.until > now), None)
        label = in_force.document.tasks[one.task].name.to_json()
        reached = None if opening is None else {"at": to_text(opening.at), "until": to_text(opening.until)}
        thresholds.append({"points": one.reached, "task": one.task, "label": label, "reached": reached})
    return {"points": total, "window": said.window, "thresholds": thresholds}


def _deadline(wiring: Wiring, tenant: str, run: Run, state: ScoredUnit) -> dict[str, Any]:
    policy = wiring.compiled.get(wiring.store, tenant, run.under or state.policy)
    return deadline_views.view(for_unit(policy), run, state.number)
