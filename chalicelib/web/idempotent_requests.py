"""Links calls to idempotency records: identifies a request, and replays a stored response."""

from __future__ import annotations

from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.web.call import Call, Caller, Operator, Person, Receipt, Reply

REPLAYED_HEADER = {"Idempotency-Replayed": "true"}


def idempotent_request(call: Call, *, tenant: str | None = None) -> Request | None:
    """None where the call has no key. Sign-up passes `tenant`, because its path has none."""
    if call.idempotency_key is None:
        return None
    return Request(
        tenant=tenant or call.tenant or "",
        principal=principal(call.caller),
        source=call.route_id,
        key=call.idempotency_key,
        body_hash=call.body_hash,
    )


def required_idempotent_request(call: Call, *, tenant: str | None = None) -> Request:
    """For routes that require the key. Raises `Problem("idempotency-key-missing")` without it."""
    request = idempotent_request(call, tenant=tenant)
    if request is None:
        raise Problem("idempotency-key-missing", "Send an Idempotency-Key.")
    return request


def principal(caller: Caller) -> str:
    """A person's `sub`, an operator's ARN, a receipt's digest (so that no record contains the receipt), or `public`."""
    if isinstance(caller, Person):
        return caller.sub
    if isinstance(caller, Operator):
        return caller.arn
    if isinstance(caller, Receipt):
        return "receipt:" + canonical.digest(caller.text)
    return "public"


def reply_of(answer: Answer) -> Reply:
    return Reply(answer.body, answer.status, REPLAYED_HEADER if answer.replayed else {})
