"""The page for a request that failed: what happened and what to do, in the reader's language."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlencode

from chalice.app import Response

from chalicelib.kit.problem import Problem
from chalicelib.web import languages, problems, request_parts, responses
from chalicelib.web.call import Reply
from chalicelib.web.gateway_event import GatewayRequest
from chalicelib.web.member_session import SecondFactorNeeded, SignInNeeded
from chalicelib.web.pages import rendering
from chalicelib.web.pages.reader import CHINESE, ENGLISH, Reader

_ADVICE = {404: "error.advice.unknown", 413: "error.advice.large", 429: "error.advice.wait", 503: "error.advice.wait"}
_SENT_AGAIN = (
    *("too-many-requests", "limit-reached", "quota-exceeded", "unavailable", "internal", "conflict"),
    "tenant-suspended",
)
"""Problems that pass. The page keeps the form and sends it again: one step back, browsers show pages that they must not
store without what was typed."""
_OWN_TITLES = {"payload-too-large": "error.large"}
"""Of problems that programs read about in other words. Such a page has no detail: it counts bytes."""
_ADVICE_ON_KIND = {"not-open": "error.advice.closed"}
_OF_ORGANISATION, _AT_DESK = "/t/{tenant}/", "/t/{tenant}/desk"
_WITHOUT_PAGE = ("tenant-unknown", "not-open")
"""Problems of organisations whose first page shows nothing."""


def error_page(problem: Problem, request: GatewayRequest) -> Response:
    """The response to a browser. Its status is that of the problem document that a program would get."""
    if isinstance(problem, SignInNeeded):
        return _sign_in(request)
    if isinstance(problem, SecondFactorNeeded) and request.method != "POST":
        return _leading_to("/sign-in/second-factor", request)
    row = problems.PROBLEM_TYPES[problem.kind]
    reader = _reader(request)
    own_title = _OWN_TITLES.get(problem.kind)
    values = {
        "title": reader.text(own_title) if own_title else reader.say(row.title),
        "detail": "" if own_title else languages.say(problem.text, reader.language),
        "advice": _ADVICE_ON_KIND.get(problem.kind) or _ADVICE.get(row.status, "error.advice"),
        "correlation": request.correlation_id,
        "at_desk": problem.kind == "forbidden" and (request.template or "").startswith(_AT_DESK),
        "organisation": _organisation(problem, request),
        "kept": _typed(request) if problem.kind in _SENT_AGAIN else [],
    }
    reply = rendering.page("error.html", reader, values, status=row.status)
    response = _response(reply, row.status, request)
    response.headers.update(responses.problem_headers(problem))
    return response


def _organisation(problem: Problem, request: GatewayRequest) -> str:
    """The id in the path of a page for the public, whose first page says how it is reached; empty for other pages."""
    template = request.template or ""
    is_public = template.startswith(_OF_ORGANISATION) and not template.startswith(_AT_DESK)
    if not is_public or problem.kind in _WITHOUT_PAGE:
        return ""
    return quote(unquote(request.raw_params["tenant"]), safe="")


def _sign_in(request: GatewayRequest) -> Response:
    """Leads to the page on which people sign in, and back. A form is kept on a page that sends it again."""
    if request.method != "POST":
        return _leading_to("/sign-in", request)
    values = {"kept": _form(request)}
    return _response(rendering.page("sign_in_again.html", _reader(request), values, status=401), 401, request)


def _typed(request: GatewayRequest) -> list[tuple[str, str]]:
    """What a page of ours has sent. Another site must not get a button with which its form is sent by ours."""
    is_sent = request.method == "POST" and request_parts.is_from_own_page(request.headers)
    return _form(request) if is_sent else []


def _form(request: GatewayRequest) -> list[tuple[str, str]]:
    try:
        form = request_parts.read_form(request)
    except Problem:
        form = {}
    return [(name, value) for name, values in form.items() for value in values]


def _leading_to(path: str, request: GatewayRequest) -> Response:
    """With the way back."""
    asked = urlencode([(name, value) for name, values in request.query.items() for value in values])
    then = request.path + (f"?{asked}" if asked else "")
    return _response(rendering.see_other(f"{path}?{urlencode({'next': then})}"), 303, request)


def _response(reply: Reply, status: int, request: GatewayRequest) -> Response:
    return responses.reply_response(
        reply, status=status, produces=rendering.HTML, correlation_id=request.correlation_id
    )


def _reader(request: GatewayRequest) -> Reader:
    asked = (request.query.get("lang") or [""])[-1]
    if asked in (CHINESE, ENGLISH):
        return Reader(asked, chosen=True)
    accepted = request.headers.get("accept-language")
    return Reader(languages.preferred(accepted, (CHINESE, ENGLISH)), chosen=False)
