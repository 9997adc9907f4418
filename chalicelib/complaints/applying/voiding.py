"""Proposals that an event voids: what they propose is gone, or something that they depend on has changed.

The event names them in `result.voided`. Their proposers are told.
"""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.condition_context import with_clocks
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.state import Complaint, PendingProposal
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import UNLISTED_ACTS


def voided_by(policy: Policy, before: Complaint, after: Complaint, draft: EventDraft) -> list[str]:
    """The keys of the proposals that the event voids. `after`: the state after the event, with its runs."""
    if not before.proposals:
        return []
    gone = _without_act(policy, before, after.stage)
    stale = [key for key in before.proposals if key in after.proposals and _is_stale(policy, before, after, draft, key)]
    return list(dict.fromkeys([*gone, *stale]))


def voided_by_switch(old: Policy, new: Policy, complaint: Complaint, stage: str) -> list[str]:
    """The keys of the proposals whose act has another meaning under the new version. `stage`: the new stage."""
    return [
        key
        for key, one in complaint.proposals.items()
        if _meaning(old, complaint.stage, one) != _meaning(new, stage, one)
    ]


def _without_act(policy: Policy, before: Complaint, stage: str) -> list[str]:
    """The proposals whose act the new stage lacks. A proposed task or link stays as long as the stage has any act."""
    if stage == before.stage:
        return []
    acts = policy.document.stages[stage].acts
    stays = {
        key: bool(acts) if one.task is not None or _is_link(one) else one.act in acts
        for key, one in before.proposals.items()
    }
    return [key for key, is_valid in stays.items() if not is_valid]


def _is_link(proposal: PendingProposal) -> bool:
    """No other act that stages do not list is proposed."""
    return proposal.act in UNLISTED_ACTS and proposal.task is None


def _is_stale(policy: Policy, before: Complaint, after: Complaint, draft: EventDraft, key: str) -> bool:
    proposal, origin = before.proposals[key], before.origin(key)
    if origin.concerns is not None and not _is_open(after, origin.concerns):
        return True
    if _is_link(proposal) and (after.follows is not None or "closed" in after.seen):
        return True
    act = _act(policy, before.stage, proposal)
    if after.stage != before.stage and act != _act(policy, after.stage, proposal):
        return True
    needed = needed_values(policy, before.stage, proposal)
    if act is not None and act.all and draft.act == proposal.act:
        if origin.role in after.signed.get(proposal.act, []):
            return True
        needed -= act.sets.keys() - act.when.keys()  # each role sets them with its own fields
    old, new = with_clocks(policy, before, needed), with_clocks(policy, after, needed)
    return any(old.get(name) != new.get(name) for name in needed)


def _is_open(complaint: Complaint, concerned: str) -> bool:
    """True if the demand or the run is open."""
    first, _, last = concerned.rpartition("/")
    if first == complaint.number:
        return last in complaint.demands and not complaint.demands[last].recorded
    return any((run.clock, str(run.n)) == (first, last) for run in complaint.runs)


def needed_values(policy: Policy, stage: str, proposal: PendingProposal) -> set[str]:
    """The names of the values that a proposal depends on: its conditions, and the flags that its fields set."""
    document = policy.document
    if proposal.task is not None:
        task = document.tasks.get(proposal.task)
        return {name for when in task.when for name in when} if task else set()
    act = _act(policy, stage, proposal)
    if act is None:
        return set()
    taken = {*act.needs, *act.takes}
    lowered = {"severity"} & taken if document.severity and document.severity.lowering else set()
    facts = [fact for name in taken if (fact := document.definition(name)) is not None]
    choices = [option.when for fact in facts for option in fact.choices.values()]
    grounds = [ground.when for ground in document.intake.refusals.values()] if "ground" in taken else []
    approvals = [one.when for one in act.approvals]
    outcomes = [target.when for target in act.targets] + [rule.when for rule in act.tells]
    set_by_fields = {flag for flag, value in act.sets.items() if value.startswith("field.")}
    return set_by_fields.union(lowered, act.when, *approvals, *choices, *grounds, *outcomes)


def _act(policy: Policy, stage: str, proposal: PendingProposal) -> Act | None:
    found = policy.document.stages.get(stage)
    return None if found is None else found.acts.get(proposal.act)


def _meaning(policy: Policy, stage: str, proposal: PendingProposal) -> Any:
    """The proposed act or task with all that the policy says about its fields."""
    document = policy.document
    if proposal.task is not None:
        return document.tasks.get(proposal.task)
    act = _act(policy, stage, proposal)
    if act is None:
        return None
    fields = {name: document.definition(name) for name in (*act.needs, *act.takes)}
    lowering = document.severity.lowering if document.severity and "severity" in fields else None
    return act, fields, document.intake.refusals, document.intake.conditions, lowering
