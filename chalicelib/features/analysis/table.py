"""An analysis as CSV, as reports are written: one value in a row, or with `layout=wide` a row for each value."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from chalicelib.features.analysis.frequency import AnalysisRowView, AnalysisView
from chalicelib.features.reports.layouts import CsvFigure, plain
from chalicelib.features.reports.query import Layout
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text
from chalicelib.policy.worktime.zone import local_text

_PERCENT = ("share_percent", "cumulative_percent")
_FIGURES = {
    "count": "number",
    "per_week_count": "per_week",
    "per_100_received_count": "per_100",
    "share_percent": "share",
    "cumulative_percent": "cumulative",
    "before_count": "before",
    "rate_ratio": "ratio",
    "rate_ratio_low_95": "low",
    "rate_ratio_high_95": "high",
}
"""The numbers of a row, each with its unit."""
_TREND = "trend"


def as_csv(analysis: AnalysisView, language: str, layout: Layout) -> str:
    """The trend is a code with its label. A number that is not known is empty in a wide table, and else left out."""
    until = "" if analysis.fresh_until is None else local_text(ZoneInfo(analysis.timezone), analysis.fresh_until)
    periods = {"from": analysis.first, "to": analysis.last, "before_from": analysis.before_from}
    fixed = {**periods, "before_to": analysis.before_to, "fresh_until": until}
    head = [*fixed, analysis.by, f"{analysis.by}_label"]
    begun = [([*fixed.values(), row.value, row.label[language]], row) for row in analysis.rows]
    if layout == "wide":
        wide = (
            [*begin, *(one.text for one in _figures(row, language)), *_trend(row, language)] for begin, row in begun
        )
        return csv_text([[*head, *_FIGURES, _TREND, f"{_TREND}_label"], *wide])
    long = (line for begin, row in begun for line in _lines(begin, row, language))
    return csv_text([[*head, "figure", "figure_label", "value", "value_label"], *long])


def _lines(begin: list[str], row: AnalysisRowView, language: str) -> Iterator[list[str]]:
    yield from ([*begin, *one, ""] for one in _figures(row, language) if one.text)
    yield [*begin, _TREND, catalogue.words("analysis_figures", language)[_TREND], *_trend(row, language)]


def _figures(row: AnalysisRowView, language: str) -> Iterator[CsvFigure]:
    words = catalogue.words("analysis_figures", language)
    for name, part in _FIGURES.items():
        number = getattr(row, part)
        text = "" if number is None else plain(number * 100 if name in _PERCENT else number)
        yield CsvFigure(name, words[name], text)


def _trend(row: AnalysisRowView, language: str) -> list[str]:
    return [row.trend, catalogue.words("trends", language)[row.trend]]
