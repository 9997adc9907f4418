"""Private values beside events: opened for those who may see them, and for proposals when they are approved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from chalicelib import observability
from chalicelib.complaints import approvals
from chalicelib.complaints.envelope import Actor, Event, PrivateValue
from chalicelib.complaints.state import Complaint, Proposal
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

CLASSES = 4
"""complainant, respondent, content, internal: an event has at most one private item of each."""
_PROPOSAL = r"[0-9]{6}-[0-9]{6}/([0-9]{1,8})"
_NOT_FIELDS = frozenset({"act", "approvers", "given", "assigned"})


class Proposed(msgspec.Struct, frozen=True):
    """A proposal that awaits approval, who made it, and its fields, public and private."""

    proposal: Proposal
    actor: Actor
    fields: dict[str, Any]


def open_value(wiring: Wiring, tenant: str, number: str, entry: Entry) -> PrivateValue:
    return msgspec.json.decode(wiring.sealer.open(tenant, number, entry.body), type=PrivateValue)


def opened(wiring: Wiring, tenant: str, number: str, entry: Entry) -> PrivateValue | None:
    """None where it does not open, or is none: it was damaged. What else there is must stay within reach."""
    try:
        return open_value(wiring, tenant, number, entry)
    except (CannotOpen, msgspec.DecodeError, UnicodeDecodeError) as error:
        observability.error("A private value does not open", tenant=tenant, error=observability.frames(error))
        return None


def keys_of_event(tenant: str, number: str, seq: int) -> list[Key]:
    """Where an event's private items would be; those that it has not are simply absent."""
    pk = keys.complaint(tenant, number)
    return [keys.private(pk, seq, position) for position in range(CLASSES)]


def proposal_keys(tenant: str, number: str, fields: Mapping[str, Any]) -> list[Key]:
    """The proposal that `fields.proposal` names joins the first read (design §6)."""
    named = fields.get("proposal")
    match = re.fullmatch(_PROPOSAL, named) if isinstance(named, str) else None
    return [] if match is None else _keys_of_proposal(tenant, number, int(match[1]))


def _keys_of_proposal(tenant: str, number: str, seq: int) -> list[Key]:
    return [keys.event(keys.complaint(tenant, number), seq), *keys_of_event(tenant, number, seq)]


def proposed(
    wiring: Wiring, tenant: str, complaint: Complaint, fields: Mapping[str, Any], entries: Mapping[Key, Entry]
) -> Proposed:
    """The proposal to approve. One that was not named takes a read of its own."""
    key, _ = approvals.find_proposal(complaint, fields)
    wanted = _keys_of_proposal(tenant, complaint.number, int(key))
    found = entries if wanted[0] in entries else wiring.store.get(wanted)
    event = msgspec.json.decode(found[wanted[0]].body, type=Event)
    given = {name: value for name, value in event.fields.items() if name not in _NOT_FIELDS}
    for one in wanted[1:]:
        if one in found:
            given.update(open_value(wiring, tenant, complaint.number, found[one]).values)
    return Proposed(complaint.proposals[key], msgspec.convert(event.actor, Actor), given)


def visible(values: Iterable[PrivateValue], classes: Collection[str]) -> dict[str, Any]:
    """The values of these classes (`confidentiality.classes`)."""
    return {key: shown for value in values if value.holder in classes for key, shown in value.values.items()}


def held(values: Iterable[PrivateValue], classes: Collection[str]) -> set[str]:
    """The classes of which `visible` shows something."""
    return {value.holder for value in values if value.holder in classes and value.values}
