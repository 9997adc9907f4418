"""Access to a unit: the request, what one read must hold for it, and whether the caller may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework.authorization import known_as
from chalicelib.casework.case import Case, asker_in
from chalicelib.casework.reactions import work_lists
from chalicelib.casework.unit_case import unit_in
from chalicelib.complaints import tasks
from chalicelib.complaints.permits import Asker
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


class UnitRequest(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    unit: str
    sub: str
    now: Instant
    route: str
    """Method and path template, as the read log names it."""


class VisibleUnit(msgspec.Struct, frozen=True):
    """`case`: None where nothing has happened about the unit. `in_force`: the policy that its next score goes by."""

    name: str
    case: Case | None
    asker: Asker
    in_force: Policy


def keys_of(request: UnitRequest) -> list[Key]:
    """What one read has to have."""
    tenant = request.tenant
    return [
        keys.membership(tenant, request.sub),
        keys.snapshot(keys.organisation(tenant)),
        keys.snapshot(keys.unit(tenant, request.unit)),
    ]


def open_unit(wiring: Wiring, entries: Mapping[Key, Entry], request: UnitRequest) -> VisibleUnit:
    """Raises `forbidden` for who is no member; an unknown unit and another's unit look the same."""
    tenant, unit = request.tenant, request.unit
    asker = asker_in(wiring, tenant, entries, request.sub, request.now)
    tenants_own = organisation.parse(entries[keys.snapshot(keys.organisation(tenant))])
    known = tenants_own.units.get(unit)
    who = known_as(asker, unit)
    if known is None or who is None:
        raise Problem("not-found", "There is no such unit.")
    in_force = wiring.compiled.get(wiring.store, tenant, tenants_own.policy_at(request.now))
    return VisibleUnit(known.name, unit_in(wiring, tenant, unit, entries), who, in_force)


def owing(policy: Policy, state: ScoredUnit, asker: Asker) -> dict[str, Any]:
    """What the unit owes, and whether the asker may do it."""
    shown = []
    for key, task in state.tasks.items():
        run = work_lists.run_of(state, key)
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
    mine = list(dict.fromkeys(state.tasks[key].task for key in tasks.tasks_open_to(state, asker)))
    forms = {name: [one.to_json() for one in tasks.field_specs(policy, name, state)] for name in mine}
    return {"tasks": shown, "acts": ["do_task"] if mine else [], "forms": forms}
