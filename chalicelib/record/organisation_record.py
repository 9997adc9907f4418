"""The organisation's own record: events such as founding, invitations, grants, publications, exports and leaving."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.complaints.confidentiality import rules_of
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import event_log, keys
from chalicelib.store.event_log import EnvelopePage
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring


class OrganisationRecordRequest(msgspec.Struct, frozen=True):
    tenant: str
    sub: str
    now: Instant


def authorized_organisation(wiring: Wiring, request: OrganisationRecordRequest) -> Organisation:
    """Raises `Problem("forbidden")` unless the caller is an owner, or an auditor under the policy in force."""
    found, caller = queries.load_member(wiring.store, request.tenant, request.sub)
    if not caller.owner:
        policy = wiring.compiled.get(request.tenant, found.policy_at(request.now))
        if not any(caller.may(role) for role in [OWNER, *rules_of(policy).auditors]):
            detail = "Only the organisation's owners and its policy's auditors may read its record."
            raise Problem("forbidden", detail)
    return found


def list_events(
    wiring: Wiring, request: OrganisationRecordRequest, limit: int, after: Mapping[str, str] | None
) -> EnvelopePage:
    """Latest first. The events contain no personal data and no free text."""
    authorized_organisation(wiring, request)
    return event_log.read_newest(wiring.store, keys.organisation(request.tenant), limit, after)
