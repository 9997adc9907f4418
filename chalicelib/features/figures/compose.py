"""Composes an edition of a period from the statistics: counts by channel, week and each kind of category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from chalicelib.features.figures.edition import EditionSummary, EditionView, FiguresMeasure, FiguresRow, FiguresTable
from chalicelib.features.figures.tables import MeasureCounts, ShownCounts
from chalicelib.kit import canonical, catalogue
from chalicelib.policy.language import publicity
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.statistics.counting.series import Increments
from chalicelib.statistics.days import week_of
from chalicelib.statistics.dimensions import CATEGORY, OTHER
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.value import Ratio, Value, half_up

DELAY = timedelta(days=10)
"""From the last day of a period to its publication: events that arrive late are in, and deadlines have ended."""


class FiguresPeriod(msgspec.Struct, frozen=True):
    """`name`: `2026-09`, `2026-Q3` or `2026`. Both days are included."""

    name: str
    first: date
    last: date

    @property
    def published_on(self) -> date:
        return self.last + DELAY


def latest(every: publicity.Period, today: date) -> FiguresPeriod:
    """The last period whose day of publication has come."""
    return next(one for one in _backwards(every, today) if one.published_on <= today)


def _backwards(every: publicity.Period, today: date) -> Iterator[FiguresPeriod]:
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    number = (today.year * 12 + today.month - 1) // months
    while True:
        first, following = _month(number * months), _month((number + 1) * months)
        yield FiguresPeriod(_name(every, first), first, following - timedelta(days=1))
        number -= 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _name(every: publicity.Period, first: date) -> str:
    year = f"{first.year:04d}"
    return {"month": f"{year}-{first.month:02d}", "quarter": f"{year}-Q{(first.month + 2) // 3}", "year": year}[every]


FEWEST = 30
"""Deadlines met or missed, for a rate to be published."""
Rows = Mapping[str, Label]
"""The rows of a table with their labels, whether they count anything or not."""


def _named(row: str) -> Label:
    return catalogue.section("figure_rows", dict[str, Label])[row]


def question_about(period: FiguresPeriod, measures: Sequence[str]) -> Question:
    return Question(measures=tuple(measures), first=period.first, last=period.last)


def rows_by_dimension(document: PolicyDocument, period: FiguresPeriod) -> dict[str, Rows]:
    """The rows follow from the policy and the calendar, so that they say nothing about the counts."""
    kinds = document.intake.categories
    return {
        "channel": {**document.intake.channels, OTHER: _named("further")},
        **{CATEGORY + kind: {**kinds[kind], "": _named("not_stated"), OTHER: _named("further")} for kind in kinds},
        "week": {week: Label(zh=week, en=week) for week in _weeks(period)},
    }


def _weeks(period: FiguresPeriod) -> Iterator[str]:
    day = period.first
    while day <= period.last:
        yield week_of(day.isoformat())
        day += timedelta(days=7 - day.weekday())


def counts(
    question: Question, rows: Mapping[str, Rows], increments: Increments, horizon: Horizon
) -> dict[str, MeasureCounts]:
    """By measure. What has none of the rows' values counts in the row `OTHER`."""
    by_dimension = {
        by: values.tabulate(msgspec.structs.replace(question, by=(by,)), increments, horizon) for by in rows
    }
    total = values.tabulate(question, increments, horizon).get((), {})
    found = {}
    for name in question.measures:
        tables = {}
        for by, keys in rows.items():
            cells = dict.fromkeys(keys, 0)
            for (key,), value in by_dimension[by].items():
                cells[key if key in cells else OTHER] += _count(value.get(name))
            tables[by] = list(cells.values())
        found[name] = MeasureCounts(_count(total.get(name)), tables)
    return found


def _count(value: Value | None) -> int:
    if isinstance(value, Ratio):
        return value.numerator
    return value if isinstance(value, int) else 0


def edition(summary: EditionSummary, rows: Mapping[str, Rows], visible: Mapping[str, ShownCounts]) -> EditionView:
    total = _row("", _named("total"), {name: one.total for name, one in visible.items()})
    tables = [FiguresTable(by=by, rows=_rows(by, labels, visible)) for by, labels in rows.items()]
    published = msgspec.to_builtins([total, tables])
    return EditionView(
        summary=summary,
        measures=[_measure(name) for name in visible],
        total=total,
        tables=tables,
        sha256=canonical.digest(published),
    )


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


def _measure(name: str) -> FiguresMeasure:
    texts = MEASURES[name].texts
    label = {"zh": texts.label.zh, "en": texts.label.en}
    return FiguresMeasure(name=name, label=label, definition=texts.definition.en, definition_zh=texts.definition.zh)
