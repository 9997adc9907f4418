"""Whoever proposed an act must be one who may do it at its approval, when it takes effect and is decided again."""

from __future__ import annotations

from chalicelib.casework.case import asker_of
from chalicelib.casework.private_values import Proposed
from chalicelib.complaints.envelope import PARTIES
from chalicelib.complaints.permits import as_party, grant_for
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring


def check(wiring: Wiring, tenant: str, policy: Policy, complaint: Complaint, proposed: Proposed) -> None:
    """Raises `Problem("proposer-gone")`. `complaint`: as it is before the approval. One read, of people only.

    Who proposed as a deputy did so by the absent person's right: that one must have it still, and both must be members.
    A party needs no grant, and what the policy itself proposed was nobody's act.
    """
    actor = proposed.actor
    if actor.kind != "staff":
        return
    lender = None if actor.on_behalf_of in PARTIES else actor.on_behalf_of
    subs = [actor.id] if lender is None else [actor.id, lender]
    members = _members(wiring, tenant, subs)
    if len(members) < len(subs) or not _may(policy, complaint, proposed, members[-1]):
        raise Problem("proposer-gone", "Whoever proposed this may do it no more: it can only be rejected.")


def _members(wiring: Wiring, tenant: str, subs: list[str]) -> list[Membership]:
    wanted = [keys.membership(tenant, sub) for sub in subs]
    found = wiring.store.get(wanted)
    return [person for key in wanted if key in found and (person := membership.stored(found[key])).active]


def _may(policy: Policy, complaint: Complaint, proposed: Proposed, person: Membership) -> bool:
    """An act that the stage has no more is refused for that, and a task has no act."""
    act = policy.document.stages[complaint.stage].acts.get(proposed.proposal.act)
    if act is None or proposed.proposal.task is not None:
        return True
    behalf = proposed.actor.on_behalf_of
    own = asker_of(person)
    speaker = as_party(own, behalf, complaint.unit) if behalf is not None and behalf in PARTIES else own
    return speaker is not None and grant_for(act, complaint, speaker) is not None
