"""Scoring: a complaint that proves valid counts against its unit once (P7.3).

It uses the complaint's record, not the delivered event. The judgements are then the same, however events are ordered,
repeated or delayed. A look-up (`X#scored#<number>`) written in the same transaction names the judgement that counts,
and prevents a second count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.loading import load, parse_unit
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units import scoring
from chalicelib.complaints.units.scoring import ScoringEvent, can_judge, counts_latest, judged_points
from chalicelib.complaints.units.unit import for_unit, new_unit
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import event_log, keys
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

LOOKUP = "scored"
SCORED = Form(keys.LOOKUP_KIND, str, of=LOOKUP)


def applies(committed: CommittedEvent) -> bool:
    """Whether the event can count against a unit."""
    event = committed.event
    return not committed.is_of_unit and can_judge(committed.policy, event.type, event.fields)


def score(wiring: Wiring, committed: CommittedEvent, now: Instant) -> bool:
    """Add the complaint's points to its unit. The caller binds the tenant.

    Returns False if nothing is added: no unit, no event with points, no `points` in the policy in force, or counted
    before. Raises `Problem`: `complaint-unknown`, `conflict` (other writers were faster, `conflicts.ATTEMPTS` times).
    """
    tenant = committed.tenant
    case = load(wiring.store, wiring.compiled, CaseRef(tenant, committed.number))
    unit = case.complaint.unit
    judged = [] if unit is None else _judgements(wiring.store, wiring.compiled, tenant, case.complaint)
    if unit is None or not judged:
        return False
    detail = "Others counted against the unit at the same time."
    return retry_or_refuse(lambda: _count(wiring, tenant, unit, judged, now), detail)


def _judgements(store: Store, compiled: CompiledPolicies, tenant: str, complaint: Complaint) -> list[ScoringEvent]:
    """The first event that is worth points, and the later ones that change them (`points.counts: latest`).

    Each is judged under the policy version of the event.
    """
    found: list[ScoringEvent] = []
    for event in event_log.read(store, keys.aggregate(tenant, complaint.number)):
        policy = compiled.get(tenant, event.policy)
        points = judged_points(policy, complaint, event.type, event.fields, event.result)
        changes = points != found[-1].points and counts_latest(policy) if found else bool(points)
        if points is not None and changes:
            one = ScoringEvent(
                complaint=complaint.number,
                cause=event.id,
                at=from_text(event.at),
                severity=event.result["severity"],
                points=points,
            )
            found.append(one)
    return found


def _count(wiring: Wiring, tenant: str, unit: str, judged: list[ScoringEvent], now: Instant) -> bool:
    lookup = keys.lookup(tenant, LOOKUP, judged[0].complaint)
    org_key = organisation.key(tenant)
    entries = wiring.store.get([lookup, org_key, snapshot.unit_key(tenant, unit)])
    in_force = _in_force(wiring.compiled, tenant, entries[org_key], now)
    counted = [one.cause for one in judged].index(entries[lookup].body) + 1 if lookup in entries else 0
    if counted == len(judged) or in_force.document.points is None:
        return False
    case = parse_unit(wiring.compiled, tenant, unit, entries)
    if case is None:
        flow = Flow(for_unit(in_force), new_unit(keys.unit_number(unit), unit, in_force))
    elif due_events.is_kept(case, in_force):
        flow = due_events.apply(wiring.store, wiring.sealer, tenant, case, now)
    else:
        flow = due_events.moved(wiring.store, wiring.sealer, tenant, case, in_force, now)
    for at in range(counted, len(judged)):
        scoring.score(flow, judged[at], now, judged[at - 1] if at else None)
    if not flow.drafts:  # the points that would be taken back are over
        return False
    _, writes = commit.writes(wiring.sealer, tenant, flow, now)
    writes.append(Put(mark(tenant, judged[-1].complaint, judged[-1].cause), if_absent=not counted))
    wiring.store.commit(writes)
    return True


def mark(tenant: str, complaint: str, cause: str) -> Entry:
    """The look-up of the judgement that counts. `cause`: the id of its event."""
    return SCORED.entry(keys.lookup(tenant, LOOKUP, complaint), cause)


def _in_force(compiled: CompiledPolicies, tenant: str, entry: Entry, now: Instant) -> Policy:
    version = organisation.parse(entry).policy_at(now)
    return compiled.get(tenant, version)


REACTION = Reaction("units", applies, score)
