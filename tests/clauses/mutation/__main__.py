"""`make preset-mutants`: judges the mutants of presets that have changed since they were judged as a whole.

Exits with 1 if the mutants that no test notices are not those of `unnoticed.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from tests.clauses.mutation import judged, score
from tests.clauses.mutation.suite import PRESETS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.clauses.mutation")
    parser.add_argument("presets", nargs="*", help="names of presets; by default those that have changed")
    parser.add_argument("--again", default="", help="kinds of kept verdicts to judge again, such as 'unnoticed broken'")
    parser.add_argument("--only", default="", help="judge only mutants whose id contains this text")
    parser.add_argument("--quick", action="store_true", help="run only tests that are likely to notice a mutant")
    asked = parser.parse_args()
    presets = asked.presets or [preset for preset in PRESETS if not judged.is_current(preset)]
    sys.stdout.write(f"To judge: {' '.join(presets) or 'nothing, no preset has changed'}\n")
    options = {"again": asked.again.split(), "only": asked.only, "quick": asked.quick}
    sys.exit(0 if _all_hold(presets, options) else 1)


def _all_hold(presets: Sequence[str], options: dict[str, Any]) -> bool:
    """Each preset in a process of its own, as many at a time as there are processors."""
    hold = True
    with ProcessPoolExecutor(max_tasks_per_child=1) as processes:
        running = {processes.submit(score.run, preset, **options): preset for preset in presets}
        for ended in as_completed(running):
            hold &= _told(running[ended], ended.result(), whole=not (options["only"] or options["quick"]))
    return hold


def _told(preset: str, table: dict[str, Any], *, whole: bool) -> bool:
    """Prints the counts and what is weak, and records a whole judgement. False if a list is wrong."""
    sys.stdout.write(f"{preset} {score.counts(table)}\n")
    for name, (kind, test, clauses, _) in table["verdicts"].items():
        if kind in ("step", "broken", "unnoticed", "undecided"):
            sys.stdout.write(f"  {kind} {name} {' '.join(clauses)} {test}\n")
    if not whole:
        return True
    faults = judged.faults(preset, table)
    for fault in faults:
        sys.stdout.write(f"  {fault}\n")
    if not faults:
        judged.record(preset)
    sys.stdout.flush()
    return not faults


if __name__ == "__main__":
    main()
