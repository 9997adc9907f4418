"""A report as CSV: a column for each dimension, and one or more for each measure."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.oversight.csv_text import csv_text
from chalicelib.oversight.reports.report import FiguresView, MeasureView, ValueView

_PARTS = {"count": ("count",), "share": ("numerator", "denominator", "share"), "minutes": ("count", "median", "p90")}


def as_csv(report: FiguresView, language: str) -> str:
    return csv_text([_head(report, language), *_lines(report)])


def _head(report: FiguresView, language: str) -> list[str]:
    columns = [f"{one.label[language]}{_suffix(one, part)}" for one in report.measures for part in _PARTS[one.unit]]
    return [*report.by, *columns]


def _suffix(measure: MeasureView, part: str) -> str:
    return "" if measure.unit == part else f" ({part})"


def _lines(report: FiguresView) -> Iterator[list[str]]:
    for row in report.rows:
        cells = [_text(row.values.get(one.name), part) for one in report.measures for part in _PARTS[one.unit]]
        yield [*row.keys.values(), *cells]


def _text(value: ValueView | None, part: str) -> str:
    found = None if value is None else getattr(value, part)
    return "" if found is None else str(found)
