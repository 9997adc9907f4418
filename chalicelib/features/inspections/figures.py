"""The figures of an inspection: all tables from one reading of the statistics, so that they agree with each other."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.features.inspections.contents import MOST_ROWS, Part, parts
from chalicelib.features.inspections.document import Figure, FigureRow, FigureTable, ReportFigures, StatedMeasure
from chalicelib.features.inspections.period import InspectedPeriod
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.statistics.dimensions import Labels
from chalicelib.statistics.indicators import Places, places_of_units
from chalicelib.statistics.measures.chinese import DEFINITIONS
from chalicelib.statistics.measures.table import GAMING, MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import Read, Row, read
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon, horizon_of
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Ratio, Times, Value
from chalicelib.wiring import Wiring


class Figures(msgspec.Struct, frozen=True):
    """`complete_until`: all events until then are counted."""

    reports: list[ReportFigures]
    measures: dict[str, StatedMeasure]
    complete_until: Instant


def figures(wiring: Wiring, tenant: str, period: InspectedPeriod, labels: Labels, now: Instant) -> Figures:
    """Raises `Problem("conflict")` while events of the period are not counted yet. The caller binds the tenant."""
    wanted, horizon = parts(period), horizon_of(wiring, tenant, now)
    named = tuple(dict.fromkeys(name for part in wanted for name in part.measures))
    found = read(wiring, tenant, needs_of(_question(named, "", period), horizon, period.step), now)
    end = period.end(horizon.calendar.zone)
    if found.fresh_until is None or found.fresh_until < end:
        raise Problem("conflict", "The figures of this period are still being counted. Repeat the request later.")
    tables = [(part, _table(part, period, found, horizon, labels)) for part in wanted]
    reports = [
        ReportFigures(name, [table for part, table in tables if part.report == name])
        for name in dict.fromkeys(part.report for part in wanted)
    ]
    return Figures(reports, {name: _stated(name) for name in named}, found.fresh_until)


def _question(measures: tuple[str, ...], by: str, period: InspectedPeriod) -> Question:
    return Question(measures=measures, by=(by,) if by else (), first=period.first, last=period.last)


def _table(part: Part, period: InspectedPeriod, found: Read, horizon: Horizon, labels: Labels) -> FigureTable:
    answered = values.tabulate(_question(part.measures, part.by, period), found.increments, horizon)
    rows = [Row(key, cells) for key, cells in sorted(answered.items())]
    kept = _greatest(rows, part.measures[0])
    places = places_of_units(rows, [name for name in part.measures if name in GAMING]) if part.by == "unit" else {}
    return FigureTable(
        by=part.by or None,
        measures=list(part.measures),
        chart=part.measures[0] if part.by and rows else None,
        rows=[_row(part, row, places, labels) for row in kept],
        left_out=len(rows) - len(kept),
    )


def _greatest(rows: list[Row], measure: str) -> list[Row]:
    """In their order, without those beyond `MOST_ROWS` that have the lowest values."""
    kept = sorted(rows, key=lambda row: (-drawn(_figure(row.values.get(measure, 0), None)), row.keys))[:MOST_ROWS]
    return [row for row in rows if any(row is one for one in kept)] if len(kept) < len(rows) else rows


def _row(part: Part, row: Row, places: Places, labels: Labels) -> FigureRow:
    key = row.keys[0] if row.keys else ""
    shown: Mapping[str, Figure] = {
        name: _figure(value, places.get(name, {}).get(key)) for name, value in row.values.items()
    }
    return FigureRow(key, labels.of(part.by, key), dict(shown))


def _figure(value: Value, place: str | None) -> Figure:
    if isinstance(value, Ratio):
        share = round(value.numerator / value.denominator, 4) if value.denominator else None
        return Figure(numerator=value.numerator, denominator=value.denominator, share=share, place=place)
    if isinstance(value, Times):
        return Figure(count=value.count, median=value.median, p90=value.p90)
    return Figure(count=value)


def drawn(figure: Figure | None) -> int:
    """The number that a chart shows: the count, or the numerator of a share."""
    if figure is None:
        return 0
    return (figure.numerator if figure.count is None else figure.count) or 0


def _stated(name: str) -> StatedMeasure:
    one = MEASURES[name]
    unit = "minutes" if one.form == "times" else "count" if one.of is None else "share"
    label = {"zh": one.label.zh, "en": one.label.en}
    return StatedMeasure(
        label=label, definition=one.definition, definition_zh=DEFINITIONS[name], grain=one.grain, unit=unit
    )
