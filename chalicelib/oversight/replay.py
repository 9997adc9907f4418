"""Replaying a complaint's past under another policy: the same filing and acts at the same times (pure).

Strict about what the policy allows: an act that it does not have in that stage, or not with these fields, does not
happen. Who does an act is not asked: another policy may give it to another role, which would then do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import acts, advance, demands, filing
from chalicelib.complaints.acts import Asked
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.oversight.outcome import ALL, Outcome, TurnedDown, gather
from chalicelib.oversight.past import Past, Step
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem

LONGEST_REASON = 200
_SETTLING = frozenset({"approve", "reject"})

Stands = dict[int, str]
"""From the number of an act's event then, to that of what it proposes or demands now; empty where it does neither."""


def replay(policy: Policy, past: Past, until: Instant) -> Outcome:
    """What would have become of the complaint at `until`."""
    try:
        accepted = filing.check(policy, past.filing, past.at)
    except Problem as problem:
        return Outcome(taken=False, turned_down=[TurnedDown("register", _reason(problem))])
    flow = filing.register(policy, accepted, number=past.number, receipt="", actor=past.actor, now=past.at)
    outcome = Outcome(taken=True)
    stands = Stands()
    for step in past.steps:
        advance.advance(flow, step.at, most=ALL)
        if step.act is None:
            _evidence(flow, step, outcome, stands)
        else:
            _act(flow, step, step.act, outcome, stands)
    advance.advance(flow, until, most=ALL)
    gather(outcome, flow.drafts)
    complaint = flow.complaint
    outcome.taken = "refused" not in complaint.seen and not any(one.act == "accept" for one in outcome.turned_down)
    outcome.waiting.extend(proposal.act for proposal in complaint.proposals.values())
    return outcome


def _act(flow: Flow, step: Step, name: str, outcome: Outcome, stands: Stands) -> None:
    """One step, as the command that was sent then."""
    asked = _settling(flow, step, stands) if step.settles is not None else Asked(name, _named(flow, step, stands))
    if asked is None:
        return
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    before = flow.complaint
    stands[step.seq] = ""
    try:
        acts.decide(flow, asked, _anybody(flow, step), max(step.at, before.at))
    except Problem as problem:
        if name not in _SETTLING:
            outcome.turned_down.append(TurnedDown(name, _reason(problem)))
        return
    new = [key for key in (*flow.complaint.proposals, *flow.complaint.demands) if int(key) > before.seq]
    if new:
        stands[step.seq] = new[-1]
    if act is not None and step.actor.role and step.actor.role not in {doer.role for doer in act.by}:
        outcome.other_roles.append((name, step.actor.role))


def _anybody(flow: Flow, step: Step) -> Asker:
    """The person of then, in whatever role the act needs now."""
    unit = flow.complaint.unit
    roles = dict.fromkeys([*([step.actor.role] if step.actor.role else []), *flow.policy.document.people])
    grants = tuple(Grant(role, unit) for role in (*roles, "complainant", "respondent", "owner"))
    return Asker(step.actor.kind, step.actor.id, grants)


def _named(flow: Flow, step: Step, stands: Stands) -> Mapping[str, Any]:
    """The step's fields; a demand that they name is the one that stands in its place."""
    complaint, named = flow.complaint, step.fields.get("demand")
    if not isinstance(named, str):
        return step.fields
    then = int(named.rpartition("/")[2])
    key = stands.get(then, next(iter(complaint.demands), str(then)))
    return {**step.fields, "demand": f"{complaint.number}/{key}"}


def _evidence(flow: Flow, step: Step, outcome: Outcome, stands: Stands) -> None:
    """A file is declared where the policy takes its kind and the case has not ended; the rest follows from that."""
    now, document = max(step.at, flow.complaint.at), flow.policy.document
    if step.event == "evidence_declared":
        kinds, kind = document.intake.evidence, step.fields["kind"]
        if (kinds and kind not in kinds) or not document.stages[flow.complaint.stage].acts:
            outcome.turned_down.append(TurnedDown("declare_evidence", kind))
            return
    elif not any(draft.fields.get("evidence") == step.fields.get("evidence") for draft in flow.drafts):
        return
    fields = dict(_named(flow, step, stands))
    flow.add(step.event, at=now, actor=step.actor, fields=fields)
    if step.event == "evidence_sealed":
        gave = next(draft.actor for draft in flow.drafts if draft.fields.get("evidence") == fields["evidence"])
        demands.sealed(flow, fields, gave, now)


def _settling(flow: Flow, step: Step, stands: Stands) -> Asked | None:
    """The proposal that stands where the one of then stood; None where none does: no approval was needed.

    What the passing of time proposed is known by its act.
    """
    complaint = flow.complaint
    same_act = [key for key, one in complaint.proposals.items() if one.act == step.settles]
    key = stands.get(step.proposal, next(iter(same_act), None))
    if key is None or key not in complaint.proposals:
        return None
    named = {**step.fields, "proposal": f"{complaint.number}/{key}"}
    return Asked(step.act or "", named, _proposed(flow, complaint, key))


def _proposed(flow: Flow, complaint: Complaint, key: str) -> dict[str, Any]:
    """What was proposed, public and private, as casework reads it from the record."""
    draft = flow.drafts[int(key) - 1 - flow.before.seq]
    hidden = ("act", "approvers", "given", "assigned")
    public = {name: value for name, value in draft.fields.items() if name not in hidden}
    return {**public, **{name: value for held in draft.secrets.values() for name, value in held.items()}}


def _reason(problem: Problem) -> str:
    return " ".join([problem.kind, *(place.pointer for place in problem.places)])[:LONGEST_REASON]
