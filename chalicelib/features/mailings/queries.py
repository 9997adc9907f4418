"""The mailings of an organisation, for its owners."""

from __future__ import annotations

import msgspec

from chalicelib.features.mailings.commands import MailingView, view
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring


class MailingsView(msgspec.Struct, frozen=True):
    mailings: list[MailingView]


def listed(wiring: Wiring, request: MemberRequest) -> MailingsView:
    """Raises `Problem("forbidden")` for other people. The caller binds the tenant."""
    org, caller = queries.load_member(wiring.store, request.tenant, request.sub)
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners see its mailings.")
    calendar = wiring.compiled.get(org.id, org.policy_at(request.now)).calendar
    return MailingsView([view(name, one, calendar, request.now) for name, one in org.mailings.items()])
