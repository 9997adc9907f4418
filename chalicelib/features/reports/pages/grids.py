"""The tables of a report's page, each with its chart: of the whole, by steps of time, by a dimension, by two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from chalicelib.features.reports.pages.asked import dimension_label
from chalicelib.features.reports.pages.periods import PeriodStep, steps
from chalicelib.features.reports.pages.shown import FigureWords, LinkedNumber, ToldChange, drawn, is_folded
from chalicelib.features.reports.report import FiguresView, MeasureView, RowView, ValueView
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import Labels
from chalicelib.web.pages.parts import charts
from chalicelib.web.pages.parts.charts import Bar

MOST_COLUMNS = 14
"""Steps of time, or values of a second dimension, beside each other. More steps stand below each other."""
MOST_DRAWN = 31
"""Columns of a chart."""
MOST_ROWS = 200
"""Rows of a table. The CSV has all."""
MOST_MEASURES = 5
"""Of a report by one dimension, unless the question names more."""
STACKED = ("met", "missed")
"""Measures of the same deadlines, which one chart shows together."""


class GridRow(msgspec.Struct, frozen=True, kw_only=True):
    """`change`: of the first cell. `bar`: its share of the greatest, as a drawing."""

    label: str
    cells: list[LinkedNumber]
    change: ToldChange | None = None
    bar: Markup | None = None
    note: str = ""


class GridColumn(NamedTuple):
    label: str
    below: str = ""
    is_partial: bool = False


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """`chart`: None where there is nothing to draw, and where each row has its bar. `left_out`: rows or columns that
    only the CSV has."""

    corner: str
    columns: list[GridColumn]
    rows: list[GridRow]
    chart: Markup | None = None
    caption: str = ""
    is_stacked: bool = False
    left_out: int = 0


class GridWords(NamedTuple):
    """What the tables are made of."""

    words: FigureWords
    labels: Labels
    today: date

    def label(self, dimension: str, value: str) -> str:
        return self.labels.of(dimension, value)[self.words.reader.language] or self.words.reader.text("reports.absent")


def by_steps(view: FiguresView, sheet: GridWords, measures: Sequence[MeasureView], chart: Sequence[str] = ()) -> Grid:
    """`view`: by one period. `chart`: the measures of the chart; by default the first."""
    [dimension], reader = view.by, sheet.words.reader
    known, found = steps(view, dimension, reader, sheet.today), _by_key(view)
    stacked = all(any(one.name == name for one in view.measures) for name in chart) and len(chart) > 1
    first = next((one for one in view.measures if one.name in chart), measures[0])
    caption = reader.text("reports.by_steps", measure=first.label[reader.language], by=_name(dimension, sheet))
    if stacked:
        caption = reader.text("reports.stacked", by=_name(dimension, sheet))
    bars = [_bar(step, found.get(step.key, {}), first, sheet, chart if stacked else ()) for step in known]
    drawing = None
    if any(bar.value for bar in bars):
        drawing = charts.columns(bars, caption, 100 if first.unit == "share" and not stacked else None, MOST_DRAWN)
    cells = [[sheet.words.value(one, found.get(step.key, {}).get(one.name)) for one in measures] for step in known]
    names = [one.label[reader.language] for one in measures]
    grid = Grid(corner=_name(dimension, sheet), columns=[], rows=[], chart=drawing, caption=caption, is_stacked=stacked)
    if len(known) <= MOST_COLUMNS:
        columns = [GridColumn(step.label, step.below, step.is_partial) for step in known]
        rows = [GridRow(label=name, cells=[line[at] for line in cells]) for at, name in enumerate(names)]
        return replace(grid, corner=reader.text("reports.measure"), columns=columns, rows=rows)
    rows = [
        GridRow(label=_in_full(step, dimension, sheet), cells=line, note=_note(step, sheet))
        for step, line in zip(known, cells, strict=True)
    ]
    return replace(grid, columns=[GridColumn(name) for name in names], rows=rows)


def by_values(view: FiguresView, before: FiguresView | None, sheet: GridWords, measures: Sequence[MeasureView]) -> Grid:
    """`view`: by a dimension that is no period. The greatest value of the first measure comes first."""
    [dimension], first = view.by, measures[0]
    rows = sorted(view.rows, key=lambda row: -(drawn(first, row.values.get(first.name)) or 0))
    past = {} if before is None else _by_key(before)
    greatest = max((drawn(first, row.values.get(first.name)) or 0 for row in rows), default=0)
    end = 100.0 if first.unit == "share" else greatest or 1.0
    shown = [
        GridRow(
            label=sheet.label(dimension, key),
            cells=_cells(row, measures, sheet.words),
            change=None
            if before is None
            else sheet.words.change(first, row.values.get(first.name), past.get(key, {}).get(first.name)),
            bar=charts.in_row((drawn(first, row.values.get(first.name)) or 0) / end),
        )
        for row in rows[:MOST_ROWS]
        for key in [row.keys[dimension]]
    ]
    columns = [GridColumn(one.label[sheet.words.reader.language]) for one in measures]
    corner = _name(dimension, sheet)
    return Grid(corner=corner, columns=columns, rows=shown, left_out=max(0, len(rows) - MOST_ROWS))


def by_two(view: FiguresView, sheet: GridWords, measure: MeasureView) -> Grid:
    """One measure. Steps of time, or the values of the second dimension, are the columns."""
    down, across = view.by if not dimensions.of(view.by[0]).is_period else (view.by[1], view.by[0])
    if dimensions.of(across).is_period:
        known = steps(view, across, sheet.words.reader, sheet.today)
        columns = {one.key: GridColumn(one.label, one.below, one.is_partial) for one in known[-MOST_COLUMNS:]}
        hidden = len(known) - len(columns)
    else:
        ranked = _ranked(view, across, measure)
        columns = {key: GridColumn(sheet.label(across, key)) for key in ranked[:MOST_COLUMNS]}
        hidden = len(ranked) - len(columns)
    found = {(row.keys[down], row.keys[across]): row for row in view.rows}
    keys = _ranked(view, down, measure)
    rows = [
        GridRow(
            label=sheet.label(down, key), cells=[_cell(found.get((key, one)), measure, sheet.words) for one in columns]
        )
        for key in keys[:MOST_ROWS]
    ]
    left_out = hidden + max(0, len(keys) - MOST_ROWS)
    return Grid(corner=_name(down, sheet), columns=list(columns.values()), rows=rows, left_out=left_out)


def _ranked(view: FiguresView, dimension: str, measure: MeasureView) -> list[str]:
    """The values of a dimension, those with most first."""
    total: dict[str, float] = {}
    for row in view.rows:
        found = row.values.get(measure.name)
        weight = 0.0 if found is None else found.denominator or found.count or found.sum or 0.0
        total[row.keys[dimension]] = total.get(row.keys[dimension], 0.0) + weight
    return sorted(total, key=lambda key: (-total[key], key))


def _cells(row: RowView, measures: Sequence[MeasureView], words: FigureWords) -> list[LinkedNumber]:
    return [_cell(row, one, words) for one in measures]


def _cell(row: RowView | None, measure: MeasureView, words: FigureWords) -> LinkedNumber:
    """With the place of an indicator among all units, if it stands out."""
    value = None if row is None else row.values.get(measure.name)
    shown = words.value(measure, value)
    if row is None or value is None:
        return shown
    place = words.place(value)
    detail = f"{shown.detail} · {place}" if place else shown.detail
    return shown._replace(detail=detail, href="" if is_folded(tuple(row.keys.values())) else shown.href)


def _bar(
    step: PeriodStep, found: Mapping[str, ValueView], measure: MeasureView, sheet: GridWords, stacked: Sequence[str]
) -> Bar:
    label = f"{step.label} {step.below}".rstrip()
    if stacked:
        met, missed = ((found[name].numerator or 0) if name in found else 0 for name in STACKED)
        return Bar(label, met + missed, step.is_partial, worse=missed)
    value = found.get(measure.name)
    number = drawn(measure, value)
    text = None
    if not number:
        text = ""
    elif measure.unit != "count":
        text = sheet.words.number(measure, value)
    return Bar(label, number or 0, step.is_partial, text)


def _by_key(view: FiguresView) -> dict[str, Mapping[str, ValueView]]:
    [dimension] = view.by
    return {row.keys[dimension]: row.values for row in view.rows}


def _name(dimension: str, sheet: GridWords) -> str:
    return dimension_label(sheet.labels.document, dimension, sheet.words.reader)


def _in_full(step: PeriodStep, dimension: str, sheet: GridWords) -> str:
    if dimension != "month":
        return step.key
    return sheet.words.reader.text("reports.step", year=step.key[:4], month=step.label)


def _note(step: PeriodStep, sheet: GridWords) -> str:
    return sheet.words.reader.text("reports.partial") if step.is_partial else ""
