"""The tables of an inspection with their charts, by subject. A table that counts nothing is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from markupsafe import Markup

from chalicelib.features.inspections.document import Figure, FigureRow, FigureTable
from chalicelib.features.inspections.drawing.wording import PageWording
from chalicelib.features.inspections.figures import drawn
from chalicelib.kit import catalogue
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import CATEGORY
from chalicelib.web.pages.parts import charts
from chalicelib.web.pages.parts.charts import Bar

_OF_DIMENSION = {
    **dict.fromkeys(("duty", "clock", "clause", "cause"), "duties"),
    **dict.fromkeys(("age", "stage"), "ages"),
    **dict.fromkeys(("week", "month"), "course"),
    "severity": "severities",
    "ground": "grounds",
    "unit": "units",
}
_OF_WHOLE = {"deadlines": "duties", "indicators": "indicators"}
SUBJECTS = (
    *("duties", "categories", "severities", "grounds", "ages", "units", "course", "totals", "others", "indicators"),
)
"""In the order of the page: the duties of the office first."""


class PageRow(msgspec.Struct, frozen=True):
    label: str
    cells: list[str]


class PageTable(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    by: str
    columns: list[str]
    rows: list[PageRow]
    left_out: int
    caption: str
    chart: Markup | None


class _Line(NamedTuple):
    label: str
    figures: Mapping[str, Figure]
    is_partial: bool


class PageSection(msgspec.Struct, frozen=True):
    name: str
    tables: list[PageTable]


def sections(wording: PageWording) -> list[PageSection]:
    names = catalogue.words("inspection_subjects", wording.language)
    pairs = [(report.name, table) for report in wording.document.reports for table in report.tables]
    return [
        PageSection(names[subject], [_table(wording, report, table) for report, table in mine])
        for subject in SUBJECTS
        if (mine := [pair for pair in pairs if _subject(*pair) == subject])
    ]


def _subject(report: str, table: FigureTable) -> str:
    if table.by is None:
        return _OF_WHOLE.get(report, "totals")
    if report == "indicators":
        return report
    return "categories" if table.by.startswith(CATEGORY) else _OF_DIMENSION.get(table.by, "others")


def _table(wording: PageWording, report: str, table: FigureTable) -> PageTable:
    language, measures = wording.language, wording.document.measures
    names = {name: measures[name].label[language] for name in table.measures}
    title = catalogue.words("inspection_reports", language)[report]
    if table.by is None:
        found = table.rows[0].figures if table.rows else {}
        rows = [PageRow(names[name], [wording.cell(found[name])]) for name in table.measures if name in found]
        by, columns = wording.words["measure"], [wording.words["value"]]
        return PageTable(name=title, by=by, columns=columns, rows=rows, left_out=0, caption="", chart=None)
    by = _dimension(wording, table.by)
    caption = "" if table.chart is None else wording.say("chart", measure=names[table.chart], by=by)
    lines = _lines(wording, table.by, table.rows)
    return PageTable(
        name=wording.say("table", report=title, by=by),
        by=by,
        columns=list(names.values()),
        rows=[
            PageRow(line.label, [wording.cell(line.figures.get(name), measures[name].unit) for name in names])
            for line in lines
        ],
        left_out=table.left_out,
        caption=caption + (wording.words["of_partial"] if caption and any(line.is_partial for line in lines) else ""),
        chart=_chart(table, lines, caption),
    )


def _lines(wording: PageWording, by: str, rows: Sequence[FigureRow]) -> list[_Line]:
    """By steps of time a line for each step, also for one in which nothing happened."""
    if not dimensions.of(by).is_period:
        return [_Line(row.label[wording.language] or wording.words["absent"], row.figures, False) for row in rows]
    found = {row.key: row.figures for row in rows}
    return [_Line(one.label, found.get(one.key, {}), one.is_partial) for one in wording.steps(by)] if rows else []


def _dimension(wording: PageWording, by: str) -> str:
    """A kind of category has no name of its own: several are numbered."""
    if not by.startswith(CATEGORY):
        return str(getattr(dimensions.of(by), wording.language))
    kinds = list(dict.fromkeys(_kinds(wording)))
    name = str(getattr(dimensions.of("category"), wording.language))
    return name if len(kinds) == 1 else wording.say("kind", name=name, number=kinds.index(by) + 1)


def _kinds(wording: PageWording) -> Iterator[str]:
    for report in wording.document.reports:
        yield from (one.by for one in report.tables if one.by and one.by.startswith(CATEGORY))


def _chart(table: FigureTable, lines: Sequence[_Line], caption: str) -> Markup | None:
    if table.chart is None or table.by is None:
        return None
    bars = [Bar(line.label, drawn(line.figures.get(table.chart)), line.is_partial) for line in lines]
    if not any(bar.value for bar in bars):
        return None
    if dimensions.of(table.by).is_period:
        return charts.columns(bars, caption)
    return charts.greatest([bar for bar in bars if bar.value], caption)
