"""Parses the API Gateway event (REST API, Lambda proxy integration, payload format 1.0).

Matches paths to routes as API Gateway does: literal parts first, `{name+}` matches the rest of the path.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

import msgspec

from chalicelib.kit.problem import Problem

_CORRELATION_ID = r"[A-Za-z0-9._-]{8,64}"
UNKNOWN = "/{unknown+}"
"""The path template of requests whose path no route has (`infra/gateway/wrong_methods.py`)."""
DESK = "/t/{tenant}/desk/{page+}"
"""The path template of all pages below a desk. API Gateway has no resource for each of them: by default, it has at
most 300 resources. The app finds the page by its path."""
_DESK = DESK.removesuffix("{page+}")
_EDGE = "x-redress-edge"
"""The header in which a distribution of CloudFront shows that a request came through it (`infra/template.yaml`)."""
_VIEWER = "cloudfront-viewer-address"


class GatewayRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request, as API Gateway passed it on."""

    method: str
    template: str | None
    """The path template of the matched route, such as `/v1/t/{tenant}/complaints`."""
    path: str = ""
    """The path as it was requested, without the query."""
    headers: Mapping[str, str]
    """Keyed by lower-case name."""
    raw_params: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    body: str | bytes | None
    base64_body: bool
    subject: str | None
    """The `sub` of the token that the Lambda authorizer verified."""
    correlation_id: str
    operator: str | None = None
    """The ARN whose AWS signature API Gateway verified. Set only on routes with IAM authorization."""
    address: str = ""
    """The IP address of the caller: from API Gateway, or from the stack's distribution, never from a header that a
    caller could set."""

    def __repr__(self) -> str:
        return f"GatewayRequest(correlation_id={self.correlation_id!r})"  # no tokens or personal data in logs


def parse_event(event: Mapping[str, Any]) -> GatewayRequest:
    context = event.get("requestContext") or {}
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    secret = (event.get("stageVariables") or {}).get("edge", "")
    came_through = _is_same(secret, headers.pop(_EDGE, ""))
    peer = (context.get("identity") or {}).get("sourceIp") or ""
    return GatewayRequest(
        method=context.get("httpMethod", ""),
        template=context.get("resourcePath"),
        path=event.get("path") or "",
        headers=headers,
        raw_params=event.get("pathParameters") or {},
        query=event.get("multiValueQueryStringParameters") or {},
        body=event.get("body"),
        base64_body=bool(event.get("isBase64Encoded")),
        subject=(context.get("authorizer") or {}).get("principalId"),
        correlation_id=_correlation_id(headers.get("x-correlation-id"), context.get("requestId")),
        operator=(context.get("identity") or {}).get("userArn"),
        address=(_viewer(headers) if came_through else "") or peer,
    )


def _is_same(secret: str, given: str) -> bool:
    return bool(secret) and hmac.compare_digest(secret.encode(), given.encode())


def _viewer(headers: Mapping[str, str]) -> str:
    """Without the port, and without the brackets of an IPv6 address."""
    return headers.get(_VIEWER, "").rpartition(":")[0].strip("[]")


def _correlation_id(given: str | None, request_id: str | None) -> str:
    if given is not None and re.fullmatch(_CORRELATION_ID, given):
        return given
    return request_id or str(uuid.uuid4())


def is_for_page(request: GatewayRequest) -> bool:
    """True if the request comes from a browser's address bar: it accepts HTML, and its path is not the API's."""
    return "text/html" in request.headers.get("accept", "") and not request.path.startswith("/v1/")


def path_params(request: GatewayRequest) -> dict[str, str]:
    """Path parameters, percent-decoded. API Gateway and Chalice pass them on encoded.

    Raises `Problem("not-found")` for values that are not UTF-8, not printable, or longer than 200 characters.
    """
    return {name: _percent_decode(value) for name, value in request.raw_params.items()}


def _percent_decode(value: str) -> str:
    try:
        text = unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise Problem("not-found", "The path is not percent-encoded UTF-8.") from None
    if not text.isprintable() or len(text) > 200:
        raise Problem("not-found", "A segment of the path is too long or not printable.")
    return text


def body_size(request: GatewayRequest) -> int:
    """The body's size in bytes, without decoding it. For base64 it is an upper bound, at most 2 bytes too high."""
    body = request.body or b""
    if request.base64_body:
        return len(body) * 3 // 4
    return len(body) if isinstance(body, bytes) else len(body.encode("utf-8", "surrogatepass"))


def body_bytes(request: GatewayRequest) -> bytes:
    """The body, base64-decoded where needed. Raises `Problem("bad-request")` for invalid base64."""
    body = request.body or b""
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    if not request.base64_body:
        return raw
    try:
        return base64.b64decode(raw, validate=True)
    except binascii.Error:
        raise Problem("bad-request", "The body is not valid base64.") from None


class RouteMatch(NamedTuple):
    """`parameters` are still percent-encoded."""

    route: str
    parameters: dict[str, str]


def match(routes: Iterable[str], path: str) -> RouteMatch | None:
    """The most specific route. `path` is without query. A trailing slash is ignored."""
    parts = path.rstrip("/").split("/") if path != "/" else ["", ""]
    found = [
        RouteMatch(route, parameters)
        for route in routes
        if (parameters := _path_parameters(_segments(route), parts)) is not None
    ]
    return min(found, key=_specificity, default=None)


def is_below_desk(route: str) -> bool:
    return route.startswith(_DESK)


def in_gateway(routes: Iterable[str]) -> list[str]:
    """The path templates that API Gateway has, from those of the app."""
    return [*(route for route in routes if not is_below_desk(route)), DESK]


def page_below_desk(routes: Iterable[str], parameters: Mapping[str, str]) -> RouteMatch | None:
    """`parameters`: those of the template `DESK`."""
    path = f"/t/{parameters['tenant']}/desk/{parameters['page']}"
    return match(filter(is_below_desk, routes), path)


@cache
def _segments(route: str) -> list[str]:
    return route.split("/")


def _path_parameters(pattern: list[str], parts: list[str]) -> dict[str, str] | None:
    parameters: dict[str, str] = {}
    if pattern[-1].endswith("+}") and len(parts) >= len(pattern):
        parts = [*parts[: len(pattern) - 1], "/".join(parts[len(pattern) - 1 :])]
    if len(pattern) != len(parts):
        return None
    for expected, actual in zip(pattern, parts, strict=True):
        if expected.startswith("{") and actual:
            parameters[expected.strip("{}+")] = actual
        elif expected != actual:
            return None
    return parameters


def _specificity(found: RouteMatch) -> list[int]:
    """Sort key, part by part: literals, then variables, then `{name+}`."""
    return [2 if part.endswith("+}") else 1 if part.startswith("{") else 0 for part in found.route.split("/")]
