"""Declares pages: routes that answer with HTML, take forms, and are not in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from chalicelib.pages.reader import PageQuery
from chalicelib.pages.rendering import HTML

if TYPE_CHECKING:
    from chalicelib.http.api import Api
    from chalicelib.http.dispatch import Handler

_PROBLEMS = (
    *("forbidden", "complaint-unknown", "act-not-open", "conflict", "quota-exceeded", "invalid", "not-found"),
    *("idempotency-key-reused", "payload-too-large", "unsupported-media-type", "stale", "tenant-suspended"),
    *("unauthenticated", "tenant-taken", "policy-invalid", "invalid-cursor"),
    *("too-many-requests", "limit-reached"),
)
"""The problems that become pages. A form shows the faults of its own fields itself."""


def get_page(api: Api, path: str, summary: str, **further: Any) -> Callable[[Handler], Handler]:
    """A page that changes nothing."""
    declared = {"query": PageQuery, "produces": HTML, **further}
    return api.route(path, method="GET", summary=summary, allow=["public"], page=True, problems=_PROBLEMS, **declared)


def for_modules(api: Api, path: str, summary: str, method: str, **further: Any) -> Callable[[Handler], Handler]:
    """A route that a module of a page calls, with the form's encoding and the session. It answers with JSON."""
    declared = {"query": PageQuery, "produces": "application/json", **further}
    return api.route(path, method=method, summary=summary, allow=["public"], page=True, problems=_PROBLEMS, **declared)


def post_form(api: Api, path: str, summary: str, **further: Any) -> Callable[[Handler], Handler]:
    """A form. With `reads=True` it changes nothing, like the steps before the last one of a filing."""
    declared = {"query": PageQuery, "produces": HTML, **further}
    return api.route(path, method="POST", summary=summary, allow=["public"], page=True, problems=_PROBLEMS, **declared)
