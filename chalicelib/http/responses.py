"""From replies and problems to HTTP answers."""

from __future__ import annotations

from typing import Any

import msgspec
from chalice.app import Response

from chalicelib.http import problems
from chalicelib.http.call import Reply
from chalicelib.problem import Problem

PROBLEM_TYPE = "application/problem+json"
MAX_PLACES = 100
"""More are not named: an answer stays small whatever was sent."""
RETRY_SECONDS = 2
"""How soon a caller may repeat what was throttled or timed out, where the problem does not say."""


def reply_response(reply: Reply, *, status: int, produces: str, correlation_id: str) -> Response:
    headers = {"X-Correlation-Id": correlation_id, **_SAFE_HERE, **reply.headers}
    if reply.body is not None:
        headers["Content-Type"] = produces
    return Response(_text(reply.body), dict(headers), reply.status or status)


def _text(body: Any) -> str:
    if isinstance(body, str):
        return body
    return "" if body is None else msgspec.json.encode(body).decode()


def problem_response(problem: Problem, correlation_id: str) -> Response:
    """A kind that the table does not have raises KeyError: a fault of the code, found by the tests."""
    row = problems.PROBLEM_TYPES[problem.kind]
    body: dict[str, Any] = {
        **problem.extra,
        "type": problems.TYPE_PREFIX + row.kind,
        "title": row.title,
        "status": row.status,
        "detail": problem.detail,
        "correlation_id": correlation_id,
    }
    if problem.places:
        body["errors"] = [place.to_json() for place in problem.places[:MAX_PLACES]]
    headers = {"Content-Type": PROBLEM_TYPE, "X-Correlation-Id": correlation_id, **_SAFE_HERE, **_headers(problem)}
    return Response(msgspec.json.encode(body).decode(), dict(headers), row.status)


SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer, also API Gateway's own: not kept, guessed at, embedded elsewhere or asked for in the clear."""
_SAFE_HERE = {**SECURITY_HEADERS, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""A literal in API Gateway's mappings stands in single quotes, so its own answers cannot have the last."""


def kind_headers(kind: str) -> dict[str, str]:
    """Headers that go with a kind of problem, whatever the particular one says."""
    if kind == "unauthenticated":
        return {"WWW-Authenticate": 'Bearer realm="redress", Receipt realm="redress"'}
    return {"Retry-After": str(RETRY_SECONDS)} if kind in ("unavailable", "too-many-requests") else {}


def _headers(problem: Problem) -> dict[str, str]:
    headers = kind_headers(problem.kind)
    if "retry_after" in problem.extra:
        headers["Retry-After"] = str(problem.extra["retry_after"])
    if problem.kind == "method-not-allowed":
        headers["Allow"] = ", ".join(problem.extra["allow"])
    return headers
