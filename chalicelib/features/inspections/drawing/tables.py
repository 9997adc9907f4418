"""The tables of an inspection with their charts, by subject. A table that counts nothing is a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from chalicelib.features.inspections import charts
from chalicelib.features.inspections.charts import Bar
from chalicelib.features.inspections.document import FigureRow, FigureTable
from chalicelib.features.inspections.drawing.wording import PageWording
from chalicelib.features.inspections.figures import drawn
from chalicelib.kit import catalogue
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import CATEGORY

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
    return PageTable(
        name=wording.say("table", report=title, by=by),
        by=by,
        columns=list(names.values()),
        rows=[
            PageRow(
                _label(wording, table.by, row),
                [wording.cell(row.figures.get(name), measures[name].unit) for name in names],
            )
            for row in table.rows
        ],
        left_out=table.left_out,
        caption=caption,
        chart=_chart(wording, table, caption),
    )


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


def _chart(wording: PageWording, table: FigureTable, caption: str) -> Markup | None:
    if table.chart is None or table.by is None:
        return None
    values = [drawn(row.figures.get(table.chart)) for row in table.rows]
    if not any(values):
        return None
    is_period = dimensions.of(table.by).is_period
    bars = [
        Bar(_label(wording, table.by, row), value, is_period and wording.step(table.by, row.key)[1])
        for row, value in zip(table.rows, values, strict=True)
    ]
    return charts.columns(bars, caption) if is_period else charts.greatest([one for one in bars if one.value], caption)


def _label(wording: PageWording, by: str, row: FigureRow) -> str:
    if dimensions.of(by).is_period:
        return wording.step(by, row.key)[0]
    return row.label[wording.language] or wording.words["absent"]
