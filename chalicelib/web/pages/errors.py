"""The page for a request that failed: what happened and what to do, in the reader's language."""

from __future__ import annotations

from chalice.app import Response

from chalicelib.kit.problem import Problem
from chalicelib.web import languages, problems, responses
from chalicelib.web.gateway_event import GatewayRequest
from chalicelib.web.pages import rendering
from chalicelib.web.pages.reader import CHINESE, ENGLISH, Reader

_ADVICE = {404: "error.advice.unknown", 413: "error.advice.large", 429: "error.advice.wait", 503: "error.advice.wait"}
_ADVICE_ON_KIND = {"not-open": "error.advice.closed"}


def error_page(problem: Problem, request: GatewayRequest) -> Response:
    """The response to a browser. Its status is that of the problem document that a program would get."""
    row = problems.PROBLEM_TYPES[problem.kind]
    reader = _reader(request)
    values = {
        "title": reader.say(row.title),
        "detail": languages.say(problem.text, reader.language),
        "advice": _ADVICE_ON_KIND.get(problem.kind) or _ADVICE.get(row.status, "error.advice"),
        "correlation": request.correlation_id,
    }
    reply = rendering.page("error.html", reader, values, status=row.status)
    response = responses.reply_response(
        reply, status=row.status, produces=rendering.HTML, correlation_id=request.correlation_id
    )
    response.headers.update(responses.problem_headers(problem))
    return response


def _reader(request: GatewayRequest) -> Reader:
    asked = (request.query.get("lang") or [""])[-1]
    if asked in (CHINESE, ENGLISH):
        return Reader(asked, chosen=True)
    accepted = request.headers.get("accept-language")
    return Reader(languages.preferred(accepted, (CHINESE, ENGLISH)), chosen=False)
