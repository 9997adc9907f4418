"""Checks of the routes in API Gateway, from the OpenAPI 2 document of the package (`paths`)."""

from __future__ import annotations

from typing import Any

from infra.gateway.wrong_methods import ANY, FORWARDED

MOST_RESOURCES = 300
"""API Gateway's default quota. Each distinct beginning of a path is a resource."""
Paths = dict[str, dict[str, Any]]


def unrouted(paths: Paths) -> list[tuple[str, str]]:
    """The paths and methods of which neither an entry of its own nor `ANY` calls the app; except preflights."""
    return [
        (path, method)
        for path, entries in paths.items()
        for method in sorted(FORWARDED - {"OPTIONS"})
        if entries.get(method.lower(), entries.get(ANY, {})).get("x-amazon-apigateway-integration") != call_of(entries)
    ]


def call_of(entries: dict[str, Any]) -> Any:
    """The integration of the path's `ANY`. Raises AssertionError if it does not call the API's function."""
    integration = entries[ANY]["x-amazon-apigateway-integration"]
    assert integration["type"] == "aws_proxy"
    assert "${APIHandler.Arn}" in integration["uri"]["Fn::Sub"]
    return integration


def securities(paths: Paths, method: str) -> dict[str, Any]:
    """By path, the authorizers of the method, or None; only paths that have the method."""
    return {path: entries[method].get("security") for path, entries in paths.items() if method in entries}


def resources(paths: Paths) -> set[str]:
    found = set()
    for path in paths:
        segments = path.split("/")
        found |= {"/".join(segments[:count]) for count in range(1, len(segments) + 1)}
    return found
