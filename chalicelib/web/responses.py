"""Converts replies, problems and unexpected errors to HTTP responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from chalice.app import CORSConfig, Response

from chalicelib.crypto.data_keys import KeyGone
from chalicelib.kit.decoding import LATER_MARK
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.ports import DeliveryFailed
from chalicelib.store.port import CommitConflict, Unavailable
from chalicelib.store.stored_form import Damaged
from chalicelib.web import problems
from chalicelib.web.call import Reply

PROBLEM_TYPE = "application/problem+json"
MAX_PLACES = 100
"""Further places are left out, so that responses stay small."""
RETRY_SECONDS = 2
"""`Retry-After` for throttled requests and timeouts, where the problem has no time of its own."""


def reply_response(reply: Reply, *, status: int, produces: str, correlation_id: str) -> Response:
    """The response to a successful call. `status` and media type `produces` come from the route's contract.

    The reply's own `Content-Type` counts, if it has one.
    """
    typed = {} if reply.body is None else {"Content-Type": produces}
    headers = {"X-Correlation-Id": correlation_id, **_HEADERS, **typed, **reply.headers}
    return Response(_body_text(reply.body), dict(headers), reply.status or status)


def unchanged(response: Response, known: str | None) -> Response:
    """A 304 response without a body if the caller's `If-None-Match` names the response's entity tag, or is `*`.

    The comparison is weak: proxies that compress make tags weak.
    """
    tags = {tag.strip().removeprefix("W/") for tag in (known or "").split(",")}
    if response.headers.get("ETag") not in tags and "*" not in tags:
        return response
    return Response("", {name: one for name, one in response.headers.items() if name != "Content-Type"}, 304)


def _body_text(body: Any) -> str:
    if isinstance(body, str):
        return body
    if body is None:
        return ""
    text = msgspec.json.encode(body)
    if LATER_MARK in text:
        from chalicelib.kit.later_parts import without_kept  # only during an update

        text = without_kept(text)
    return text.decode()


def problem_response(problem: Problem, correlation_id: str, accept_language: str | None) -> Response:
    """A problem document (RFC 9457), in the preferred language. Raises KeyError for a kind that is not in
    `PROBLEM_TYPES`."""
    from chalicelib.web import languages  # not needed by most requests

    language = languages.preferred(accept_language)
    row = problems.PROBLEM_TYPES[problem.kind]
    body: dict[str, Any] = {
        **problem.extra,
        "type": problems.TYPE_PREFIX + row.kind,
        "title": row.title.of(language),
        "status": row.status,
        "detail": languages.say(problem.text, language),
        "correlation_id": correlation_id,
    }
    if problem.places:
        body["errors"] = [languages.place_json(place, language) for place in problem.places[:MAX_PLACES]]
    headers = {
        "Content-Type": PROBLEM_TYPE,
        "X-Correlation-Id": correlation_id,
        **_HEADERS,
        **languages.headers_of(language),
        **problem_headers(problem),
    }
    return Response(msgspec.json.encode(body).decode(), dict(headers), row.status)


def problem_from(error: Exception) -> Problem:
    """The problem for an exception. An unexpected exception becomes `internal`, without details about its cause."""
    if isinstance(error, Problem) and error.kind in problems.PROBLEM_TYPES:
        return error
    if isinstance(error, Unavailable | CommitConflict):
        return Problem("unavailable", "The store did not answer in time. Repeat the request.")
    if isinstance(error, Damaged):
        detail = Text("A stored item is damaged ({kind}). An operator must repair it.", kind=error.kind)
        return Problem("unavailable", detail)
    if isinstance(error, DeliveryFailed):
        return Problem("unavailable", "An email could not be sent now. Repeat the request.")
    if isinstance(error, KeyGone):
        return Problem("tenant-unknown", "The organisation has left. Its data can no longer be read.")
    if isinstance(error, PolicyFault):
        places = [Place(fault.pointer, fault.message) for fault in error.faults]
        return Problem("policy-invalid", "The document is not a valid policy.", places=places)
    return Problem("internal", "Something went wrong on our side.")


SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
}
"""Sent with every response, also with API Gateway's own."""
_HEADERS = {**SECURITY_HEADERS, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""API Gateway's own responses cannot have this policy: in its mappings, single quotes delimit literal values."""


def kind_headers(kind: str) -> dict[str, str]:
    """Headers that every problem of this kind has."""
    if kind == "unauthenticated":
        return {"WWW-Authenticate": 'Bearer realm="redress", Receipt realm="redress"'}
    return {"Retry-After": str(RETRY_SECONDS)} if kind in ("unavailable", "too-many-requests") else {}


def problem_headers(problem: Problem) -> dict[str, str]:
    headers = kind_headers(problem.kind)
    if "retry_after" in problem.extra:
        headers["Retry-After"] = str(problem.extra["retry_after"])
    if problem.kind == "method-not-allowed":
        headers["Allow"] = ", ".join(problem.extra["allow"])
    return headers


CORS = CORSConfig(
    allow_origin="*",
    allow_headers=["Idempotency-Key", "If-Match", "X-Correlation-Id"],
    expose_headers=["ETag", "Retry-After", "Location", "Idempotency-Replayed", "X-Correlation-Id", "WWW-Authenticate"],
    max_age=600,
)


def default_headers() -> dict[str, str]:
    found: dict[str, str] = CORS.get_access_control_headers()
    return found


def tenant_headers(allowed: Sequence[str], origin: str | None) -> dict[str, str]:
    """Headers that replace `*` where the organisation restricts origins. Other origins get the first allowed one."""
    if not allowed:
        return {}
    return {"Access-Control-Allow-Origin": origin if origin and origin in allowed else allowed[0], "Vary": "Origin"}


def add_headers(headers: dict[str, Any], more: Mapping[str, str]) -> None:
    """Add `more` in place. `Vary` names the request headers of both."""
    vary = ", ".join(one["Vary"] for one in (headers, more) if "Vary" in one)
    headers.update(more if not vary else {**more, "Vary": vary})
