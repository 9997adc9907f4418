"""Runs programs. `EXACTLY=<seed>` runs only that one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from tests.across.faults.exactly import ending, verdict
from tests.across.faults.exactly.program import Program

ALONE = os.environ.get("EXACTLY")


def search(seeds: Iterable[int], **others: Any) -> int:
    """Runs all programs. Returns the number of different interleavings.

    Raises AssertionError at the first program whose result differs from the model's.
    """
    return len({run_seed(seed, **others) for seed in ([int(ALONE)] if ALONE else seeds)})


def run_seed(seed: int, **others: Any) -> int:
    """Runs one program. Returns a hash of its interleaving."""
    program = Program(seed, **others)
    try:
        program.play()
        ending.end(program)
        verdict.judge(program)
    except Exception as error:
        raise AssertionError(f"{error!r}; EXACTLY={seed} plays it again: {program.baton.trace}") from error
    return hash(tuple(program.baton.trace))
