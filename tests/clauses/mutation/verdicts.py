"""The verdict on a mutant: which test notices it, if any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import pytest

from tests.clauses.lens import OtherPolicy
from tests.clauses.mutation import suite
from tests.clauses.mutation.errors import Ended
from tests.clauses.mutation.mutants import Mutant
from tests.clauses.mutation.order import Order, part
from tests.clauses.mutation.traffic import Heard

Kind = Literal["own", "other", "step", "broken", "unnoticed", "undecided"]
NOTICED = ("own", "other", "step")
_CLAUSE = re.compile(r"\b[PX]\d\.\d+\b")
_FEW = 25
"""Tests of the mutant's clause, and of others, that are tried before the mutant joins a batch."""


class Verdict(NamedTuple):
    """`own`: an assertion about the clause beside the line failed. `other`: one about another clause of the preset.

    `step`: no assertion failed, but a test of the clause itself does the line's act, and it was refused. `broken`: only
    helpers failed. `unnoticed`: all tests passed. `undecided`: the likely tests passed, and the others were not tried.
    """

    kind: Kind
    test: str = ""
    """Its id, which begins with the file."""

    @property
    def notices(self) -> bool:
        return self.kind in NOTICED


class Judge:
    """Judges the mutants of one preset, one at a time. It remembers which tests noticed which part."""

    def __init__(self, preset: str, before: Mapping[str, str] | None = None, heard: Mapping[str, Heard] | None = None):
        """Both as in `Order`, which they serve."""
        self.preset = preset
        self.tests = suite.tests_of(preset)
        self._order = Order(before or {}, heard or {})

    def verdict(self, mutant: Mutant) -> Verdict:
        """Stops at the first assertion that fails, so the tests of the clause come first."""
        own, others = self.split(mutant)
        return self._judged(mutant, (*own, *others))

    def likely(self, mutant: Mutant) -> Verdict:
        """The verdict, or `undecided` if none of the likely tests fails. Only one that passes them can join a batch."""
        own, others = self.split(mutant)
        found = self._judged(mutant, (*own[:_FEW], *others[:_FEW]))
        if found.notices:
            return found
        return Verdict("undecided") if found.kind == "unnoticed" else self.verdict(mutant)

    def split(self, mutant: Mutant) -> tuple[list[pytest.Item], list[pytest.Item]]:
        """The tests that name a clause of the line, and the others, each in the order in which they are tried."""
        ordered = self._order.of(mutant, self.tests)
        own = [test for test in ordered if is_about(test.name, mutant)]
        return own, [test for test in ordered if not is_about(test.name, mutant)]

    def of_test(self, mutant: Mutant, test: pytest.Item, ended: Ended) -> Verdict:
        """What the end of one test says of the mutant."""
        own = is_about(test.name, mutant)
        if ended.how == "asserted":
            self._order.remember(mutant.id, test.nodeid)
            return Verdict("own" if own else "other", test.nodeid)
        if ended.act and ended.act == _act(mutant) and own:
            return Verdict("step", test.nodeid)
        return Verdict("broken", test.nodeid) if ended.how == "broke" else Verdict("unnoticed")

    def _judged(self, mutant: Mutant, tests: Iterable[pytest.Item]) -> Verdict:
        lens = OtherPolicy(self.preset, mutant.document)
        best = Verdict("unnoticed")
        for test in tests:
            found = self.of_test(mutant, test, suite.run(test, lens))
            if found.kind in ("own", "other"):
                return found
            if found.kind == "step" or best.kind == "unnoticed":
                best = found
        return best


def is_about(test: str, mutant: Mutant) -> bool:
    """True if the test names a clause of the line: `test_p1_3_…`, or `[P1.3 …]` for one of its cases."""
    cases: Sequence[str] = _CLAUSE.findall(test.partition("[")[2])
    return any(
        test.startswith(f"test_{clause.lower().replace('.', '_')}_") or clause in cases for clause in mutant.clauses
    )


def _act(mutant: Mutant) -> str:
    steps = part(mutant.id, 3).split(".")
    return steps[2] if steps[0] == "stages" and len(steps) > 2 else ""
