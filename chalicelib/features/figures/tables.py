"""The tables of an edition: for each measure a total and its counts by one dimension, with cells left out (pure).

No table crosses two dimensions, so two tables of a measure have nothing in common but the total.

Cells are left out so that no count from 1 to 9 can be computed. The reader knows the total of the table, every cell
that is shown, and this rule. For each cell that is left out, at least four values remain that the rule would have
published in the same way (decision 0108).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

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


MEASURES = ("received", "met", "missed")
_Cells = Sequence[int | None]


class MeasureCounts(msgspec.Struct, frozen=True):
    """Of one measure: the total, and by dimension the counts of its rows, whose sum is the total."""

    total: int
    tables: Mapping[str, Sequence[int]]


class ShownCounts(msgspec.Struct, frozen=True):
    """As `MeasureCounts`. None: left out."""

    total: int | None
    tables: Mapping[str, _Cells]


def shown(counts: Mapping[str, MeasureCounts]) -> dict[str, ShownCounts]:
    """By measure, what may be published."""
    return untied(counts, each_alone(counts))


def each_alone(counts: Mapping[str, MeasureCounts]) -> dict[str, ShownCounts]:
    """Each measure as if it were the only one that is published."""
    return {name: _protected(one) for name, one in counts.items()}


def _protected(counts: MeasureCounts) -> ShownCounts:
    if is_small(counts.total):
        return _nothing(counts)
    tables = {}
    for name, cells in counts.tables.items():
        hidden = left_out(cells)
        tables[name] = [None if at in hidden else count for at, count in enumerate(cells)]
    return ShownCounts(counts.total, tables)


def _nothing(counts: MeasureCounts) -> ShownCounts:
    return ShownCounts(None, {name: [None] * len(cells) for name, cells in counts.tables.items()})


def untied(counts: Mapping[str, MeasureCounts], found: Mapping[str, ShownCounts]) -> dict[str, ShownCounts]:
    """Without figures from which a reader who knows that each complaint has one deadline computes one left out.

    Then a row's complaints are the sum of its deadlines met and missed. Where that is so, neither met nor missed
    deadlines are published unless all are.
    """
    kept = dict(found)
    if set(found) != set(MEASURES):
        return kept
    totals = [counts[name].total for name in MEASURES]
    everywhere = _tells([totals], [[found[name].total for name in MEASURES]])
    for by in counts[MEASURES[0]].tables:
        rows = list(zip(*(counts[name].tables[by] for name in MEASURES), strict=True))
        seen = list(zip(*(found[name].tables[by] for name in MEASURES), strict=True))
        if everywhere or _tells(rows, seen):
            for name in MEASURES[1:]:
                kept[name] = ShownCounts(kept[name].total, {**kept[name].tables, by: [None] * len(rows)})
    if everywhere:
        kept.update((name, ShownCounts(None, kept[name].tables)) for name in MEASURES[1:])
    return kept


def _tells(rows: Sequence[Sequence[int]], seen: Sequence[Sequence[int | None]]) -> bool:
    """Whether every row is such a sum and not all is shown, or one is, counts anything, and lacks one figure."""
    tied = [received == met + missed for received, met, missed in rows]
    absent = [sum(one is None for one in row) for row in seen]
    alone = any(is_tied and any(row) and one == 1 for row, is_tied, one in zip(rows, tied, absent, strict=True))
    return alone or (all(tied) and any(absent))
