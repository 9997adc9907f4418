"""An edition as CSV: a line for the total and for each row of each table."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.figures.edition import EditionView, FiguresRow
from chalicelib.kit.csv_text import csv_text


def as_csv(view: EditionView, language: str) -> str:
    """`language`: of the labels, `zh` or `en`. A cell that is left out is empty."""
    names = [one.name for one in view.measures]
    return csv_text([["period", "edition", "by", "key", "label", *names, "met_rate"], *_lines(view, names, language)])


def _lines(view: EditionView, names: list[str], language: str) -> Iterator[list[str]]:
    yield _line(view, "total", view.total, names, language)
    for table in view.tables:
        for row in table.rows:
            yield _line(view, table.by, row, names, language)


def _line(view: EditionView, by: str, row: FiguresRow, names: list[str], language: str) -> list[str]:
    cells = [*(row.values[name] for name in names), row.met_rate]
    own = [view.summary.period, str(view.summary.edition), by, row.key, row.label[language]]
    return [*own, *("" if cell is None else str(cell) for cell in cells)]
