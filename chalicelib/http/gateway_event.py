"""API Gateway's event (REST API, Lambda proxy integration, payload 1.0), read once."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import msgspec

from chalicelib.problem import Problem

_CORRELATION = r"[A-Za-z0-9._-]{8,64}"


class GatewayRequest(msgspec.Struct, frozen=True, kw_only=True):
    method: str
    template: str | None
    """The path template that API Gateway matched, such as `/v1/t/{tenant}/complaints`."""
    headers: Mapping[str, str]
    """By lower-case name."""
    raw_params: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    body: str | bytes | None
    encoded: bool
    """The body is base64."""
    subject: str | None
    """Who the Lambda authorizer says is calling."""
    correlation_id: str
    operator: str | None = None
    """The ARN whose AWS signature the gateway has checked; only routes that want one have it."""
    address: str = ""
    """Where the request came from, as the gateway saw it; no header that a caller could write."""

    def __repr__(self) -> str:
        return f"Incoming(correlation_id={self.correlation_id!r})"  # neither tokens nor particulars


def parse_event(event: Mapping[str, Any]) -> GatewayRequest:
    context = event.get("requestContext") or {}
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return GatewayRequest(
        method=context.get("httpMethod", ""),
        template=context.get("resourcePath"),
        headers=headers,
        raw_params=event.get("pathParameters") or {},
        query=event.get("multiValueQueryStringParameters") or {},
        body=event.get("body"),
        encoded=bool(event.get("isBase64Encoded")),
        subject=(context.get("authorizer") or {}).get("principalId"),
        correlation_id=_correlation_id(headers.get("x-correlation-id"), context.get("requestId")),
        operator=(context.get("identity") or {}).get("userArn"),
        address=(context.get("identity") or {}).get("sourceIp") or "",
    )


def _correlation_id(given: str | None, request_id: str | None) -> str:
    if given is not None and re.fullmatch(_CORRELATION, given):
        return given
    return request_id or str(uuid.uuid4())


def path_params(incoming: GatewayRequest) -> dict[str, str]:
    """Path parameters, percent-decoded: neither API Gateway nor Chalice does it."""
    return {name: _decoded(value) for name, value in incoming.raw_params.items()}


def _decoded(value: str) -> str:
    try:
        text = unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise Problem("not-found", "The path is not percent-encoded UTF-8.") from None
    if not text.isprintable() or len(text) > 200:
        raise Problem("not-found", "A part of the path is too long or not printable.")
    return text


def body_size(incoming: GatewayRequest) -> int:
    """The body's bytes, or for base64 an upper bound that is at most 2 too high, without decoding it."""
    body = incoming.body or b""
    if incoming.encoded:
        return len(body) * 3 // 4
    return len(body) if isinstance(body, bytes) else len(body.encode("utf-8", "surrogatepass"))


def body_bytes(incoming: GatewayRequest) -> bytes:
    body = incoming.body or b""
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    if not incoming.encoded:
        return raw
    try:
        return base64.b64decode(raw, validate=True)
    except binascii.Error:
        raise Problem("bad-request", "The body is not the base64 that it is said to be.") from None
