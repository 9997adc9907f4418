"""The organisation's own record: who founded, invited, granted, published, exported, left, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.complaints.confidentiality import rules_of
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring


class OrganisationRecordRequest(msgspec.Struct, frozen=True):
    tenant: str
    sub: str
    now: Instant


class EventsPage(msgspec.Struct, frozen=True):
    events: list[dict[str, Any]]
    after: Mapping[str, str] | None


def authorized_organisation(wiring: Wiring, asked: OrganisationRecordRequest) -> Organisation:
    """For owners and whom the policy in force names as auditors. Raises `Problem("forbidden")` for everybody else."""
    found, caller = queries.load_member(wiring.store, asked.tenant, asked.sub)
    if not caller.owner:
        policy = wiring.compiled.get(wiring.store, asked.tenant, found.policy_at(asked.now))
        if not any(caller.may(role) for role in [OWNER, *rules_of(policy).auditors]):
            detail = "The organisation's record is for its owners, and for whom the policy names as auditors."
            raise Problem("forbidden", detail)
    return found


def list_events(
    wiring: Wiring, asked: OrganisationRecordRequest, limit: int, after: Mapping[str, str] | None
) -> EventsPage:
    """The newest first. It holds no particulars and no free text."""
    authorized_organisation(wiring, asked)
    pk = keys.organisation(asked.tenant)
    found = wiring.store.query(
        pk, first=keys.EVENTS.first, last=keys.EVENTS.last, limit=limit, after=after, newest_first=True
    )
    return EventsPage([msgspec.json.decode(entry.body) for entry in found.entries], found.after)
