"""What a handler is given (`Call`) and what it gives back (`Reply`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.instants import Instant

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


class Public(msgspec.Struct, frozen=True):
    """Nobody in particular: no credentials, or none that the route takes."""


class Person(msgspec.Struct, frozen=True):
    """A signed-in person. What they may do is the tenant's own membership item."""

    sub: str


class Receipt(msgspec.Struct, frozen=True):
    """Somebody who shows a complaint's receipt. Whether it is the right one is the use case's to compare."""

    text: str

    def __repr__(self) -> str:
        return "Receipt()"  # a log must not hold it


class Operator(msgspec.Struct, frozen=True):
    """An operator of the deployment, by the ARN whose signature API Gateway has checked."""

    arn: str


Caller = Public | Person | Receipt | Operator


class RequestDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every request body and query: a member that it does not name is a fault."""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request, decoded and checked against its route's contract."""

    tenant: str | None
    """The path's tenant, known and bound for as long as the handler runs."""
    params: Mapping[str, str]
    """Path parameters, percent-decoded once."""
    query: Any
    """An instance of the contract's `query`, or None."""
    body: Any
    """An instance of the contract's `request`, or None."""
    body_hash: str
    """Digest of path parameters and JSON body: the same only for the same request to the same place."""
    caller: Caller
    idempotency_key: str | None
    """Given and well formed, or None; None also where the route ignores it."""
    if_match: str | None
    """The entity tag without its quotes; None where absent, `*` or not taken by the route."""
    now: Instant
    wiring: Wiring
    correlation_id: str
    address: str
    """Where the request came from, as the gateway saw it."""
    source: str
    """Digest of method and path template: names the route in idempotency keys and cursors."""

    def __repr__(self) -> str:
        return f"Call(correlation_id={self.correlation_id!r})"  # neither particulars nor addresses


class Reply(msgspec.Struct, frozen=True):
    """The answer. `body`: a struct or JSON value, or text that is sent as the contract's `produces`."""

    body: Any = None
    status: int | None = None
    """The contract's status where None."""
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)


def etag(text: str | int) -> dict[str, str]:
    """The `ETag` header (RFC 9110 §8.8.3) for a version, compared with `Call.if_match`."""
    return {"ETag": f'"{text}"'}
