"""Which cells of a table are left out, so that no count from 1 to 9 can be computed (pure).

The reader knows the total of the table, every cell that is shown, and this rule. For each cell that is left out, at
least four values remain that the rule would have published in the same way (decision 0108).
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 10
"""Counts from 1 to 9 are left out. A zero says nothing about a person, so it is shown."""
_SLACK = 4
"""How far the sum of several small cells must be from their smallest and from their largest possible sum."""


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST


def left_out(cells: Sequence[int]) -> frozenset[int]:
    """The positions of the cells that are left out, of a table whose total is shown.

    A cell that is left out only to protect another one is chosen by its position. Were it chosen by its size, the size
    would tell about the other one.
    """
    small = [at for at, count in enumerate(cells) if is_small(count)]
    if not small:
        return frozenset()
    total = sum(cells[at] for at in small)
    lowest, highest = len(small), len(small) * (SMALLEST - 1)
    if len(small) > 1 and lowest + _SLACK <= total <= highest - _SLACK:
        return frozenset(small)
    if len(small) == 1 or total < lowest + _SLACK:
        following = (*range(small[0] + 1, len(cells)), *range(small[0]))
        partner = next((at for at in following if cells[at] >= SMALLEST), None)
        if partner is not None:
            return frozenset([*small, partner])
    return frozenset(range(len(cells)))
