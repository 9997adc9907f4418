"""Linking duplicates: what a link needs of the other complaint, and how the other one finds its followers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import snapshot
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, covers
from chalicelib.complaints.state import Complaint
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Write

KIND = "lookup"
FOLLOWERS = "follows"
_NUMBER = r"[0-9]{6}-[0-9]{6}"


def keys_in(tenant: str, fields: Mapping[str, Any]) -> list[Key]:
    """The other complaint's snapshot joins the command's one read."""
    to = fields.get("to")
    return [_snapshot(tenant, to)] if isinstance(to, str) and re.fullmatch(_NUMBER, to) else []


def check(tenant: str, flow: Flow, asker: Asker, entries: Mapping[Key, Entry]) -> None:
    """Raises `Problem("invalid")` for a complaint that is not there for the caller, or follows another itself."""
    to = flow.drafts[-1].fields["to"]
    entry = entries.get(_snapshot(tenant, to))
    other = msgspec.json.decode(entry.body, type=Complaint) if entry and entry.kind == snapshot.KIND else None
    if other is None or not any(covers(grant, other.unit) for grant in asker.grants):
        wrong = "there is no such complaint"
    elif other.follows is not None:
        wrong = f"that complaint follows another itself: {other.follows}"
    else:
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place("/fields/to", wrong)])


def writes(tenant: str, flow: Flow) -> list[Write]:
    """The look-up from the other complaint to this one, in the same transaction as the `linked` event."""
    number = flow.complaint.number
    named = [draft.fields["to"] for draft in flow.drafts if draft.type == "linked"]
    found = [Entry(key=keys.lookup(tenant, FOLLOWERS, to, number), kind=KIND, body="{}") for to in named]
    return [Put(entry, if_absent=False) for entry in found]


def _snapshot(tenant: str, number: str) -> Key:
    return keys.snapshot(keys.complaint(tenant, number))
