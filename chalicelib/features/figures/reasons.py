"""Why numbers of an edition are left out (pure): the first of its steps at which each one is.

Only people who may read the counts themselves get the reasons: that a number is small says nearly what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from chalicelib.features.figures.tables import MeasureCounts, ShownCounts, is_small

Reason = Literal["small", "beside", "tied", "notices", "earlier"]
"""`small`: from 1 to 9. `beside`: a small one could be computed from it and the sum. `tied`: from it and those of the
other measures. `notices`: from it and the published notices. `earlier`: from it and an earlier edition."""
Reasons = dict[str, Reason]
"""By the place of the number, as `place`. What is shown has none."""


class EditionStep(NamedTuple):
    """`found`: what is still shown after it."""

    reason: Reason
    found: Mapping[str, ShownCounts]


def place(by: str, row: str, measure: str) -> str:
    """`by`: empty for totals, as is `row`."""
    return f"{by} {row} {measure}"


def of_tables(
    rows: Mapping[str, Sequence[str]], counts: Mapping[str, MeasureCounts], steps: Sequence[EditionStep]
) -> Reasons:
    """`rows`: by dimension, the keys. `steps`: in order; the first one looks at each table alone."""
    return dict(_places(rows, counts, steps))


def _places(
    rows: Mapping[str, Sequence[str]], counts: Mapping[str, MeasureCounts], steps: Sequence[EditionStep]
) -> Iterator[tuple[str, Reason]]:
    for name, counted in counts.items():
        totals = [one.found[name].total for one in steps]
        if (found := _first(counted.total, totals, steps)) is not None:
            yield place("", "", name), found
        for by, keys in rows.items():
            for at, key in enumerate(keys):
                cells = [one.found[name].tables[by][at] for one in steps]
                if (found := _first(counted.tables[by][at], cells, steps)) is not None:
                    yield place(by, key, name), found


def _first(count: int, cells: Sequence[int | None], steps: Sequence[EditionStep]) -> Reason | None:
    reason = next((one.reason for one, cell in zip(steps, cells, strict=True) if cell is None), None)
    return "small" if reason == "beside" and is_small(count) else reason
