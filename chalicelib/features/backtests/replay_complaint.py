"""Replays one complaint of a back-test, and compares the outcome with the recorded one.

The replay has the same filing and acts at the same times. An act that the policy does not have in the stage, or not
with these fields, is rejected. The person acts in the recorded role; if the policy gives the act to other roles only,
in one of those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework import private_values
from chalicelib.complaints import filing
from chalicelib.complaints.acting import acts, advance, demands
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Event, EventFields, Occurrence
from chalicelib.complaints.rights.permits import ROUTED, ActRequest, Asker, Grant, grant_for
from chalicelib.complaints.state import Complaint
from chalicelib.features.backtests.comparison import Line, compare
from chalicelib.features.backtests.figures.parts import DRAFT, Columns, Policies, columns
from chalicelib.features.backtests.history import History, HistoryStep, PolicyLookup, history_of
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.outcome import (
    NO_LIMIT,
    OPENING_ACTS,
    Outcome,
    RejectedAct,
    add_drafts,
    recorded_outcome,
)
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Problem
from chalicelib.limits.exceeded import TooMuchWork, limited_work
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import PROPOSAL_ACTS
from chalicelib.ports import Sealer
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


MAX_REASON = 200

EventMapping = dict[int, str]
"""Maps a recorded event's number to the number of the proposal or demand that the act makes in the replay.

The value is an empty string for an act that makes neither.
"""


def replay(policy: Policy, history: History, until: Instant) -> Outcome:
    """Return the complaint's outcome at `until`."""
    try:
        accepted = filing.check(policy, history.filing, history.at, arrival=history.arrival)
    except Problem as problem:
        return Outcome(accepted=False, rejected_acts=[RejectedAct("register", _reason(problem))])
    flow = filing.register(policy, accepted, number=history.number, receipt="", actor=history.actor, now=history.at)
    outcome = Outcome(accepted=True)
    mapping = EventMapping()
    for step in history.steps:
        advance.advance(flow, step.at, most=NO_LIMIT)
        if step.act is None:
            _replay_evidence(flow, step, outcome, mapping)
        else:
            _replay_act(flow, step, step.act, outcome, mapping)
    advance.advance(flow, until, most=NO_LIMIT)
    add_drafts(outcome, flow.drafts)
    complaint = flow.complaint
    may_be_accepted = all(rejected.act not in OPENING_ACTS for rejected in outcome.rejected_acts)
    outcome.accepted = "refused" not in complaint.seen and may_be_accepted
    outcome.awaiting_approval.extend(proposal.act for proposal in complaint.proposals.values())
    return outcome


def _replay_act(flow: Flow, step: HistoryStep, name: str, outcome: Outcome, mapping: EventMapping) -> None:
    """Replay one act as the command that was recorded.

    Adds its events to `flow`. Adds to `outcome` what the policy would have refused, and to `mapping` the event of the
    proposal or demand that it opened (empty if none).
    """
    if step.decides is None:
        request: ActRequest | None = ActRequest(name, _mapped_fields(flow, step, mapping))
    else:
        request = _decision(flow, step, mapping)
    if request is None:
        return
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    before = flow.complaint
    mapping[step.seq] = ""
    try:
        acts.decide(flow, request, _asker(flow, step, act), max(step.at, before.at))
    except Problem as problem:
        if name not in PROPOSAL_ACTS:
            outcome.rejected_acts.append(RejectedAct(name, _reason(problem)))
        return
    new = [key for key in (*flow.complaint.proposals, *flow.complaint.demands) if int(key) > before.seq]
    if new:
        mapping[step.seq] = new[-1]
    role = step.actor.stands_for
    if act is not None and role and role not in _roles_of(act, before):
        outcome.unauthorised_roles.append((name, role))


def _roles_of(act: Act, complaint: Complaint) -> set[str]:
    return {complaint.flags.get(ROUTED, doer.role) if doer.role == ROUTED else doer.role for doer in act.by}


def _grant(role: str, complaint: Complaint) -> Grant:
    """Of the complaint's unit, and of its parent, which the record does not name."""
    return Grant(role, complaint.unit, over=() if complaint.unit is None else (complaint.unit,))


def _asker(flow: Flow, step: HistoryStep, act: Act | None) -> Asker:
    """Return the person in the recorded role, which tells signatures apart; otherwise with every role."""
    complaint, role = flow.complaint, step.actor.stands_for
    recorded = [] if role is None else [_grant(role, complaint)]
    same = Asker(step.actor.kind, step.actor.id, tuple(recorded))
    if act is not None and grant_for(act, complaint, same) is not None:
        return same
    others = (_grant(role, complaint) for role in (*flow.policy.document.people, "complainant", "respondent", "owner"))
    return Asker(step.actor.kind, step.actor.id, (*recorded, *others))


def _mapped_fields(flow: Flow, step: HistoryStep, mapping: EventMapping) -> Mapping[str, Any]:
    """Return the step's fields with the id of the demand replaced by the replayed demand's."""
    complaint, demand = flow.complaint, step.fields.get("demand")
    if not isinstance(demand, str):
        return step.fields
    recorded = int(demand.rpartition("/")[2])
    key = mapping.get(recorded, next(iter(complaint.demands), str(recorded)))
    return {**step.fields, "demand": f"{complaint.number}/{key}"}


def _replay_evidence(flow: Flow, step: HistoryStep, outcome: Outcome, mapping: EventMapping) -> None:
    """Replay an event of a file. The file is declared if the policy accepts its kind and the complaint has not ended.

    Otherwise `outcome` gets the refusal. Later events of the file are replayed if it was declared.
    """
    now, document = max(step.at, flow.complaint.at), flow.policy.document
    if step.event == "evidence_declared":
        kinds, kind = document.intake.evidence, step.fields["kind"]
        if (kinds and kind not in kinds) or not document.stages[flow.complaint.stage].acts:
            outcome.rejected_acts.append(RejectedAct("declare_evidence", kind))
            return
    elif not any(draft.fields.get("evidence") == step.fields.get("evidence") for draft in flow.drafts):
        return
    fields = dict(_mapped_fields(flow, step, mapping))
    flow.add(step.event, Occurrence(now, step.actor), fields)
    if step.event == "evidence_sealed":
        declared_by = next(draft.actor for draft in flow.drafts if draft.fields.get("evidence") == fields["evidence"])
        demands.answer_with_file(flow, fields, declared_by, now)


def _decision(flow: Flow, step: HistoryStep, mapping: EventMapping) -> ActRequest | None:
    """Return the approval or rejection of the replayed proposal. None if the act needed no approval in the replay.

    A proposal made by the passing of time is found by its act.
    """
    complaint = flow.complaint
    same_act = [key for key, one in complaint.proposals.items() if one.act == step.decides]
    key = mapping.get(step.proposal, next(iter(same_act), None))
    if key is None or key not in complaint.proposals:
        return None
    fields = {**step.fields, "proposal": f"{complaint.number}/{key}"}
    return ActRequest(step.act or "", fields, _proposed_fields(flow, complaint, key))


def _proposed_fields(flow: Flow, complaint: Complaint, key: str) -> EventFields:
    """Return the proposal's fields, public and private, as casework reads them from the record."""
    draft = flow.drafts[int(key) - 1 - flow.before.seq]
    hidden = ("act", "approvers", "given", "assigned")
    public = {name: value for name, value in draft.fields.items() if name not in hidden}
    return {**public, **{name: value for secret in draft.secrets.values() for name, value in secret.items()}}


def _reason(problem: Problem) -> str:
    return " ".join([problem.kind, *(place.pointer for place in problem.places)])[:MAX_REASON]


MAX_STEPS = 60_000
"""Counted steps of one replay: less than a fifth of a second. Replays of real complaints take a few thousand."""


class ReplayedComplaint(msgspec.Struct, frozen=True):
    """`figures`: what the complaint contributes to both columns of a report; None if it could not be replayed."""

    lines: list[Line]
    figures: Columns | None = None


def replay_complaint(wiring: Wiring, ref: CaseRef, job: Backtest, draft: Policy) -> ReplayedComplaint:
    """Replay a complaint and add it to `job.report`. One that cannot be replayed is reported too."""
    events, values = _read_record(wiring.store, wiring.sealer, ref, job.at)
    if not events:
        return ReplayedComplaint([])
    policy_of = _policy_lookup(wiring.compiled, ref.tenant)
    try:
        before = recorded_outcome(events, policy_of, job.at)
        with limited_work(MAX_STEPS):
            after = replay(draft, history_of(events, values, policy_of), job.at)
        figures = columns(ref.number, events, before, after, Policies(policy_of, job.version or DRAFT, draft))
    except TooMuchWork as problem:
        return ReplayedComplaint(job.report.add_unreadable(ref.number, str(problem.detail)))
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        observability.error("A complaint could not be replayed", error=observability.frames(error))
        return ReplayedComplaint(job.report.add_unreadable(ref.number))
    lines = compare(ref.number, before, after)
    job.report.add(before, after, lines)
    return ReplayedComplaint(lines, figures)


def _policy_lookup(compiled: CompiledPolicies, tenant: str) -> PolicyLookup:
    return lambda version: compiled.get(tenant, version)


def _read_record(
    store: Store, sealer: Sealer, ref: CaseRef, until: Instant
) -> tuple[list[Event], Mapping[int, Mapping[str, Any]]]:
    """Return the events up to an instant, and the private values by event number."""
    record = event_log.read_record(store, ref.pk, page_size=1000)
    events = [event for event in map(event_log.decode, record.events) if from_text(event.at) <= until]
    values: dict[int, dict[str, Any]] = {}
    for entry in record.private_values:
        seq, _ = keys.private_place(entry.key)
        values.setdefault(seq, {}).update(private_values.open_value(sealer, ref, entry).values)
    return events, values
