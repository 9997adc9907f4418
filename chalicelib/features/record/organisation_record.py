"""The organisation's own record: events such as founding, invitations, grants, publications, exports and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib.complaints.rights.confidentiality import rules_of
from chalicelib.kit.problem import Problem
from chalicelib.store import event_log, keys
from chalicelib.store.event_log import EnvelopePage
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


def authorized_organisation(store: Store, compiled: CompiledPolicies, request: MemberRequest) -> Organisation:
    """Raises `Problem("forbidden")` unless the caller is an owner, or an auditor under the policy in force."""
    found, caller = queries.load_member(store, request.tenant, request.sub)
    if not caller.owner:
        policy = compiled.get(request.tenant, found.policy_at(request.now))
        if not any(caller.may(role) for role in [OWNER, *rules_of(policy).auditors]):
            detail = "Only the organisation's owners and its policy's auditors may read its record."
            raise Problem("forbidden", detail)
    return found


def list_events(
    store: Store,
    compiled: CompiledPolicies,
    request: MemberRequest,
    limit: int,
    after: Mapping[str, str] | None,
) -> EnvelopePage:
    """Latest first. The events contain no personal data and no free text."""
    authorized_organisation(store, compiled, request)
    return event_log.read_newest(store, CaseRef(request.tenant, keys.ORGANISATION).pk, limit, after)
