"""People named in an act: they must be members now, and stand in the role that they are assigned to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.casework.case import asker_of
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import ROUTED, covers
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

_SUB = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""A Cognito `sub` is a UUID; nothing else is worth a read."""
MOST = 20
"""People that one request may name: they join its one read."""


def keys_in(tenant: str, fields: Mapping[str, Any]) -> list[Key]:
    """Membership keys of everything in the fields that could name a person, so that the first read has them."""
    return [keys.membership(tenant, sub) for sub in list(dict.fromkeys(_candidates(fields)))[:MOST]]


def _candidates(fields: Mapping[str, Any]) -> Iterator[str]:
    for value in fields.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and re.fullmatch(_SUB, one):
                yield one


def check(wiring: Wiring, tenant: str, flow: Flow, asked: list[Key], entries: Mapping[Key, Entry]) -> None:
    """Raises `Problem("invalid")` where an event assigns somebody who is no member, or not in that role.

    `asked`: the keys that the first read had. Whom an approved proposal names is not among them, and is read now.
    """
    named = [
        (draft, role, sub)
        for draft in flow.drafts
        for role, subs in draft.fields.get("assigned", {}).items()
        for sub in subs
    ]
    unread = [key for key in dict.fromkeys(keys.membership(tenant, sub) for _, _, sub in named) if key not in asked]
    found = {**entries, **wiring.store.get(unread)}
    places = [
        Place(
            f"/fields/{_field(flow, draft, role)}",
            "names a person who is not a member in this role, or not of this unit",
        )
        for draft, role, sub in named
        if not _fits(found.get(keys.membership(tenant, sub)), role, flow)
    ]
    if places:
        raise Problem("invalid", "People are assigned by their id as members of the organisation.", places=places)


def _field(flow: Flow, draft: EventDraft, role: str) -> str:
    """The field that named the people: the act's, or the proposal that is approved."""
    if any(earlier.act == "approve" for earlier in flow.drafts):
        return "proposal"
    stages = flow.policy.document.stages.values()
    acts = (act for stage in stages for name, act in stage.acts.items() if name == draft.act)
    return next((act.assigns[role] for act in acts if role in act.assigns), role)


def _fits(entry: Entry | None, role: str, flow: Flow) -> bool:
    """A function such as `responsible` is no role of the policy: any member of the unit can have it."""
    person = None if entry is None else membership.stored(entry)
    if person is None or not person.active:
        return False
    unit = flow.complaint.unit
    wanted = flow.complaint.flags.get(ROUTED) if role == ROUTED else role
    if wanted not in flow.policy.document.people:
        return any(covers(grant, unit) for grant in asker_of(person).grants)
    return person.may(wanted, unit)
