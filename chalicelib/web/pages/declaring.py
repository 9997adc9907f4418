"""Declares pages: routes that answer with HTML, take forms, and are not in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.reader import PageQuery
from chalicelib.web.pages.rendering import HTML

if TYPE_CHECKING:
    from chalicelib.web.api import Api
    from chalicelib.web.dispatch import Handler

_PROBLEMS = (
    *("forbidden", "complaint-unknown", "act-not-open", "conflict", "quota-exceeded", "invalid", "not-found"),
    *("idempotency-key-reused", "payload-too-large", "unsupported-media-type", "stale", "tenant-suspended"),
    *("unauthenticated", "tenant-taken", "policy-invalid", "invalid-cursor"),
    *("too-many-requests", "limit-reached"),
)
"""The problems that become pages. A form shows the faults of its own fields itself."""
_ENDED = "case=ended"
"""A cookie that is no session, but tells that there was one."""


def get_page(api: Api, path: str, summary: str, **further: Any) -> Callable[[Handler], Handler]:
    """A page that changes nothing."""
    return _declare(api, path, {"method": "GET", "summary": summary, "produces": HTML, **further})


def for_modules(api: Api, path: str, summary: str, method: str, **further: Any) -> Callable[[Handler], Handler]:
    """A route that a module of a page calls, with the form's encoding and the session. It answers with JSON."""
    return _declare(api, path, {"method": method, "summary": summary, "produces": "application/json", **further})


def post_form(api: Api, path: str, summary: str, **further: Any) -> Callable[[Handler], Handler]:
    """A form. With `reads=True` it changes nothing, like the steps before the last one of a filing."""
    return _declare(api, path, {"method": "POST", "summary": summary, "produces": HTML, **further})


def _declare(api: Api, path: str, declared: dict[str, Any]) -> Callable[[Handler], Handler]:
    route = api.route(path, allow=["public"], page=True, problems=_PROBLEMS, **{"query": PageQuery, **declared})

    def register(handler: Handler) -> Handler:
        route(_ending_refused_sessions(handler))
        return handler

    return register


def _ending_refused_sessions(handler: Handler) -> Handler:
    """The handler with a session whose receipt is no more that of the complaint as one that has ended.

    Such a page asks for the receipt, keeps what was typed, and a module keeps its file. Nothing was changed before.
    """

    @wraps(handler)
    def answer(call: Call) -> Reply:
        try:
            return handler(call)
        except Problem as problem:
            if problem.kind != "complaint-unknown" or not call.headers.get("cookie"):
                raise
        return handler(replace(call, headers={**call.headers, "cookie": _ENDED}))

    return answer
