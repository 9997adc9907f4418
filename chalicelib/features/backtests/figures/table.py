"""A report under a draft as CSV: for each measure its columns as it was, under the draft, and the difference."""

from __future__ import annotations

from chalicelib.features.backtests.figures.report import Compared, DraftReportView
from chalicelib.features.reports.report import MeasureView
from chalicelib.features.reports.table import cells, titles
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text

_COMPARED = {"count": 0, "share": 2, "minutes": 1}
"""By a measure's unit: the column of which the difference is. Of times it is the median."""
_NOTHING = Compared(None, None, None)


def as_csv(report: DraftReportView, language: str) -> str:
    head = [*report.by, *(title for one in report.measures for title in _titles(one, language))]
    lines = [
        [*row.keys.values(), *(cell for one in report.measures for cell in _cells(one, row.values.get(one.name)))]
        for row in report.rows
    ]
    return csv_text([head, *lines])


def _titles(measure: MeasureView, language: str) -> list[str]:
    columns = catalogue.words("backtest_columns", language)
    names, at = titles(measure, language), _COMPARED[measure.unit]
    return [
        *(f"{columns['before']}: {name}" for name in names),
        *(f"{columns['after']}: {name}" for name in names),
        f"{columns['change']}: {names[at]}",
    ]


def _cells(measure: MeasureView, value: Compared | None) -> list[str]:
    found = value or _NOTHING
    change = "" if found.change is None else f"{found.change:g}"
    return [*cells(measure, found.before), *cells(measure, found.after), change]
