"""Composes an edition of a period from the statistics: counts by channel, week and each kind of category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from chalicelib.features.figures.edition import (
    EditionSummary,
    EditionView,
    FiguresMeasure,
    FiguresRow,
    FiguresTable,
    HeadlineFigures,
    digest_of,
)
from chalicelib.features.figures.tables import MeasureCounts, ShownCounts
from chalicelib.kit import catalogue
from chalicelib.policy.language import publicity
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.worktime.periods import CalendarPeriod, last_ended
from chalicelib.statistics.days import week_of
from chalicelib.statistics.dimensions import CATEGORY, OTHER
from chalicelib.statistics.measures.measure import MeasureTexts
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.period_figures import PeriodFigures
from chalicelib.statistics.tabulating.value import Ratio, Value, half_up

DELAY = timedelta(days=10)
"""From the last day of a period to its publication: events that arrive late are in, and deadlines have ended."""


def published_on(period: CalendarPeriod) -> date:
    return period.last + DELAY


def latest(every: publicity.Period, today: date) -> CalendarPeriod:
    """The last period whose day of publication has come."""
    return last_ended(every, today - DELAY)


FEWEST = 30
"""Deadlines met or missed, for a rate to be published."""
Rows = Mapping[str, Label]
"""The rows of a table with their labels, whether they count anything or not."""


def row_named(row: str) -> Label:
    return catalogue.section("figure_rows", dict[str, Label])[row]


def rows_by_dimension(document: PolicyDocument, period: CalendarPeriod) -> dict[str, Rows]:
    """The rows follow from the policy and the calendar, so that they say nothing about the counts."""
    kinds = document.intake.categories
    return {
        "channel": {**document.intake.channels, OTHER: row_named("further")},
        **{
            CATEGORY + kind: {**kinds[kind], "": row_named("not_stated"), OTHER: row_named("further")} for kind in kinds
        },
        "week": {week: Label(zh=week, en=week) for week in _weeks(period)},
    }


def _weeks(period: CalendarPeriod) -> Iterator[str]:
    day = period.first
    while day <= period.last:
        yield week_of(day.isoformat())
        day += timedelta(days=7 - day.weekday())


def counts(found: PeriodFigures, measures: Iterable[str], rows: Mapping[str, Rows]) -> dict[str, MeasureCounts]:
    """By measure, of some that were read. What has none of the rows' values counts in the row `OTHER`."""
    by_dimension = {by: found.table(by) for by in rows}
    total = found.table().get((), {})
    counted = {}
    for name in measures:
        tables = {}
        for by, keys in rows.items():
            cells = dict.fromkeys(keys, 0)
            for (key,), value in by_dimension[by].items():
                cells[key if key in cells else OTHER] += count_of(value.get(name))
            tables[by] = list(cells.values())
        counted[name] = MeasureCounts(count_of(total.get(name)), tables)
    return counted


def count_of(value: Value | None) -> int:
    if isinstance(value, Ratio):
        return value.numerator
    return value if isinstance(value, int) else 0


def edition(
    summary: EditionSummary,
    rows: Mapping[str, Rows],
    visible: Mapping[str, ShownCounts],
    headline: HeadlineFigures | msgspec.UnsetType,
) -> EditionView:
    total = _row("", row_named("total"), {name: one.total for name, one in visible.items()})
    tables = [FiguresTable(by=by, rows=_rows(by, labels, visible)) for by, labels in rows.items()]
    view = EditionView(
        summary=summary,
        measures=[measure_of(name, texts_of(name)) for name in visible],
        total=total,
        tables=tables,
        headline=headline,
        sha256="",
    )
    return replace(view, sha256=digest_of(msgspec.to_builtins(view)))


def _rows(by: str, labels: Rows, visible: Mapping[str, ShownCounts]) -> list[FiguresRow]:
    cells = {name: one.tables[by] for name, one in visible.items()}
    return [
        _row(key, label, {name: cells[name][at] for name in visible}) for at, (key, label) in enumerate(labels.items())
    ]


def _row(key: str, label: Label, cells: Mapping[str, int | None]) -> FiguresRow:
    return FiguresRow(key=key, label=label.to_json(), values=dict(cells), met_rate=_rate(cells))


def _rate(cells: Mapping[str, int | None]) -> float | None:
    """Computed from the counts shown, so it tells nothing more."""
    met, missed = cells.get("met"), cells.get("missed")
    if met is None or missed is None or met + missed < FEWEST:
        return None
    return half_up(met, met + missed, 3)


def texts_of(name: str) -> MeasureTexts:
    """The definition is that of reports, or one for these figures, which are asked for neither duties nor single
    deadlines."""
    texts = MEASURES[name].texts
    return replace(texts, definition=catalogue.texts("figures_definitions").get(name, texts.definition))


def measure_of(name: str, texts: MeasureTexts) -> FiguresMeasure:
    label = {"zh": texts.label.zh, "en": texts.label.en}
    return FiguresMeasure(name=name, label=label, definition=texts.definition.en, definition_zh=texts.definition.zh)
