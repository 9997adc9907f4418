"""Scoring: a complaint that proves valid counts against its unit once (P7.3).

It uses the complaint's record, not the delivered event. The judgements are then the same, however events are ordered,
repeated or delayed. A look-up (`X#scored#<number>`) written in the same transaction names the judgement that counts,
and prevents a second count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.loading import load, parse_unit
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import unit_after
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units import scoring
from chalicelib.complaints.units.scoring import ScoringEvent, can_judge, counts_latest, judged_points
from chalicelib.complaints.units.unit import for_unit, new_unit
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import event_log, keys
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

LOOKUP = "scored"
SCORED = Form(keys.LOOKUP_KIND, str, of=LOOKUP)


def applies(committed: CommittedEvent) -> bool:
    """Whether the event can count against a unit, or moves what a complaint counts to another one."""
    event = committed.event
    moves = event.result.get("unit") is not None and committed.policy.document.points is not None
    return not committed.is_of_unit and (moves or can_judge(committed.policy, event.type, event.fields))


def score(wiring: Wiring, committed: CommittedEvent, now: Instant) -> bool:
    """Add the complaint's points to its unit. The caller binds the tenant.

    Returns False if nothing is added: no unit, no event with points, no `points` in the policy in force, or counted
    before. Raises `Problem`: `complaint-unknown`, `conflict` (other writers were faster, `conflicts.ATTEMPTS` times).
    """
    tenant = committed.tenant
    case = load(wiring.store, wiring.compiled, CaseRef(tenant, committed.number))
    if case.complaint.unit is None:
        return False
    judged = _judgements(wiring.store, wiring.compiled, tenant, case.complaint)
    if not judged:
        return False
    detail = "Others counted against the unit at the same time."
    return retry_or_refuse(lambda: _count(wiring, tenant, judged, now), detail)


def _judgements(store: Store, compiled: CompiledPolicies, tenant: str, complaint: Complaint) -> list[ScoringEvent]:
    """The first event that is worth points for a unit, and the later ones that change them or the unit.

    A further judgement changes them with `points.counts: latest`. If the complaint gets its unit or another one after
    the judgement, its points count there as from the judgement. Each is judged under the policy version of the event.
    """
    found: list[ScoringEvent] = []
    unit: str | None = None
    judged: ScoringEvent | None = None
    for event in event_log.read(store, keys.aggregate(tenant, complaint.number)):
        unit = unit_after(event, unit)
        policy = compiled.get(tenant, event.policy)
        points = judged_points(policy, complaint, event.type, event.fields, event.result)
        if points is not None and (judged is None or counts_latest(policy)):
            judged = ScoringEvent(
                complaint=complaint.number,
                cause=event.id,
                at=from_text(event.at),
                severity=event.result["severity"],
                points=points,
            )
        if judged is not None and _differs(judged, unit, found):
            judged = replace(judged, cause=event.id, unit=unit)
            found.append(judged)
    return found


def _differs(judged: ScoringEvent, unit: str | None, counted: list[ScoringEvent]) -> bool:
    """True if points count for the unit now that did not before, or no longer do."""
    if unit is None:
        return False
    if not counted:
        return judged.points > 0
    return (judged.points, unit) != (counted[-1].points, counted[-1].unit)


def _count(wiring: Wiring, tenant: str, judged: list[ScoringEvent], now: Instant) -> bool:
    lookup, org_key = keys.lookup(tenant, LOOKUP, judged[0].complaint), organisation.key(tenant)
    units = list(dict.fromkeys(one.unit for one in judged if one.unit is not None))
    entries = wiring.store.get([lookup, org_key, *(snapshot.unit_key(tenant, unit) for unit in units)])
    in_force = _in_force(wiring.compiled, tenant, entries[org_key], now)
    counted = [one.cause for one in judged].index(entries[lookup].body) + 1 if lookup in entries else 0
    if counted == len(judged) or in_force.document.points is None:
        return False
    flows = {unit: _flow(wiring, ScoredBy(tenant, unit, in_force), entries, now) for unit in units}
    for at in range(counted, len(judged)):
        _replace(flows, judged[at], judged[at - 1] if at else None, now)
    changed = [flow for flow in flows.values() if flow.drafts]
    if not changed:  # the points that would be taken back are over
        return False
    writes = [write for flow in changed for write in commit.writes(wiring.sealer, tenant, flow, now)[1]]
    writes.append(Put(mark(tenant, judged[-1].complaint, judged[-1].cause), if_absent=not counted))
    wiring.store.commit(writes)
    return True


def _replace(flows: Mapping[str, Flow], one: ScoringEvent, earlier: ScoringEvent | None, now: Instant) -> None:
    """Counts it for its unit. What counted before ends, for the same unit or another one."""
    if earlier is not None and earlier.unit is not None and earlier.unit != one.unit:
        scoring.score(flows[earlier.unit], replace(one, points=0), now, earlier)
        earlier = None
    if one.unit is not None:
        scoring.score(flows[one.unit], one, now, earlier)


class ScoredBy(NamedTuple):
    """A unit, under the version in force."""

    tenant: str
    unit: str
    in_force: Policy


def _flow(wiring: Wiring, by: ScoredBy, entries: Mapping[Key, Entry], now: Instant) -> Flow:
    case = parse_unit(wiring.compiled, by.tenant, by.unit, entries)
    if case is None:
        return Flow(for_unit(by.in_force), new_unit(keys.unit_number(by.unit), by.unit, by.in_force))
    if due_events.is_kept(case, by.in_force):
        return due_events.apply(wiring.store, wiring.sealer, by.tenant, case, now)
    return due_events.moved(wiring.store, wiring.sealer, by.tenant, case, by.in_force, now)


def mark(tenant: str, complaint: str, cause: str) -> Entry:
    """The look-up of the judgement that counts. `cause`: the id of its event."""
    return SCORED.entry(keys.lookup(tenant, LOOKUP, complaint), cause)


def _in_force(compiled: CompiledPolicies, tenant: str, entry: Entry, now: Instant) -> Policy:
    version = organisation.parse(entry).policy_at(now)
    return compiled.get(tenant, version)


REACTION = Reaction("units", applies, score)
