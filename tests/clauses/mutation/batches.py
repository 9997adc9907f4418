"""Judges mutants that their likely tests do not notice: several in one policy, so that each test runs once for all.

A test that passes on all changes at once is taken to pass on each. One that fails is tried on each mutant alone, so
a mutant is noticed only if a test fails on it alone. Changes that hide each other in every test would be listed as
unnoticed: this costs work, and hides no weak line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.clauses.lens import OtherPolicy
from tests.clauses.mutation import suite
from tests.clauses.mutation.lines import Path
from tests.clauses.mutation.mutants import Mutant, Mutants
from tests.clauses.mutation.verdicts import Judge, Verdict

MOST = 16
"""Mutants of a batch."""
Found = Iterator[tuple[str, Verdict]]


class Batches:
    def __init__(self, made: Mutants, mutants: Mapping[str, Mutant], judge: Judge) -> None:
        self._made, self.mutants, self.judge = made, mutants, judge

    def verdicts(self, names: Sequence[str]) -> Found:
        """Each name with its verdict, as soon as it is found."""
        for batch in self.split(names):
            yield from self._judged(batch, self.judge.tests)

    def split(self, names: Sequence[str]) -> Iterator[list[str]]:
        left = list(names)
        while left:
            batch = self._batch(left)
            left = [name for name in left if name not in batch]
            yield batch

    def _batch(self, names: Sequence[str]) -> list[str]:
        """The first ones in different places that the checker accepts together."""
        batch, places = [names[0]], set(self._made.lists(names[0]))
        for name in names[1:]:
            own = self._made.lists(name)
            if len(batch) < MOST and _apart(own, places) and self._made.together([*batch, name]) is not None:
                batch.append(name)
                places |= own
        return batch

    def _judged(self, batch: list[str], tests: Sequence[pytest.Item]) -> Found:
        """Tries the tests until one fails; goes on without the mutants that it notices."""
        document = self._made.together(batch)
        if document is None:  # it needed the change of one that was noticed
            yield from self._halves(batch, tests)
            return
        lens = OtherPolicy(self.judge.preset, document)
        failed = next((at for at, test in enumerate(tests) if suite.run(test, lens).how != "passed"), None)
        if failed is None:
            yield from ((name, Verdict("unnoticed")) for name in batch)
            return
        alone = {name: found for name in batch if (found := self._alone(name, tests[failed])).kind != "unnoticed"}
        yield from alone.items()
        if alone:
            yield from self._rest([name for name in batch if name not in alone], tests[failed + 1 :])
        else:
            yield from self._halves(batch, tests[failed:])

    def _rest(self, batch: list[str], tests: Sequence[pytest.Item]) -> Found:
        if batch:
            yield from self._judged(batch, tests)

    def _halves(self, batch: list[str], tests: Sequence[pytest.Item]) -> Found:
        """The changes fail a test only together."""
        middle = len(batch) // 2
        if not middle:
            raise AssertionError(f"{tests[0].nodeid} fails on {batch} only now and then")
        yield from self._judged(batch[:middle], tests)
        yield from self._judged(batch[middle:], tests)

    def _alone(self, name: str, test: pytest.Item) -> Verdict:
        """The verdict of the test. If only a helper failed, it would fail in most tests of the batch: that of all."""
        mutant = self.mutants[name]
        lens = OtherPolicy(self.judge.preset, mutant.document)
        found = self.judge.of_test(mutant, test, suite.run(test, lens))
        return found if found.kind in ("own", "other", "unnoticed") else self.judge.verdict(mutant)


def _apart(some: frozenset[Path], others: set[Path]) -> bool:
    """True if no place is inside another."""
    return not any(one[: len(other)] == other or other[: len(one)] == one for one in some for other in others)
