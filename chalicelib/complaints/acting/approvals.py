"""Acts that need approval: one person proposes, another approves or rejects (P7.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.acting.requested import Approved, Intent, PerformProposal, Requested
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.consequences import Telling
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.pending_state import recipients
from chalicelib.complaints.envelope import LOWERING, PARTIES, Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldSpec, check, pointer
from chalicelib.complaints.rights import permits
from chalicelib.complaints.rights.exclusion import selected_recipients
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.complaints.state import Complaint, PendingProposal
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import PARENT, PeopleSelector
from chalicelib.policy.language.stages import Act, Approval

FIELDS = (FieldSpec("proposal", "text", False), FieldSpec("reason", "text", False))
"""The fields of `approve` and `reject`. The reason is private."""
_OWNER = "owner"


def propose(flow: Flow, intent: Intent, entry: int, concerns: str | None) -> None:
    """Adds `proposed`. The private values stay beside that event until it is approved.

    `entry`: see `Result.approval`. `concerns`: see `Result`.
    """
    by = _approval(flow.policy, intent.act, entry)
    submit(
        flow, Occurrence(intent.at, intent.actor, act=intent.name), intent.given, by, concerns=concerns, approval=entry
    )


def submit(flow: Flow, proposal: Occurrence, given: CheckedFields, needed: Approval, **result: Any) -> None:
    """As `propose`, for any act. `result`: see `Result`."""
    fields = {**given.event_fields(), "act": proposal.act, "approvers": needed.roles}
    about = flow.add("proposed", proposal, fields, secrets=given.private, **result)
    approvers = selected_recipients(flow.complaint, needed.by)
    consequences.tell(flow, approvers, Telling(about, proposal.at, fields, "proposed"), "proposed")


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
    key = find_proposal(flow.policy, flow.complaint, asked.asker, request.fields)
    proposal = flow.complaint.proposals[key]
    origin = flow.complaint.origin(key)
    grant = _approver(flow.policy, flow.complaint, key, asked.asker)
    if grant is None:
        raise Problem("forbidden", "This proposal is not yours to approve or reject.")
    actor = asked.asker.actor(grant)
    checked = check(list(FIELDS), request.fields, now=now, since=None, root="fields")
    reason = checked.private["content"].get("reason") if checked.private else None
    secrets = {} if reason is None else {"content": {"reason": reason}}
    given = {"given": ["reason"]} if secrets else {}
    settled = {"proposal": f"{flow.complaint.number}/{key}", "act": proposal.act, **given}
    about = flow.add(event, Occurrence(now, actor, act=request.act), settled, secrets=secrets)
    told = recipients(proposal.by) or _doers_of(flow, proposal, event)
    then = []
    if perform is not None:
        approved = Approved(proposal, origin, request.proposed or {})
        then = [partial(perform, flow, approved, actor, now)]
    flow.notify(told, about=about, at=now, wording=event)
    for step in then:
        step()


def _doers_of(flow: Flow, proposal: PendingProposal, event: str) -> list[str]:
    """The role of a task that is not approved, because it has no proposer."""
    if event != "rejected" or proposal.task is None:
        return []
    return [flow.policy.document.tasks[proposal.task].role]


def find_proposal(policy: Policy, complaint: Complaint, asker: Asker, fields: Mapping[str, Any]) -> str:
    """The proposal that `fields.proposal` names (`<number>/<seq>`), by the number of its event.

    Without a name, the only open proposal, or the only one that this person may approve.

    Raises `Problem("invalid")` if no open proposal has this name, or without a name if there is not exactly one. It
    names those that the person may approve.
    """
    given, possible = fields.get("proposal"), list(complaint.proposals)
    own = approvable_by(policy, complaint, asker) or possible
    if given is None and len(own) == 1:
        return own[0]
    key = next((key for key in possible if given == f"{complaint.number}/{key}"), None)
    if key is None:
        known = ", ".join(f"{complaint.number}/{key}" for key in own)
        place = Place(pointer("fields", "proposal"), Text("must be one of: {known}", known=known))
        raise Problem("invalid", "No such proposal awaits approval.", places=[place])
    return key


def is_for(policy: Policy, asker: Asker) -> bool:
    """Whether one of the person's roles approves acts or tasks of the policy."""
    document, severity = policy.document, policy.document.severity
    acts = (act for stage in document.stages.values() for act in stage.acts.values())
    found = {role for act in acts for approval in act.approvals for role in approval.roles}
    found.update(role for task in document.tasks.values() for role in task.approval)
    if severity is not None and severity.lowering is not None and severity.lowering.approval is not None:
        found.update(severity.lowering.approval.roles)
    found.update(second_person(policy).roles)
    return not asker.roles.isdisjoint(found)


def second_person(policy: Policy) -> Approval:
    """Who approves what the language, not the policy, asks a second person for: the roles of the tiers, or else of all
    people, and the owners, so that there is always one."""
    document = policy.document
    roles = [role for tier in document.tiers for role in tier.roles] or list(document.people)
    return Approval(by=[*dict.fromkeys(role for role in roles if role not in PARTIES), _OWNER])


def approvable_by(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The proposals that this person may approve, by the sequence number of their event."""
    return [key for key in complaint.proposals if _approver(policy, complaint, key, asker)]


def is_open(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return bool(approvable_by(policy, complaint, asker))


def form(policy: Policy, complaint: Complaint, asker: Asker) -> list[FieldSpec]:
    """The choice between the proposals that this person may approve. The API's description does not list the reason."""
    choices = tuple(f"{complaint.number}/{key}" for key in approvable_by(policy, complaint, asker))
    return [FieldSpec("proposal", "choice", len(choices) > 1, choices)]


def may_approve(policy: Policy, complaint: Complaint, key: str, asker: Asker) -> bool:
    return _approver(policy, complaint, key, asker) is not None


def could_approve(policy: Policy, complaint: Complaint, key: str, asker: Asker) -> bool:
    """Whether the person may approve it, apart from exclusions by the record."""
    selectors = [replace(one, excluded=[], same=None) for one in restrictions(policy, complaint, key)]
    others = _of_others(complaint, key, asker)
    return any(_is_selected(selectors, complaint, key, asker, grant) for grant in others)


def _of_others(complaint: Complaint, key: str, asker: Asker) -> tuple[Grant, ...]:
    """The asker's grants, without those by which people would approve their own proposal.

    It is that of the proposer and of the absent person for whom they proposed. A deputy has no lent grant of theirs.
    While a person is absent, their deputy's proposals are their own, also those that the deputy made in their own role.
    """
    if asker.deputy == complaint.proposals[key].by:
        return ()
    own = {complaint.proposals[key].by, complaint.origin(key).proposer.stood_for} - {""}
    return tuple(grant for grant in asker.grants if own.isdisjoint({asker.id, grant.lent_by}))


def _approver(policy: Policy, complaint: Complaint, key: str, asker: Asker) -> Grant | None:
    """The grant that permits the approval."""
    if permits.is_recused(complaint, asker):
        return None
    selectors = restrictions(policy, complaint, key)
    others = _of_others(complaint, key, asker)
    return next((grant for grant in others if _is_selected(selectors, complaint, key, asker, grant)), None)


def restrictions(policy: Policy, complaint: Complaint, key: str) -> list[PeopleSelector]:
    """The restrictions of the approvers in the proposed act's present definition.

    A role that stands beside its people of the parent unit is one without a restriction.
    """
    proposal, origin = complaint.proposals[key], complaint.origin(key)
    stage = policy.document.stages.get(complaint.stage)
    act = stage.acts.get(proposal.act) if stage else None
    if act is None or proposal.task is not None:
        return []
    by = _approval(policy, act, origin.approval).by
    selectors = [one for one in by if isinstance(one, PeopleSelector)]
    above = {one.role for one in selectors if one.of == PARENT}
    return [*selectors, *(PeopleSelector(role=one) for one in by if isinstance(one, str) and one in above)]


def _approval(policy: Policy, act: Act, entry: int) -> Approval:
    if entry != LOWERING:
        return act.approvals[entry]
    severity = policy.document.severity
    if severity is None or severity.lowering is None or severity.lowering.approval is None:
        raise ValueError("the policy has no approval for a lower class")
    return severity.lowering.approval


def _is_selected(
    selectors: Sequence[PeopleSelector], complaint: Complaint, key: str, asker: Asker, grant: Grant
) -> bool:
    """True if no restriction of the role exists, or at least one of them permits the person."""
    if grant.role not in complaint.proposals[key].approvers:
        return False
    own = [one for one in selectors if one.role == grant.role]
    if not own:
        return permits.covers(grant, complaint.unit)
    return any(permits.selects(one, complaint, asker, grant) for one in own)
