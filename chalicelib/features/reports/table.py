"""A report as CSV: a column for each dimension, and one or more for each measure."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.reports.report import FiguresView, MeasureView, ValueView
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text

_PARTS = {"count": ("count",), "share": ("numerator", "denominator", "share"), "minutes": ("count", "median", "p90")}
"""The members of a value, by the measure's unit."""


def as_csv(report: FiguresView, language: str) -> str:
    return csv_text([_head(report, language), *_lines(report)])


def _head(report: FiguresView, language: str) -> list[str]:
    return [*report.by, *(title for one in report.measures for title in titles(one, language))]


def titles(measure: MeasureView, language: str) -> list[str]:
    """The heads of a measure's columns."""
    parts, name = _PARTS[measure.unit], measure.label[language]
    if len(parts) == 1:
        return [name]
    words = catalogue.words("report_columns", language)
    return [f"{name}：{words[part]}" if language == "zh" else f"{name} ({words[part]})" for part in parts]


def cells(measure: MeasureView, value: ValueView | None) -> list[str]:
    """The texts of a measure's columns: empty where it counts nothing."""
    found = [None if value is None else getattr(value, part) for part in _PARTS[measure.unit]]
    return ["" if one is None else str(one) for one in found]


def _lines(report: FiguresView) -> Iterator[list[str]]:
    for row in report.rows:
        yield [*row.keys.values(), *(cell for one in report.measures for cell in cells(one, row.values.get(one.name)))]
