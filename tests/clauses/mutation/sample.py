"""A few mutants of a preset, the same ones in each run of a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.clauses.mutation.mutants import Mutant, Mutants


def drawn(preset: str, count: int, seed: int) -> Iterator[Mutant]:
    """Up to `count` mutants in random order, without those that do not count. Judges only as many as it needs."""
    mutants = Mutants(preset)
    tries = list(mutants.tries)
    random.Random(seed).shuffle(tries)
    found = (mutant for entry, changes in tries if (mutant := mutants.made(entry, changes)))
    yield from (mutant for _, mutant in zip(range(count), found, strict=False))
