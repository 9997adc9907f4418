"""Matches paths to routes as API Gateway does: literal parts first, `{name+}` matches the rest of the path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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
        if (parameters := _path_parameters(route.split("/"), parts)) is not None
    ]
    return min(found, key=_specificity, default=None)


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
