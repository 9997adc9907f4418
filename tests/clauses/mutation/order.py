"""The order in which tests are tried on a mutant: those first that noticed mutants of the same part.

The order changes the time of a judgement and not its result: a mutant is unnoticed only after all tests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest

from tests.clauses.mutation.mutants import Mutant
from tests.clauses.mutation.traffic import Heard

_LENGTHS = (3, 2, 1)
"""Steps of a path that name a part, from the narrowest."""
_DEAR = 0.5
"""Seconds. Longer tests come last."""


class Order:
    """`before`: by id of a mutant, the test that noticed it in an earlier run. `heard`: by id of a test."""

    def __init__(self, before: Mapping[str, str], heard: Mapping[str, Heard]) -> None:
        self._before, self._heard = before, heard
        self._noticed: dict[str, list[str]] = defaultdict(list)
        for name, test in before.items():
            self.remember(name, test)

    def remember(self, name: str, test: str) -> None:
        """The test noticed the mutant of this id: it is the first one for the next mutant of the part."""
        for length in _LENGTHS:
            known = self._noticed[part(name, length)]
            if test in known:
                known.remove(test)
            known.insert(0, test)

    def of(self, mutant: Mutant, tests: Sequence[pytest.Item]) -> list[pytest.Item]:
        first = [self._before.get(mutant.id, "")]
        first += [test for length in _LENGTHS for test in self._noticed[part(mutant.id, length)]]
        rank = {test: at for at, test in reversed(list(enumerate(first)))}
        steps = {step for step in mutant.id.partition(":")[0].split(".") if not step.isdigit()}
        return sorted(tests, key=lambda test: (rank.get(test.nodeid, len(first)), *self._unlikely(test, steps)))

    def _unlikely(self, test: pytest.Item, steps: set[str]) -> tuple[bool, int]:
        """Tests in whose traffic more names of the path occur come first."""
        heard = self._heard.get(test.nodeid)
        return (heard.seconds > _DEAR, -len(steps & heard.words)) if heard else (False, 0)


def part(name: str, length: int) -> str:
    """Of a mutant's id: the first steps of its path, such as `stages.offered.assign`."""
    return ".".join(name.partition(":")[0].split(".")[:length])
