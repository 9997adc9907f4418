"""`make preset-mutants`: judges the mutants of presets. `AGAIN="unnoticed broken"` judges them again."""

from __future__ import annotations

import argparse
import sys

from tests.clauses.mutation import score
from tests.clauses.mutation.suite import PRESETS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.clauses.mutation")
    parser.add_argument("presets", nargs="*", default=list(PRESETS), help="names of presets; all by default")
    parser.add_argument("--again", default="", help="kinds of kept verdicts to judge again, such as 'unnoticed broken'")
    parser.add_argument("--only", default="", help="judge only mutants whose id contains this text")
    parser.add_argument("--quick", action="store_true", help="run only tests that are likely to notice a mutant")
    asked = parser.parse_args()
    for preset in asked.presets or PRESETS:
        table = score.run(preset, again=asked.again.split(), only=asked.only, quick=asked.quick)
        sys.stdout.write(f"{preset} {score.counts(table)}\n")
        for name, (kind, test, clauses) in table["verdicts"].items():
            if kind in ("step", "broken", "unnoticed"):
                sys.stdout.write(f"  {kind} {name} {' '.join(clauses)} {test}\n")


if __name__ == "__main__":
    main()
