"""Pagination cursors: the start of the next page, signed so that a client cannot forge, change or reuse one elsewhere.

`<base64url payload>.<base64url HMAC-SHA256>`; the payload is `{"k": key id, "e": expiry, "p": position}`. The tag
also covers tenant, route, caller and filters, so a cursor is valid only for the query that returned it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from chalicelib.kit import canonical
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import DAY, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import ServerKey
from chalicelib.web.call import Call
from chalicelib.web.idempotent_requests import principal

VALID_FOR = DAY
"""In real time, not in domain time."""
_PAGING = frozenset({"cursor", "limit"})
"""Query parameters that may differ from page to page."""


class ListQuery(RequestDocument, frozen=True, kw_only=True):
    """The query string of a list without filters."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class _Payload(msgspec.Struct, frozen=True):
    k: str
    e: Instant
    p: dict[str, str]


def sign(call: Call, after: Mapping[str, str] | None) -> str | None:
    """The signed cursor for `Page.after`; None at the end."""
    if after is None:
        return None
    key = call.wiring.secrets.current("cursor")
    payload = msgspec.json.encode(_Payload(key.id, call.wiring.real_clock() + VALID_FOR, dict(after)))
    return f"{_text(payload)}.{_text(_tag(call, key, payload))}"


def position(call: Call, cursor: str | None) -> dict[str, str] | None:
    """The position, for `Store.query(after=…)`; None without a cursor.

    Raises `Problem("invalid-cursor")` if it has expired, or `sign` did not return it for the same query.
    """
    if cursor is None:
        return None
    try:
        payload, tag = (_bytes(part) for part in cursor.split("."))
        read = msgspec.json.decode(payload, type=_Payload)
    except (ValueError, msgspec.DecodeError):
        raise _invalid() from None
    key = call.wiring.secrets.by_id("cursor", read.k)
    if key is None or not hmac.compare_digest(tag, _tag(call, key, payload)) or read.e <= call.wiring.real_clock():
        raise _invalid()
    return read.p


def _tag(call: Call, key: ServerKey, payload: bytes) -> bytes:
    scope = canonical.encode([call.tenant, call.route_id, principal(call.caller), dict(call.params), _filters(call)])
    return hmac.new(key.secret, scope + b"\n" + payload, hashlib.sha256).digest()


def _filters(call: Call) -> dict[str, Any]:
    """The query, or the body of a search."""
    asked = call.body if call.query is None else call.query
    query: dict[str, Any] = {} if asked is None else msgspec.to_builtins(asked)
    return {name: value for name, value in query.items() if name not in _PAGING}


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Accepts only the encoding of `_text`: other base64 texts decode to the same bytes."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _text(raw) != text:
        raise binascii.Error("not canonical")
    return raw


def _invalid() -> Problem:
    return Problem("invalid-cursor", "Start again from the first page.")
