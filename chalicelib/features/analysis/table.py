"""An analysis as CSV."""

from __future__ import annotations

from chalicelib.features.analysis.frequency import AnalysisRowView, AnalysisView
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text

_COLUMNS = (
    "value",
    "label",
    "number",
    "per_week",
    "per_100",
    "share",
    "cumulative",
    "before",
    "ratio",
    "low",
    "high",
    "trend",
)


def as_csv(analysis: AnalysisView, language: str) -> str:
    words = catalogue.words("analysis_columns", language)
    return csv_text([[words[name] for name in _COLUMNS], *(_line(row, language) for row in analysis.rows)])


def _line(row: AnalysisRowView, language: str) -> list[str]:
    named = {"label": row.label[language], "trend": catalogue.words("trends", language)[row.trend]}
    found = [named.get(name, getattr(row, name)) for name in _COLUMNS]
    return ["" if one is None else str(one) for one in found]
