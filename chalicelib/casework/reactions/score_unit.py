"""Scoring, through the relay: a complaint that proves valid counts against its unit, once (P7.3).

It goes by the complaint's record and not by the one event that was delivered: the first event that is worth anything
is the same whatever comes first, twice or late. That it was counted is noted beside it, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from chalicelib.casework import catch_up, commit
from chalicelib.casework.case import case_in, read
from chalicelib.casework.unit_case import number_of, unit_in
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import MISSED
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units import scoring
from chalicelib.complaints.units.event_points import can_score, points_of_event
from chalicelib.complaints.units.scoring import ScoringEvent
from chalicelib.complaints.units.unit import for_unit, new_unit
from chalicelib.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

ATTEMPTS = 5
"""Many complaints of one unit may be decided at once."""
LOOKUP = "scored"
_PAGE = 100


def moves(policy: Policy, event: Event) -> bool:
    """Whether the event can count against a unit."""
    return not event.id.startswith(keys.UNIT) and can_score(policy, event.type, event.fields)


def score(wiring: Wiring, tenant: str, number: str, now: Instant) -> bool:
    """Whether it was counted now. The tenant is bound by the caller."""
    case = case_in(wiring, tenant, number, read(wiring, tenant, number))
    unit = case.complaint.unit
    scored = None if unit is None else _scored(wiring, tenant, case.complaint)
    if unit is None or scored is None:
        return False
    for _ in range(ATTEMPTS):
        try:
            return _count(wiring, tenant, unit, scored, now)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others counted against the unit at the same time.")


def _scored(wiring: Wiring, tenant: str, complaint: Complaint) -> ScoringEvent | None:
    """The first event of the complaint that is worth points, by the version that it happened under."""
    for event in _events(wiring, tenant, complaint.number):
        policy = wiring.compiled.get(wiring.store, tenant, event.policy)
        if points := points_of_event(policy, complaint, event.type, event.fields, event.result):
            return ScoringEvent(
                complaint=complaint.number,
                cause=event.id,
                at=from_text(event.at),
                severity=event.result["severity"],
                points=points,
            )
    return None


def _events(wiring: Wiring, tenant: str, number: str) -> Iterator[Event]:
    after = None
    while True:
        page = wiring.store.query(
            keys.complaint(tenant, number), first=keys.EVENTS.first, last=keys.EVENTS.last, limit=_PAGE, after=after
        )
        yield from (msgspec.json.decode(entry.body, type=Event) for entry in page.entries)
        after = page.after
        if after is None:
            return


def _count(wiring: Wiring, tenant: str, unit: str, scored: ScoringEvent, now: Instant) -> bool:
    noted = keys.lookup(tenant, LOOKUP, scored.complaint)
    of_tenant = keys.snapshot(keys.organisation(tenant))
    entries = wiring.store.get([noted, of_tenant, keys.snapshot(keys.unit(tenant, unit))])
    in_force = _in_force(wiring, tenant, entries[of_tenant], now)
    if noted in entries or in_force.document.points is None:
        return False
    flow = _flow(wiring, tenant, unit, entries, in_force, now)
    scoring.score(flow, scored, now)
    _, writes = commit.writes(wiring, tenant, flow, now)
    writes.append(Put(Entry(key=noted, kind="lookup", body=scored.cause)))
    wiring.store.commit(writes)
    return True


def _in_force(wiring: Wiring, tenant: str, entry: Entry, now: Instant) -> Policy:
    version = organisation.parse(entry).policy_at(now)
    return wiring.compiled.get(wiring.store, tenant, version)


def _flow(wiring: Wiring, tenant: str, unit: str, entries: dict[Key, Entry], in_force: Policy, now: Instant) -> Flow:
    """The unit at `now`, gone over to the version in force. What it owes by then is committed under the one before."""
    case = unit_in(wiring, tenant, unit, entries)
    if case is None:
        return Flow(for_unit(in_force), new_unit(number_of(unit), unit, in_force))
    flow = catch_up.advanced(wiring, tenant, case, now)
    if case.policy.version == in_force.version or not _can_go_over(flow.complaint, in_force):
        return flow
    complaint = flow.complaint
    if flow.drafts:
        complaint, writes = commit.writes(wiring, tenant, flow, now)
        wiring.store.commit(writes)
    return Flow(for_unit(in_force), _gone_over(complaint, in_force))


def _can_go_over(complaint: Complaint, in_force: Policy) -> bool:
    """A unit stays under its version while it owes what the one in force does not ask of units."""
    newer = for_unit(in_force)
    owed_tasks, clocks = {task.task for task in complaint.tasks.values()}, {run.clock for run in complaint.runs}
    return owed_tasks <= set(newer.document.tasks) and clocks <= set(newer.clocks)


def _gone_over(complaint: Complaint, in_force: Policy) -> Complaint:
    """What was missed stays explained by the version that it was missed under."""
    runs = [
        replace(run, under=complaint.policy) if run.state == MISSED and not run.under else run for run in complaint.runs
    ]
    return replace(complaint, policy=in_force.version, calendar=in_force.calendar.edition, runs=runs)
