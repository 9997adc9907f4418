"""Values that routes take from a call for their use cases: tenant, caller, credential, requests and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.casework.views.complaint_queries import ReaderRequest
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.web.call import Call, Operator, Person, Receipt
from chalicelib.web.idempotent_requests import idempotent_request

if TYPE_CHECKING:
    from chalicelib.tenants.owner_command import OwnerCommand


def credential_of(call: Call) -> Credential:
    if isinstance(call.caller, Person):
        return Credential(sub=call.caller.sub)
    if isinstance(call.caller, Receipt):
        return Credential(receipt=call.caller.text)
    return Credential()


def tenant_of(call: Call) -> str:
    """Raises RuntimeError on routes without a tenant, which is a programming error."""
    if call.tenant is None:
        raise RuntimeError("the route's path has no tenant")
    return call.tenant


def sub_of(call: Call) -> str:
    """The person's id. Raises `Problem("unauthenticated")` for other callers."""
    if not isinstance(call.caller, Person):
        raise Problem("unauthenticated", "Sign in first.")
    return call.caller.sub


def key_of(call: Call) -> str:
    """The key with which a program account calls; empty for other callers."""
    program = call.caller.program if isinstance(call.caller, Person) else None
    return "" if program is None else program.key


def receipt_of(call: Call) -> str:
    """The receipt's text. Raises `Problem("unauthenticated")` for other callers."""
    if not isinstance(call.caller, Receipt):
        raise Problem("unauthenticated", "Send the credentials that this route takes.")
    return call.caller.text


def operator_of(call: Call) -> str:
    """The operator's ARN. Raises `Problem("unauthenticated")` for other callers."""
    if not isinstance(call.caller, Operator):
        raise Problem("unauthenticated", "Sign the request with AWS Signature Version 4.")
    return call.caller.arn


def member_request(call: Call) -> MemberRequest:
    return MemberRequest(tenant_of(call), sub_of(call), call.now)


def reader_request(call: Call, complaint: str | None, route: str) -> ReaderRequest:
    """`complaint`: the number that the request gives. `route`: method and path template."""
    return ReaderRequest(tenant_of(call), credential_of(call), complaint, call.now, route)


def owner_command(call: Call) -> OwnerCommand:
    """The part that all of an owner's commands share."""
    from chalicelib.tenants.owner_command import OwnerCommand  # the routes of a cold start have no such command

    return OwnerCommand(tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=idempotent_request(call))
