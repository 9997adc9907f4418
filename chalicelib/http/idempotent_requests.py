"""Between calls and idempotency records: what names a request, and how a kept answer is given again."""

from __future__ import annotations

from chalicelib import canonical
from chalicelib.http.call import Call, Caller, Operator, Person, Receipt, Reply
from chalicelib.problem import Problem
from chalicelib.tenants.idempotency_records import Answer, Request

REPLAYED_HEADER = {"Idempotency-Replayed": "true"}


def idempotent_request(call: Call, *, tenant: str | None = None) -> Request | None:
    """None where the call has no key. `tenant` is for sign-up, whose tenant is not in the path yet."""
    if call.idempotency_key is None:
        return None
    return Request(
        tenant=tenant or call.tenant or "",
        principal=principal(call.caller),
        source=call.source,
        key=call.idempotency_key,
        body_hash=call.body_hash,
    )


def required_idempotent_request(call: Call, *, tenant: str | None = None) -> Request:
    """For routes that require the key. Raises `Problem("idempotency-key-missing")`."""
    request = idempotent_request(call, tenant=tenant)
    if request is None:
        raise Problem("idempotency-key-missing", "Send an Idempotency-Key.")
    return request


def principal(caller: Caller) -> str:
    """A person's `sub`; an operator's ARN; a receipt's digest, so that no record holds the receipt; `public`."""
    if isinstance(caller, Person):
        return caller.sub
    if isinstance(caller, Operator):
        return caller.arn
    if isinstance(caller, Receipt):
        return "receipt:" + canonical.digest(caller.text)
    return "public"


def reply_of(answer: Answer) -> Reply:
    return Reply(answer.body, answer.status, REPLAYED_HEADER if answer.replayed else {})
