"""Routes as API Gateway matches them: the fewest variables first, `{name+}` takes the rest of the path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Match(NamedTuple):
    """`parameters` are as they stand in the path, percent signs included."""

    route: str
    parameters: dict[str, str]


def match(routes: Iterable[str], path: str) -> Match | None:
    """`path` without its query. A trailing slash does not count."""
    parts = path.rstrip("/").split("/") if path != "/" else ["", ""]
    found = [Match(route, parameters) for route in routes if (parameters := _fit(route.split("/"), parts)) is not None]
    return min(found, key=_specificity, default=None)


def _fit(pattern: list[str], parts: list[str]) -> dict[str, str] | None:
    parameters: dict[str, str] = {}
    if pattern[-1].endswith("+}") and len(parts) >= len(pattern):
        parts = [*parts[: len(pattern) - 1], "/".join(parts[len(pattern) - 1 :])]
    if len(pattern) != len(parts):
        return None
    for wanted, given in zip(pattern, parts, strict=True):
        if wanted.startswith("{") and given:
            parameters[wanted.strip("{}+")] = given
        elif wanted != given:
            return None
    return parameters


def _specificity(found: Match) -> list[int]:
    """By part from the left: a name before a variable before the rest."""
    return [2 if part.endswith("+}") else 1 if part.startswith("{") else 0 for part in found.route.split("/")]
