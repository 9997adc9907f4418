"""The verdict on a mutant: which test notices it, if any."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Literal, NamedTuple

import pytest

from tests.clauses.lens import OtherPolicy
from tests.clauses.mutation import suite
from tests.clauses.mutation.mutants import Mutant
from tests.clauses.mutation.traffic import words_of

Kind = Literal["own", "other", "step", "broken", "unnoticed"]
_CLAUSE = re.compile(r"\b[PX]\d\.\d+\b")
FEW = 15
"""The most tests of other clauses in a quick run."""


class Verdict(NamedTuple):
    """`own`: an assertion about the clause beside the line failed. `other`: one about another clause of the preset.

    `step`: no assertion failed, but a test of the clause does the line's act itself, and it was refused. `broken`: only
    helpers failed. `unnoticed`: all tests passed.
    """

    kind: Kind
    test: str = ""

    @property
    def notices(self) -> bool:
        return self.kind in ("own", "other", "step")


class Judge:
    """Judges the mutants of one preset. Tests that noticed a mutant of the same part come first for the next one."""

    def __init__(self, preset: str, *, quick: bool = False) -> None:
        """`quick`: only tests in whose traffic the mutant's part occurs, and few of other clauses. It notices less."""
        self.preset = preset
        self._words = words_of(preset) if quick else None
        self._tests = suite.tests_of(preset)
        self._noticed: dict[str, list[pytest.Item]] = defaultdict(list)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Stops at the first assertion that fails, so the tests of the clause come first."""
        lens = OtherPolicy(self.preset, mutant.document)
        best = Verdict("unnoticed")
        own, others = self._ordered(mutant)
        for test in (*own, *others):
            ended = suite.run(test, lens)
            if ended.how == "asserted":
                self._remember(mutant, test)
                return Verdict("own" if test in own else "other", test.name)
            if ended.act and ended.act == _act(mutant) and test in own:
                best = Verdict("step", test.name)
            elif ended.how == "broke" and best.kind == "unnoticed":
                best = Verdict("broken", test.name)
        return best

    def _ordered(self, mutant: Mutant) -> tuple[list[pytest.Item], list[pytest.Item]]:
        first = [*self._noticed[_part(mutant, 3)], *self._noticed[_part(mutant, 2)]]
        rank = {test: at for at, test in reversed(list(enumerate(first)))}
        ordered = sorted(self._likely(mutant), key=lambda test: rank.get(test, len(first)))
        own = [test for test in ordered if is_about(test.name, mutant)]
        others = [test for test in ordered if not is_about(test.name, mutant)]
        return own, others if self._words is None else others[:FEW]

    def _likely(self, mutant: Mutant) -> list[pytest.Item]:
        words = self._words
        if words is None:
            return list(self._tests)
        return [test for test in self._tests if words[test.nodeid].issuperset(_names(mutant))]

    def _remember(self, mutant: Mutant, test: pytest.Item) -> None:
        for length in (3, 2):
            known = self._noticed[_part(mutant, length)]
            if test in known:
                known.remove(test)
            known.insert(0, test)


def is_about(test: str, mutant: Mutant) -> bool:
    """True if the test names a clause of the line: `test_p1_3_…`, or `[P1.3 …]` for one of its cases."""
    cases = _CLAUSE.findall(test.partition("[")[2])
    return any(
        test.startswith(f"test_{clause.lower().replace('.', '_')}_") or clause in cases for clause in mutant.clauses
    )


def _names(mutant: Mutant) -> set[str]:
    """The name of the changed part: a stage, clock, task or field."""
    steps = _part(mutant, 3).split(".")
    named = {"stages": steps[1:2], "clocks": steps[1:2], "tasks": steps[1:2], "fields": steps[1:2]}
    return set(named.get(steps[0], ()))


def _act(mutant: Mutant) -> str:
    steps = _part(mutant, 3).split(".")
    return steps[2] if steps[0] == "stages" and len(steps) > 2 else ""


def _part(mutant: Mutant, length: int) -> str:
    return ".".join(mutant.id.partition(":")[0].split(".")[:length])
