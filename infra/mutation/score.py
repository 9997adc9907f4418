"""The mutation score: the share of mutants that a test noticed, with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from typing import NamedTuple

Z = 1.959963984540054
"""Of a 95 % interval."""
CONFIRMED, UNRELIABLE, STOPPED = "confirmed", "unreliable", "stopped"
"""Noticed, and the same tests pass without the mutant; they fail without it too; stopped by the clock."""
BY_TESTS = frozenset({"killed", CONFIRMED})
BY_LIMIT = frozenset({"timeout"})
"""Stopped at its limit of CPU time, which does not depend on other programs: a mutant that never ends is noticed."""
NOTICED = BY_TESTS | BY_LIMIT | {"types"}
"""A mutant that no test runs is not noticed, nor is one that was stopped by the clock."""


class MutationScore(NamedTuple):
    noticed: int
    run: int

    @property
    def share(self) -> float:
        return self.noticed / self.run if self.run else 0.0


def of(results: Mapping[str, str], wanted: Set[str] = NOTICED) -> MutationScore:
    """`results`: the status of each mutant that was run, by name. `wanted`: the statuses that count as noticed."""
    return MutationScore(sum(status in wanted for status in results.values()), len(results))


def interval(score: MutationScore) -> tuple[float, float]:
    """Wilson's 95 % interval of the share."""
    if not score.run:
        return 0.0, 1.0
    n, p = score.run, score.share
    middle, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def by_package(results: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The results of each package, such as `policy.worktime`, in the order of their names."""
    found: dict[str, dict[str, str]] = {}
    for name, status in results.items():
        found.setdefault(package_of(name), {})[name] = status
    return dict(sorted(found.items()))


def package_of(name: str) -> str:
    parts = name.removeprefix("chalicelib.").removeprefix("features.").split(".")
    return ".".join(parts[:2]) if parts[0] in ("policy", "evidence", "record") else parts[0]
