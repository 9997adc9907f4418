"""An analysis as CSV."""

from __future__ import annotations

from chalicelib.features.analysis.frequency import AnalysisRowView, AnalysisView
from chalicelib.kit.csv_text import csv_text

_COLUMNS = {
    "value": "取值",
    "label": "名称",
    "number": "件数",
    "per_week": "每周件数",
    "per_100": "每百件投诉中件数",
    "share": "占比",
    "cumulative": "累计占比",
    "before": "上一时段件数",
    "ratio": "与上一时段之比",
    "low": "比值95%下限",
    "high": "比值95%上限",
    "trend": "趋势",
}
_TRENDS_ZH = {"up": "上升", "down": "下降", "unclear": "无明显变化"}


def as_csv(analysis: AnalysisView, language: str) -> str:
    head = list(_COLUMNS.values()) if language == "zh" else list(_COLUMNS)
    return csv_text([head, *(_line(row, language) for row in analysis.rows)])


def _line(row: AnalysisRowView, language: str) -> list[str]:
    trend = _TRENDS_ZH[row.trend] if language == "zh" else row.trend
    named = {"label": row.label[language], "trend": trend}
    found = [named.get(name, getattr(row, name)) for name in _COLUMNS]
    return ["" if one is None else str(one) for one in found]
