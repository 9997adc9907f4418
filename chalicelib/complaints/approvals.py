"""Acts that need approval: one person proposes, another approves or rejects (P7.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from chalicelib.complaints import consequences, exclusion
from chalicelib.complaints.consequences import Telling
from chalicelib.complaints.envelope import SYSTEM, Actor, Occurrence
from chalicelib.complaints.exclusion import selected_recipients
from chalicelib.complaints.fields import CheckedFields, FieldSpec, check, pointer
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, Grant, role_grant
from chalicelib.complaints.state import Complaint, Proposal
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import PeopleSelector
from chalicelib.policy.language.stages import Act
from chalicelib.problem import Place, Problem, Text

if TYPE_CHECKING:
    from chalicelib.complaints.act_hooks import Requested

FIELDS = (FieldSpec("proposal", "text", False), FieldSpec("reason", "text", False))
"""The fields of `approve` and `reject`. The reason is private."""

PerformProposal = Callable[[Flow, Proposal, Mapping[str, Any], Actor, Instant], None]
"""Performs an approved proposal. Takes the flow, the proposal, its fields, the approver and the time."""


def propose(flow: Flow, name: str, act: Act, given: CheckedFields, actor: Actor, now: Instant) -> None:
    """Adds `proposed`. The act's private values stay beside that event until it is approved."""
    if act.approval is None:
        raise ValueError("an act without approval is performed, not proposed")
    fields = {**given.event_fields(), "act": name, "approvers": act.approval.roles}
    about = flow.add("proposed", Occurrence(now, actor, act=name), fields, secrets=given.private)
    approvers = selected_recipients(flow.complaint, act.approval.by)
    consequences.tell(flow, approvers, Telling(about, now, fields, "proposed"), "proposed")


def approve(asked: Requested) -> None:
    """Adds `approved` and performs the proposal."""
    _settle(asked, "approved", asked.perform_proposal)


def reject(asked: Requested) -> None:
    """Adds `rejected`."""
    _settle(asked, "rejected", None)


def _settle(asked: Requested, event: str, perform: PerformProposal | None) -> None:
    flow, request, now = asked.flow, asked.request, asked.now
    if not flow.complaint.proposals:
        raise Problem("act-not-open", "Nothing awaits approval in this complaint.", extra={"acts": []})
    key, proposal = find_proposal(flow.complaint, request.fields)
    grant = _approver(flow.policy, flow.complaint, proposal, asked.asker)
    if grant is None:
        raise Problem("forbidden", "This proposal is not yours to approve or reject.")
    actor = asked.asker.actor(grant)
    checked = check(list(FIELDS), request.fields, now=now, since=None, root="fields")
    reason = checked.private["content"].get("reason") if checked.private else None
    secrets = {} if reason is None else {"content": {"reason": reason}}
    given = {"given": ["reason"]} if secrets else {}
    settled = {"proposal": f"{flow.complaint.number}/{key}", "act": proposal.act, **given}
    about = flow.add(event, Occurrence(now, actor, act=request.act), settled, secrets=secrets)
    if perform is not None:
        perform(flow, proposal, request.proposed or {}, actor, now)
    if proposal.by != SYSTEM.id:
        consequences.notify(flow, [f"@{proposal.by}"], about=about, at=now, wording=event)


def find_proposal(complaint: Complaint, fields: Mapping[str, Any]) -> tuple[str, Proposal]:
    """The proposal that `fields.proposal` names (`<number>/<seq>`). Without a name, the only open proposal.

    Raises `Problem("invalid")` if no open proposal has this name, or without a name if not exactly one is open.
    """
    given = fields.get("proposal")
    known = {f"{complaint.number}/{key}": key for key in complaint.proposals}
    key = next(iter(known.values())) if given is None and len(known) == 1 else known.get(str(given))
    if key is None:
        place = Place(pointer("fields", "proposal"), Text("must be one of: {known}", known=", ".join(known)))
        raise Problem("invalid", "No such proposal awaits approval.", places=[place])
    return key, complaint.proposals[key]


def approvable_by(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The proposals that this person may approve, by the sequence number of their event."""
    return [key for key, proposal in complaint.proposals.items() if _approver(policy, complaint, proposal, asker)]


def is_open(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return bool(approvable_by(policy, complaint, asker))


def form(_policy: Policy, complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    """The choice between the open proposals. The API's description does not list the reason."""
    choices = tuple(f"{complaint.number}/{key}" for key in complaint.proposals)
    return [FieldSpec("proposal", "choice", len(choices) > 1, choices)]


def may_approve(policy: Policy, complaint: Complaint, proposal: Proposal, asker: Asker) -> bool:
    return _approver(policy, complaint, proposal, asker) is not None


def could_approve(complaint: Complaint, proposal: Proposal, asker: Asker) -> bool:
    """Whether the person may approve it, apart from exclusions by the record."""
    others = tuple(grant for grant in asker.grants if proposal.by not in (asker.id, grant.lent_by))
    return role_grant(replace(asker, grants=others), proposal.approvers, complaint.unit) is not None


def _approver(policy: Policy, complaint: Complaint, proposal: Proposal, asker: Asker) -> Grant | None:
    """The grant that permits the approval. Proposers and their deputies cannot approve their own proposal."""
    if exclusion.is_recused(complaint, asker):
        return None
    selectors = restrictions(policy, complaint, proposal)
    others = [
        grant
        for grant in asker.grants
        if proposal.by not in (asker.id, grant.lent_by) and _is_selected(selectors, complaint, asker, grant)
    ]
    return role_grant(replace(asker, grants=tuple(others)), proposal.approvers, complaint.unit)


def restrictions(policy: Policy, complaint: Complaint, proposal: Proposal) -> list[PeopleSelector]:
    """The restrictions of the approvers in the proposed act's present definition."""
    stage = policy.document.stages.get(complaint.stage)
    act = stage.acts.get(proposal.act) if stage and proposal.task is None else None
    by = act.approval.by if act and act.approval else []
    return [one for one in by if isinstance(one, PeopleSelector)]


def _is_selected(selectors: Sequence[PeopleSelector], complaint: Complaint, asker: Asker, grant: Grant) -> bool:
    """True if no restriction of the role exists, or at least one of them permits the person."""
    own = [one for one in selectors if one.role == grant.role]
    return not own or any(exclusion.permits(one.excluded, one.same, complaint, asker, grant) for one in own)
