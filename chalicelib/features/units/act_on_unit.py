"""Act on a unit: load → advance(now) → decide → commit. Units have only the acts with `on_units` (`act_hooks`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import commit, due_events
from chalicelib.casework.loading import Case
from chalicelib.casework.unit_access import UnitRequest, VisibleUnit, load_visible_unit
from chalicelib.casework.views.complaint_views import ActEvent, act_events
from chalicelib.complaints.acting import acts, open_acts
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.fields import Forms
from chalicelib.complaints.rights.permits import ActRequest
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.features.units import assessors, queries
from chalicelib.features.units.queries import UnitTask
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring


class UnitFields(RequestDocument, frozen=True, kw_only=True):
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)


class UnitTasksView(msgspec.Struct, frozen=True, kw_only=True):
    """`tasks`: the open tasks. `forms`: the fields of the tasks that the caller may do. `unit`: null for the
    organisation as a whole."""

    unit: str | None
    version: str
    tasks: list[UnitTask]
    acts: list[str]
    forms: Forms
    events: list[ActEvent]


class UnitActCommand(msgspec.Struct, frozen=True, kw_only=True):
    target: UnitRequest
    act: str
    fields: Mapping[str, Any]
    request: Request | None
    if_match: str | None


def act(wiring: Wiring, command: UnitActCommand) -> Answer:
    """200 with the unit's open tasks after the act. A refused act commits only the due events.

    Raises `Problem`: `forbidden`, `not-found`, `act-not-open`, `stale` (another version than `if_match`), `invalid`,
    `conflict`.
    """
    detail = "Others acted on the unit at the same time. Look at it again and repeat."
    return retry_or_refuse(lambda: _attempt(wiring, command), detail)


def _attempt(wiring: Wiring, command: UnitActCommand) -> Answer:
    target = command.target
    extra_keys = [] if command.request is None else [command.request.record_key]
    unit = load_visible_unit(wiring.store, wiring.compiled, target, extra_keys)
    if command.request is not None:
        record = unit.entries.get(command.request.record_key)
        if known := idempotency_records.replay(record, command.request, wiring.real_clock()):
            return known
    case = _case_with_open_act(command, unit)
    _check_version(wiring.store, command, case, unit)
    if target.unit is None:
        assessors.check(wiring.store, target, case, command.fields)
    flow = due_events.apply(wiring.store, wiring.sealer, target.tenant, case, target.now)
    savepoint = flow.savepoint()
    try:
        request = ActRequest(command.act, command.fields)
        acts.decide(flow, request, unit.asker, max(target.now, flow.complaint.at))
    except Problem:
        flow.roll_back(savepoint)
        due_events.record(wiring.store, wiring.sealer, target.tenant, flow, target.now)
        raise
    return _commit(wiring, command, flow, unit)


def _check_version(store: Store, command: UnitActCommand, case: Case, unit: VisibleUnit) -> None:
    """Raises `Problem("stale")`, with what happened since the version of `if_match`."""
    if command.if_match is not None and command.if_match != str(case.version):
        from chalicelib.casework.views import changes  # few requests are too late

        ref = CaseRef(command.target.tenant, command.target.number)
        raise changes.stale(store, ref, case, unit.asker, command.if_match)


def _case_with_open_act(command: UnitActCommand, unit: VisibleUnit) -> Case:
    """Raises `Problem("act-not-open")` for acts that units do not have, and for a unit without events."""
    if unit.case is None or not hooks_of(command.act).on_units:
        mine = [] if unit.case is None else open_acts.open_to(unit.case.policy, unit.case.complaint, unit.asker)
        raise Problem("act-not-open", "This act is not open for the unit.", extra={"acts": mine})
    return unit.case


def _commit(wiring: Wiring, command: UnitActCommand, flow: Flow, unit: VisibleUnit) -> Answer:
    state, writes = commit.writes(wiring.sealer, command.target.tenant, flow, command.target.now)
    if not isinstance(state, ScoredUnit):
        raise TypeError("the state is not that of a unit")
    view = UnitTasksView(
        unit=command.target.unit,
        version=str(state.seq),
        tasks=queries.open_tasks(flow.policy, state),
        acts=open_acts.open_to(flow.policy, state, unit.asker),
        forms=queries.forms(flow.policy, state, unit.asker),
        events=act_events(state, flow.drafts),
    )
    answer = Answer.of(200, view)
    if command.request is not None:
        earlier = unit.entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
    wiring.store.commit(writes)
    return answer
