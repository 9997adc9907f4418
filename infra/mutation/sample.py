"""The seeded sample: an order of all mutants, of which any first part is a random sample."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SEED = "redress-1"
SIZE = 1_000


def ordered(names: Iterable[str], seed: str = SEED) -> list[str]:
    """By a hash of the name, so a mutant keeps its place when other code changes."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).digest())
