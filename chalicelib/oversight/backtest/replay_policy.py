"""Replaying a complaint's past under another policy: the same filing and acts at the same times (pure).

Strict about what the policy allows: an act that it does not have in that stage, or not with these fields, does not
happen. Whoever did an act does it in the role of then; where the policy gives it to other roles only,
in one of those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import acts, advance, demands, filing
from chalicelib.complaints.acts import ActRequest
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import ROUTED, Asker, Grant, grant_for
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.oversight.backtest.outcome import NO_LIMIT, Outcome, RejectedAct, add_drafts
from chalicelib.oversight.backtest.recorded_past import History, HistoryStep
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Act
from chalicelib.problem import Problem

LONGEST_REASON = 200
_SETTLING = frozenset({"approve", "reject"})

EventMapping = dict[int, str]
"""From the number of an act's event then, to that of what it proposes or demands now; empty where it does neither."""


def replay(policy: Policy, past: History, until: Instant) -> Outcome:
    """What would have become of the complaint at `until`."""
    try:
        accepted = filing.check(policy, past.filing, past.at)
    except Problem as problem:
        return Outcome(taken=False, turned_down=[RejectedAct("register", _reason(problem))])
    flow = filing.register(policy, accepted, number=past.number, receipt="", actor=past.actor, now=past.at)
    outcome = Outcome(taken=True)
    stands = EventMapping()
    for step in past.steps:
        advance.advance(flow, step.at, most=NO_LIMIT)
        if step.act is None:
            _evidence(flow, step, outcome, stands)
        else:
            _act(flow, step, step.act, outcome, stands)
    advance.advance(flow, until, most=NO_LIMIT)
    add_drafts(outcome, flow.drafts)
    complaint = flow.complaint
    outcome.taken = "refused" not in complaint.seen and not any(one.act == "accept" for one in outcome.turned_down)
    outcome.waiting.extend(proposal.act for proposal in complaint.proposals.values())
    return outcome


def _act(flow: Flow, step: HistoryStep, name: str, outcome: Outcome, stands: EventMapping) -> None:
    """One step, as the command that was sent then."""
    asked = _settling(flow, step, stands) if step.settles is not None else ActRequest(name, _named(flow, step, stands))
    if asked is None:
        return
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    before = flow.complaint
    stands[step.seq] = ""
    try:
        acts.decide(flow, asked, _asker(flow, step, act), max(step.at, before.at))
    except Problem as problem:
        if name not in _SETTLING:
            outcome.turned_down.append(RejectedAct(name, _reason(problem)))
        return
    new = [key for key in (*flow.complaint.proposals, *flow.complaint.demands) if int(key) > before.seq]
    if new:
        stands[step.seq] = new[-1]
    role = step.actor.stands_for
    if act is not None and role and role not in _doers(act, before):
        outcome.other_roles.append((name, role))


def _doers(act: Act, complaint: Complaint) -> set[str]:
    return {complaint.flags.get(ROUTED, doer.role) if doer.role == ROUTED else doer.role for doer in act.by}


def _asker(flow: Flow, step: HistoryStep, act: Act | None) -> Asker:
    """The person in the role of then, by which signatures are told apart; or in whatever role it takes now."""
    complaint, role = flow.complaint, step.actor.stands_for
    own = [] if role is None else [Grant(role, complaint.unit)]
    same = Asker(step.actor.kind, step.actor.id, tuple(own))
    if act is not None and grant_for(act, complaint, same) is not None:
        return same
    others = (
        Grant(role, complaint.unit) for role in (*flow.policy.document.people, "complainant", "respondent", "owner")
    )
    return Asker(step.actor.kind, step.actor.id, (*own, *others))


def _named(flow: Flow, step: HistoryStep, stands: EventMapping) -> Mapping[str, Any]:
    """The step's fields; a demand that they name is the one that stands in its place."""
    complaint, named = flow.complaint, step.fields.get("demand")
    if not isinstance(named, str):
        return step.fields
    then = int(named.rpartition("/")[2])
    key = stands.get(then, next(iter(complaint.demands), str(then)))
    return {**step.fields, "demand": f"{complaint.number}/{key}"}


def _evidence(flow: Flow, step: HistoryStep, outcome: Outcome, stands: EventMapping) -> None:
    """A file is declared where the policy takes its kind and the case has not ended; the rest follows from that."""
    now, document = max(step.at, flow.complaint.at), flow.policy.document
    if step.event == "evidence_declared":
        kinds, kind = document.intake.evidence, step.fields["kind"]
        if (kinds and kind not in kinds) or not document.stages[flow.complaint.stage].acts:
            outcome.turned_down.append(RejectedAct("declare_evidence", kind))
            return
    elif not any(draft.fields.get("evidence") == step.fields.get("evidence") for draft in flow.drafts):
        return
    fields = dict(_named(flow, step, stands))
    flow.add(step.event, at=now, actor=step.actor, fields=fields)
    if step.event == "evidence_sealed":
        gave = next(draft.actor for draft in flow.drafts if draft.fields.get("evidence") == fields["evidence"])
        demands.sealed(flow, fields, gave, now)


def _settling(flow: Flow, step: HistoryStep, stands: EventMapping) -> ActRequest | None:
    """The proposal that stands where the one of then stood; None where none does: no approval was needed.

    What the passing of time proposed is known by its act.
    """
    complaint = flow.complaint
    same_act = [key for key, one in complaint.proposals.items() if one.act == step.settles]
    key = stands.get(step.proposal, next(iter(same_act), None))
    if key is None or key not in complaint.proposals:
        return None
    named = {**step.fields, "proposal": f"{complaint.number}/{key}"}
    return ActRequest(step.act or "", named, _proposed(flow, complaint, key))


def _proposed(flow: Flow, complaint: Complaint, key: str) -> dict[str, Any]:
    """What was proposed, public and private, as casework reads it from the record."""
    draft = flow.drafts[int(key) - 1 - flow.before.seq]
    hidden = ("act", "approvers", "given", "assigned")
    public = {name: value for name, value in draft.fields.items() if name not in hidden}
    return {**public, **{name: value for held in draft.secrets.values() for name, value in held.items()}}


def _reason(problem: Problem) -> str:
    return " ".join([problem.kind, *(place.pointer for place in problem.places)])[:LONGEST_REASON]
