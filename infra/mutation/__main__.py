"""Runs a seeded sample of mutants and records the score: `make mutants`, `make mutants MINUTES=60 SAMPLE=1000`.

Resumable: `.cache/mutation` keeps the results. Each mutant is run with its fastest tests. Those that survive are run
again with more tests.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from infra.mutation import mutants, page, sample, workspace
from infra.mutation.results import Results

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".cache/mutation"
ROUNDS = (5.0, 60.0)
"""Seconds of tests for each mutant, by round."""
MEMORY = 4 * 1024**3
"""A mutant that fills the memory fails at this size in bytes."""


def main(minutes: float, size: int) -> int:
    ends = time.monotonic() + 60 * minutes
    tests = workspace.update(ROOT, PLACE)
    os.chdir(PLACE)
    functions = mutants.generate()
    names = sample.ordered(functions)[:size]
    results = Results(PLACE / "results.json", functions, tests)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for place, seconds in enumerate(ROUNDS):
        if (left := results.left(names, place)) and time.monotonic() < ends:
            _run(results, left, place, seconds, ends)
    statuses = results.statuses(names)
    page.write(ROOT / "docs/mutation.md", statuses, len(functions))
    page.write_survivors(PLACE / "survivors.diff", statuses, mutants.difference)
    return 0


def _run(results: Results, names: list[str], round_: int, seconds: float, ends: float) -> None:
    for name, status in mutants.run(names, seconds):
        results.add(name, status, round_)
        print(f"{status:9} {name}", flush=True)
        if time.monotonic() > ends:
            return


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("MINUTES", "480")), int(os.environ.get("SAMPLE", str(sample.SIZE)))))
