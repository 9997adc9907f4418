"""Looking at a unit: its points in the window, what it owes, its record. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import deadlines, look, owed, reads, worklists
from chalicelib.casework.callers import known_as
from chalicelib.casework.case import Case, asker_in
from chalicelib.casework.reads import Looked, ReadsPage
from chalicelib.casework.unit_case import number_of, unit_in
from chalicelib.complaints import scoring, tasks
from chalicelib.complaints.permits import Asker
from chalicelib.complaints.runs import Run
from chalicelib.complaints.unit import ScoredUnit, begun, for_unit
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


class Look(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    unit: str
    sub: str
    now: Instant
    route: str
    """Method and path template, as the read log names it."""


class Seen(msgspec.Struct, frozen=True):
    """`case`: None where nothing has happened about the unit. `in_force`: the policy that its next score goes by."""

    name: str
    case: Case | None
    asker: Asker
    in_force: Policy


def unit(wiring: Wiring, looking: Look) -> tuple[dict[str, Any], int]:
    """The unit as it is now for a member, and its version. Raises `Problem` (forbidden, not-found)."""
    seen = see(wiring, wiring.store.get(keys_of(looking)), looking)
    shown = {"unit": looking.unit, "name": seen.name, **state(wiring, looking, seen)}
    return shown, int(shown["version"])


def record(wiring: Wiring, looking: Look) -> dict[str, Any]:
    seen = see(wiring, wiring.store.get(keys_of(looking)), looking)
    if seen.case is None:
        return {"number": number_of(looking.unit), "events": [], "values": {}, "erased": [], "damaged": []}
    looked = Looked(seen.asker, looking.route, looking.now)
    return look.record_of(wiring, looking.tenant, number_of(looking.unit), look.Seen(seen.case, seen.asker), looked)


def reads_of(wiring: Wiring, looking: Look, limit: int, after: Mapping[str, str] | None) -> ReadsPage:
    """Who was shown what is private of it. Raises `Problem("forbidden")`."""
    seen = see(wiring, wiring.store.get(keys_of(looking)), looking)
    state = seen.case.complaint if seen.case else begun(number_of(looking.unit), looking.unit, seen.in_force)
    return reads.listed(wiring, looking.tenant, seen.in_force, state, seen.asker, limit, after)


def keys_of(looking: Look) -> list[Key]:
    """What one read has to have."""
    tenant = looking.tenant
    return [
        keys.membership(tenant, looking.sub),
        keys.snapshot(keys.organisation(tenant)),
        keys.snapshot(keys.unit(tenant, looking.unit)),
    ]


def see(wiring: Wiring, entries: Mapping[Key, Entry], looking: Look) -> Seen:
    """Raises `forbidden` for who is no member; an unknown unit and another's unit look the same."""
    tenant, unit = looking.tenant, looking.unit
    asker = asker_in(wiring, tenant, entries, looking.sub, looking.now)
    tenants_own = organisation.parse(entries[keys.snapshot(keys.organisation(tenant))])
    known = tenants_own.units.get(unit)
    who = known_as(asker, unit)
    if known is None or who is None:
        raise Problem("not-found", "There is no such unit.")
    in_force = wiring.compiled.get(wiring.store, tenant, tenants_own.policy_at(looking.now))
    return Seen(known.name, unit_in(wiring, tenant, unit, entries), who, in_force)


def state(wiring: Wiring, looking: Look, seen: Seen) -> dict[str, Any]:
    nothing = begun(number_of(looking.unit), looking.unit, seen.in_force)
    case = seen.case or Case(nothing, {}, lambda: for_unit(seen.in_force))
    state = owed.present(case, looking.now).complaint
    if not isinstance(state, ScoredUnit):
        raise TypeError("no unit")
    total = scoring.counted(state.scores, looking.now)
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
    return deadlines.view(for_unit(policy), run, state.number)


def owing(policy: Policy, state: ScoredUnit, asker: Asker) -> dict[str, Any]:
    """What the unit owes, and whether the asker may do it."""
    shown = []
    for key, task in state.tasks.items():
        run = worklists.run_of(state, key)
        shown.append(
            {
                "task": task.task,
                "id": f"{state.number}/{key}",
                "label": policy.document.tasks[task.task].name.to_json(),
                "role": task.role,
                "opened": to_text(task.opened),
                "due": None if run is None or run.due is None else to_text(run.due),
            }
        )
    mine = list(dict.fromkeys(state.tasks[key].task for key in tasks.owed_by(state, asker)))
    forms = {name: [one.to_json() for one in tasks.needs(policy, name, state)] for name in mine}
    return {"tasks": shown, "acts": ["do_task"] if mine else [], "forms": forms}
