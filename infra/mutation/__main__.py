"""Runs a seeded sample of mutants and records the score: `make mutants`, `make mutants MINUTES=60 SAMPLE=1000`.

Resumable: `.cache/mutation` keeps the results. Each mutant is run with fast tests of its function. Those that survive
are type-checked, and the rest is run with more tests.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from infra.mutation import mutants, page, sample, typed, workspace
from infra.mutation.results import MutantResults

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".cache/mutation"
Round = Callable[[list[str]], Iterator[tuple[str, str]]]
ROUNDS: tuple[Round, ...] = (partial(mutants.run, seconds=5), typed.check, partial(mutants.run, seconds=60))
"""Each takes the names of the mutants that the rounds before did not notice, and yields their new statuses."""
BATCH = 100
"""Mutants that go through all rounds together, so that a run that is stopped has a sample without bias."""
MEMORY = 4 * 1024**3
"""A mutant that fills the memory fails at this size in bytes."""


def main(minutes: float, size: int) -> int:
    ends = time.monotonic() + 60 * minutes
    tests = workspace.update(ROOT, PLACE)
    os.chdir(PLACE)
    functions = mutants.generate()
    names = sample.ordered(functions)[:size]
    results = MutantResults(PLACE / "results.json", functions, tests)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for first in range(0, size, BATCH):
        for place, play in enumerate(ROUNDS):
            if (left := results.left(names[first : first + BATCH], place)) and time.monotonic() < ends:
                _add(results, place, play(left), ends)
    statuses = results.statuses(names)
    page.write(ROOT / "docs/development/mutation.md", statuses, len(functions))
    page.write_survivors(PLACE / "survivors.diff", statuses, mutants.difference)
    return 0


def _add(results: MutantResults, round_: int, found: Iterator[tuple[str, str]], ends: float) -> None:
    for name, status in found:
        results.add(name, status, round_)
        print(f"{status:9} {name}", flush=True)
        if time.monotonic() > ends:
            return


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("MINUTES", "480")), int(os.environ.get("SAMPLE", str(sample.SIZE)))))
