"""For which audiences the caller of a public route reads: the public, or also the organisation's users."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework import complaint_queries as look
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.publicity import Audience
from chalicelib.tenants.people import queries
from chalicelib.web.call import Call, Person, Public
from chalicelib.web.call_context import credential_of, tenant_of

_STRANGERS: tuple[Audience, ...] = ("public",)
_USERS: tuple[Audience, ...] = ("public", "users")
_Number = Annotated[str, msgspec.Meta(pattern="^[0-9]{6}-[0-9]{6}$")]


class ReaderQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: the number of the receipt's complaint. Required with a receipt."""

    complaint: _Number | None = None


def audiences(call: Call, path: str) -> tuple[Audience, ...]:
    """Those for which the caller may read. A person must be a member, a receipt that of its complaint.

    `call.query` is a `ReaderQuery`.
    """
    if isinstance(call.caller, Public):
        return _STRANGERS
    if isinstance(call.caller, Person):
        queries.load_member(call.wiring.store, tenant_of(call), call.caller.sub)
        return _USERS
    if call.query.complaint is None:
        places = [Place("/query/complaint", "is required with a receipt")]
        raise Problem("invalid", "Give the number of the receipt's complaint.", places=places)
    request = look.ComplaintRequest(
        tenant=tenant_of(call),
        number=call.query.complaint,
        credential=credential_of(call),
        now=call.now,
        route=f"GET {path}",
    )
    look.check_visible(call.wiring, request)
    return _USERS
