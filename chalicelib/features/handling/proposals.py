"""Approving a proposal: its stored fields, and whether its proposer may still do the proposed act.

A proposed act takes effect at its approval and is decided again then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import private_values
from chalicelib.casework.authorization import asker_from_membership, children_for
from chalicelib.complaints.envelope import PARTIES, Actor
from chalicelib.complaints.rights.confidentiality import speaker_for
from chalicelib.complaints.rights.permits import Asker, grant_for
from chalicelib.complaints.state import Complaint, PendingProposal
from chalicelib.kit.decoding import CASE_NUMBER
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership

_PROPOSAL = rf"{CASE_NUMBER}/([0-9]{{1,8}})"
_NOT_FIELDS = frozenset({"act", "approvers", "given", "assigned"})


class LoadedProposal(msgspec.Struct, frozen=True):
    """A proposal that awaits approval, its proposer, and its public and private fields."""

    proposal: PendingProposal
    actor: Actor
    fields: dict[str, Any]


def keys_of_named(ref: CaseRef, fields: Mapping[str, Any]) -> list[Key]:
    """The keys of the proposal that `fields.proposal` names, to be read together with the complaint."""
    named = fields.get("proposal")
    match = re.fullmatch(_PROPOSAL, named) if isinstance(named, str) else None
    return [] if match is None else _keys(ref, int(match[1]))


def _keys(ref: CaseRef, seq: int) -> list[Key]:
    return [event_log.of_complaint(ref, seq), *private_values.keys_of_event(ref, seq)]


def load(
    store: Store,
    sealer: Sealer,
    tenant: str,
    complaint: Complaint,
    key: str,
    entries: Mapping[Key, Entry],
) -> LoadedProposal:
    """The proposal to approve. If the request does not name it, this reads it from the store.

    `key`: the number of its event.
    """
    event_key, *private_keys = _keys(CaseRef(tenant, complaint.number), int(key))
    if event_key not in entries:
        entries = store.get([event_key, *private_keys])
    event = event_log.decode(entries[event_key])
    proposed = {name: value for name, value in event.fields.items() if name not in _NOT_FIELDS}
    for private_key in private_keys:
        if private_key in entries:
            proposed.update(
                private_values.open_value(sealer, CaseRef(tenant, complaint.number), entries[private_key]).values
            )
    return LoadedProposal(complaint.proposals[key], msgspec.convert(event.actor, Actor), proposed)


def check_proposer(store: Store, tenant: str, policy: Policy, complaint: Complaint, loaded: LoadedProposal) -> None:
    """Raises `Problem("proposer-gone")` if the proposer may no longer do the act. Reads memberships, in one read.

    `complaint`: its state before the approval. A deputy proposed by the absent person's grant: both must still be
    members, and the absent person must still have the grant. Parties need no grant. Proposals by the policy itself have
    no proposer to check.
    """
    actor = loaded.actor
    if actor.kind != "staff":
        return
    lender = None if actor.on_behalf_of in PARTIES else actor.on_behalf_of
    subs = [actor.id] if lender is None else [actor.id, lender]
    members = _active_members(store, tenant, subs)
    if len(members) < len(subs) or not _may_act(policy, complaint, loaded, _asker(store, tenant, members[-1])):
        raise Problem("proposer-gone", "The proposer may no longer do this act. The proposal can only be rejected.")


def _active_members(store: Store, tenant: str, subs: list[str]) -> list[Membership]:
    requested = [membership.caller_key(tenant, sub) for sub in subs]
    entries = store.get(requested)
    return [person for key in requested if key in entries and (person := membership.stored(entries[key])).active]


def _asker(store: Store, tenant: str, person: Membership) -> Asker:
    return asker_from_membership(person, children_for(store, tenant, [person], {}))


def _may_act(policy: Policy, complaint: Complaint, loaded: LoadedProposal, own: Asker) -> bool:
    """True if the stage lacks the act: the act's decision refuses it. True for a task, which has no act."""
    act = policy.document.stages[complaint.stage].acts.get(loaded.proposal.act)
    if act is None:
        return True
    party = loaded.actor.on_behalf_of
    speaker = speaker_for(policy, complaint, own, party) if party is not None and party in PARTIES else own
    return speaker is not None and grant_for(act, complaint, speaker) is not None
