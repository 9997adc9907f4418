"""A form that is sent twice acts once: it has a key, as programs send `Idempotency-Key`."""

from __future__ import annotations

import re
from typing import Any

from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.request_parts import KEY_PATTERN


def request_of(call: Call, given: Answers, principal: str, content: Any) -> Request:
    """`content`: what another form with the same key must not change. Raises `Problem("bad-request")` without a key."""
    key = given.one("key")
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise Problem("bad-request", "The form has no key. Begin again.")
    return Request(
        tenant=tenant_of(call),
        principal=principal,
        source=call.route_id,
        key=key,
        body_hash=canonical.digest({"params": dict(call.params), "content": content}),
    )
