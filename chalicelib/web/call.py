"""A handler's input (`Call`) and output (`Reply`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.kit.instants import Instant

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


class Public(msgspec.Struct, frozen=True):
    """An anonymous caller: no credentials, or none that the route uses."""


class ProgramUse(msgspec.Struct, frozen=True):
    """A program account, and the key that it uses."""

    account: str
    key: str


class Person(msgspec.Struct, frozen=True):
    """A signed-in person, or a program account. The tenant's membership item, or the account's, holds their roles."""

    sub: str
    organisations: Sequence[Any] = ()
    """On pages: each `sessions.OwnOrganisation` of theirs."""
    second_factor: bool = False
    """On pages: whether they have set one up."""
    played_by: str = ""
    """On pages of a practice organisation: the `sub` of the person who acts as this invented one."""
    program: ProgramUse | None = None


class Receipt(msgspec.Struct, frozen=True):
    """A caller with a receipt. The use case compares it with the complaint's."""

    text: str

    def __repr__(self) -> str:
        return "Receipt()"  # keeps the text out of logs


class Operator(msgspec.Struct, frozen=True):
    """An operator of the deployment: the ARN whose signature API Gateway verified."""

    arn: str


Caller = Public | Person | Receipt | Operator


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request, decoded and checked against the route's contract."""

    tenant: str | None
    """The path's tenant. It exists, and is bound while the handler runs."""
    params: Mapping[str, str]
    """Path parameters, percent-decoded once."""
    query: Any
    """An instance of the contract's `query`, or None."""
    body: Any
    """An instance of the contract's `request`, or None. On pages: the values of the form, by name."""
    body_hash: str
    """Digest of path parameters and JSON body, to detect a reused idempotency key."""
    caller: Caller
    idempotency_key: str | None
    """A well-formed key, or None: not sent, or not used by the route."""
    if_match: str | None
    """The entity tag without its quotes; None where absent, `*`, or not used by the route."""
    now: Instant
    wiring: Wiring
    correlation_id: str
    accept: str | None
    """The header as sent."""
    accept_language: str | None
    """The header as sent."""
    headers: Mapping[str, str] = {}
    """On pages: all headers, keyed by lower-case name."""
    address: str
    """The source IP address that API Gateway saw."""
    path_template: str = ""
    """Such as `/t/{tenant}/desk`."""
    route_id: str
    """Digest of method and path template. Identifies the route in idempotency keys and cursors."""

    def __repr__(self) -> str:
        return f"Call(correlation_id={self.correlation_id!r})"  # no personal data or addresses in logs


class Reply(msgspec.Struct, frozen=True):
    """A successful response. `body`: a struct or JSON value, or text of the contract's media type (`produces`)."""

    body: Any = None
    status: int | None = None
    """None: the contract's status."""
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)


def etag(text: str | int) -> dict[str, str]:
    """The `ETag` header (RFC 9110 section 8.8.3) for a version. Compare it with `Call.if_match`."""
    return {"ETag": f'"{text}"'}
