"""Completes the paths of Chalice's document: one for all pages below a desk, and what the app refuses with 404 or 405.

API Gateway uses `ANY` for methods without an entry of their own. Chalice cannot declare it next to them. API Gateway's
own answer to an unknown path is the same for browsers and programs; the app's is a page or a problem document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from chalicelib.web.gateway_event import DESK, UNKNOWN, is_below_desk

ANY = "x-amazon-apigateway-any-method"
FORWARDED = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""The methods that `ANY` stands for. API Gateway answers others, such as TRACE, itself."""
_INTEGRATION = "x-amazon-apigateway-integration"


def join_desk_pages(paths: dict[str, dict[str, Any]]) -> None:
    """Replaces the paths of all pages below a desk by one (`gateway_event.DESK`)."""
    pages = [path for path in paths if is_below_desk(path)]
    entries = [entry for path in pages for entry in paths.pop(path).values()]
    paths[DESK] = {ANY: {**_call_of(entries), "parameters": _parameters(DESK)}}


def forward_wrong_methods(paths: dict[str, dict[str, Any]]) -> None:
    """Adds the entry to each path of an OpenAPI 2 document (`paths`), and the path of all other paths.

    It is a copy of another entry that calls the app, but without an authorizer: the app answers 405 to every caller.
    """
    for entries in paths.values():
        entries[ANY] = _call_of(entries.values())
    rest = deepcopy(next(entries[ANY] for path, entries in paths.items() if "{" not in path))
    paths[UNKNOWN] = {ANY: {**rest, "parameters": _parameters(UNKNOWN)}}


def _call_of(entries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A copy of the first one that calls the app, without its authorizer."""
    found = deepcopy(next(each for each in entries if each[_INTEGRATION]["type"] == "aws_proxy"))
    found.pop("security", None)
    return found


def _parameters(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\+?\}", path)
    return [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
