"""Acts that need approval: proposed by one, approved or rejected by another (design §5, P7.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import SYSTEM, Actor
from chalicelib.complaints.fields import CheckedFields, FieldSpec, check, pointer
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, Grant, holds_role
from chalicelib.complaints.state import Complaint, Proposal
from chalicelib.instants import Instant
from chalicelib.policy.language.model import Act
from chalicelib.problem import Place, Problem

_SAID = [FieldSpec("proposal", "text", False), FieldSpec("reason", "text", False)]
"""What `approve` and `reject` take; the reason is kept beside the event."""

Redo = Callable[[Flow, Proposal, Mapping[str, Any], Actor, Instant], None]


def propose(flow: Flow, name: str, act: Act, given: CheckedFields, actor: Actor, now: Instant) -> None:
    """The act waits: its values are kept beside the `proposed` event until somebody approves."""
    if act.approval is None:
        raise ValueError("an act without approval is performed, not proposed")
    fields = {**given.event_fields(), "act": name, "approvers": act.approval.by}
    about = flow.add("proposed", at=now, actor=actor, act=name, fields=fields, secrets=given.private)
    consequences.notify(flow, act.approval.by, about=about, at=now, wording="proposed")


def settle(
    flow: Flow,
    verb: str,
    fields: Mapping[str, Any],
    proposed: Mapping[str, Any] | None,
    asker: Asker,
    now: Instant,
    redo: Redo,
) -> None:
    """`approve` yields `approved` and then the proposal's own effect, decided again; `reject` yields `rejected`."""
    if not flow.complaint.proposals:
        raise Problem("act-not-open", "Nothing awaits approval in this complaint.", extra={"acts": []})
    key, proposal = named(flow.complaint, fields)
    grant = _approver(flow.complaint, proposal, asker)
    if grant is None:
        raise Problem("forbidden", "This proposal is not yours to approve or reject.")
    actor = asker.actor(grant)
    said = check(_SAID, fields, now=now, since=None, root="fields")
    reason = said.private["content"].get("reason") if said.private else None
    secrets = {} if reason is None else {"content": {"reason": reason}}
    settled: dict[str, Any] = {"proposal": f"{flow.complaint.number}/{key}", "act": proposal.act}
    if secrets:
        settled["given"] = ["reason"]
    event = "approved" if verb == "approve" else "rejected"
    about = flow.add(event, at=now, actor=actor, act=verb, fields=settled, secrets=secrets)
    if verb == "approve":
        redo(flow, proposal, proposed or {}, actor, now)
    if proposal.by != SYSTEM.id:
        consequences.notify(flow, [f"@{proposal.by}"], about=about, at=now, wording=event)


def named(complaint: Complaint, fields: Mapping[str, Any]) -> tuple[str, Proposal]:
    """The proposal that `fields.proposal` (`<number>/<seq>`) names; the only one where it names none."""
    given = fields.get("proposal")
    known = {f"{complaint.number}/{key}": key for key in complaint.proposals}
    key = next(iter(known.values())) if given is None and len(known) == 1 else known.get(str(given))
    if key is None:
        place = Place(pointer("fields", "proposal"), "must be one of: " + ", ".join(known))
        raise Problem("invalid", "No such proposal awaits approval.", places=[place])
    return key, complaint.proposals[key]


def awaiting(complaint: Complaint, asker: Asker) -> list[str]:
    """The proposals that this person may approve."""
    return [key for key, proposal in complaint.proposals.items() if _approver(complaint, proposal, asker)]


def _approver(complaint: Complaint, proposal: Proposal, asker: Asker) -> Grant | None:
    """The grant to approve by. Nobody approves their own, nor does their deputy for them."""
    others = [grant for grant in asker.grants if proposal.by not in (asker.id, grant.lent_by)]
    return holds_role(replace(asker, grants=tuple(others)), proposal.approvers, complaint.unit)
