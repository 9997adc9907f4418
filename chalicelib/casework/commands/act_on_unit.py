"""An act on a unit: load → advance(now) → decide → commit. What can be done is what it owes (`do_task`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import catch_up, commit
from chalicelib.casework.case import Case
from chalicelib.casework.unit_access import UnitRequest, VisibleUnit, keys_of, open_unit, owing
from chalicelib.complaints import tasks
from chalicelib.complaints.envelope import event_id
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.instants import to_text
from chalicelib.problem import Problem
from chalicelib.store.port import CommitConflict, Entry, Key
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

ATTEMPTS = 3
DO = "do_task"


class UnitActCommand(msgspec.Struct, frozen=True, kw_only=True):
    look: UnitRequest
    act: str
    fields: Mapping[str, Any]
    request: Request | None
    if_match: str | None


def act(wiring: Wiring, command: UnitActCommand) -> Answer:
    """200 with what the unit owes then. Raises `Problem`; a refused act commits nothing, owed events excepted."""
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others acted on the unit at the same time. Look at it again and repeat.")


def _attempt(wiring: Wiring, command: UnitActCommand) -> Answer:
    look = command.look
    also = [] if command.request is None else [command.request.record_key]
    entries = wiring.store.get([*keys_of(look), *also])
    seen = open_unit(wiring, entries, look)
    if command.request is not None:
        record = entries.get(command.request.record_key)
        if known := idempotency_records.replay(record, command.request, wiring.real_clock()):
            return known
    case = _open(command, seen)
    if command.if_match is not None and command.if_match != str(case.version):
        raise Problem("stale", "The unit has changed since you looked.", extra={"etag": str(case.version)})
    flow = catch_up.advanced(wiring, look.tenant, case, look.now)
    savepoint = flow.savepoint()
    try:
        tasks.do(flow, command.fields, seen.asker, max(look.now, flow.complaint.at))
    except Problem:
        flow.roll_back(savepoint)
        catch_up.commit_alone(wiring, look.tenant, flow, look.now)
        raise
    return _commit(wiring, command, flow, seen, entries)


def _open(command: UnitActCommand, seen: VisibleUnit) -> Case:
    if command.act != DO or seen.case is None:
        acts = [] if seen.case is None or not tasks.tasks_open_to(seen.case.complaint, seen.asker) else [DO]
        raise Problem("act-not-open", "This act is not open for the unit.", extra={"acts": acts})
    return seen.case


def _commit(
    wiring: Wiring, command: UnitActCommand, flow: Flow, seen: VisibleUnit, entries: Mapping[Key, Entry]
) -> Answer:
    state, writes = commit.writes(wiring, command.look.tenant, flow, command.look.now)
    if not isinstance(state, ScoredUnit):
        raise TypeError("no unit")
    first = state.seq - len(flow.drafts) + 1
    events = [
        {"id": event_id(state.number, first + place, draft.name), "type": draft.type, "at": to_text(draft.at)}
        for place, draft in enumerate(flow.drafts)
    ]
    shown = {"unit": command.look.unit, "version": str(state.seq), **owing(flow.policy, state, seen.asker)}
    answer = Answer(200, {**shown, "events": events})
    if command.request is not None:
        found = entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return answer
