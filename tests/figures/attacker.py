"""A reader of public figures who computes what was left out. It shares no code with the publication.

The reader knows that counts are whole numbers from 0, that the rows of a table add up to its total, and, if told so,
that the complaints of each row are the sum of its deadlines met and missed. From these equations it derives the
smallest and the largest value of each cell: by elimination, and by passing bounds on until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

Cell = tuple[str, str, int]
"""Measure, dimension, row; of a total, the dimension is empty."""
Equation = dict[Cell, int]
"""The sum of the cells, with these factors, is zero."""
HUGE = 10**6


def equations(published: Mapping[str, Any], *, tied: bool) -> list[Equation]:
    """`published`: by measure, a total and tables of cells, as `tables.ShownCounts`."""
    found: list[Equation] = []
    for name, one in published.items():
        for by, cells in one.tables.items():
            found.append({(name, "", 0): -1, **{(name, by, at): 1 for at in range(len(cells))}})
    if tied:
        places = [
            ("", 0),
            *((by, at) for by, cells in published["received"].tables.items() for at in range(len(cells))),
        ]
        found += [{("received", *place): -1, ("met", *place): 1, ("missed", *place): 1} for place in places]
    return found


def known(published: Mapping[str, Any]) -> dict[Cell, int]:
    cells: dict[Cell, int | None] = {}
    for name, one in published.items():
        cells[name, "", 0] = one.total
        cells.update({(name, by, at): cell for by, row in one.tables.items() for at, cell in enumerate(row)})
    return {place: value for place, value in cells.items() if value is not None}


def bounds(rules: Sequence[Equation], seen: Mapping[Cell, int]) -> dict[Cell, tuple[int, int]]:
    """The smallest and the largest value of each cell. `seen`: the cells that are shown."""
    found = {place: (seen.get(place, 0), seen.get(place, HUGE)) for rule in rules for place in rule}
    found.update({place: (value, value) for place, value in _eliminated(rules, seen)})
    while True:
        narrowed = dict(found)
        for rule in rules:
            for place in rule:
                narrowed[place] = _narrowed(rule, place, narrowed)
        if narrowed == found:
            return found
        found = narrowed


def _narrowed(rule: Equation, place: Cell, known_bounds: Mapping[Cell, tuple[int, int]]) -> tuple[int, int]:
    """The cell is the sum of the others, each with the opposite sign of its own factor times that of the cell."""
    low = high = 0
    for other, factor in rule.items():
        if other != place:
            sign = -factor * rule[place]
            smallest, largest = known_bounds[other]
            low += smallest if sign > 0 else -largest
            high += largest if sign > 0 else -smallest
    return max(low, known_bounds[place][0]), min(high, known_bounds[place][1])


def _eliminated(rules: Sequence[Equation], seen: Mapping[Cell, int]) -> Iterator[tuple[Cell, int]]:
    """The cells that the equations determine (Gauss and Jordan)."""
    places = sorted({place for rule in rules for place in rule if place not in seen})
    rows = [
        [
            *(Fraction(rule.get(place, 0)) for place in places),
            Fraction(-sum(seen[p] * f for p, f in rule.items() if p in seen)),
        ]
        for rule in rules
    ]
    done = 0
    for column in range(len(places)):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                rows[at] = [value - row[column] * base for value, base in zip(row, rows[done], strict=True)]
        done += 1
    for row in rows[:done]:
        named = [place for place, factor in zip(places, row, strict=False) if factor]
        if len(named) == 1:
            yield named[0], int(row[-1])
