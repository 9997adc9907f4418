"""Runs programs. `EXACTLY=<seed>` runs only that one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from tests.faults.exactly import ending, verdict
from tests.faults.exactly.program import Program

ALONE = os.environ.get("EXACTLY")


def search(seeds: Iterable[int], **others: Any) -> int:
    """Play them all; how many different ones there were. Raises AssertionError at the first that came to something
    else than the model."""
    return len({tried(seed, **others) for seed in ([int(ALONE)] if ALONE else seeds)})


def tried(seed: int, **others: Any) -> int:
    """Identifies the interleaving of a program."""
    program = Program(seed, **others)
    try:
        program.play()
        ending.end(program)
        verdict.judge(program)
    except Exception as error:
        raise AssertionError(f"{error!r}; EXACTLY={seed} plays it again: {program.baton.trace}") from error
    return hash(tuple(program.baton.trace))
