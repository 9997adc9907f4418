"""The figures of an inspection: the tables of each report, by dimensions with a bounded number of values.

All are from one reading of the statistics, so that they agree with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from chalicelib.features.inspections.document import (
    Figure,
    FigureRow,
    FigureTable,
    ReportFigures,
    StatedMeasure,
    figure_of,
)
from chalicelib.features.inspections.front import changes, headline
from chalicelib.features.inspections.front.front import FrontPage, front_page
from chalicelib.features.reports.query import REPORTS
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.statistics.dimensions import CATEGORY, Labels
from chalicelib.statistics.indicators import Places, places_of_units
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE
from chalicelib.statistics.measures.table import GAMING, MEASURES
from chalicelib.statistics.period_figures import PeriodFigures, read_period
from chalicelib.statistics.reading import AnsweredRow
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.wiring import Wiring

MOST_ROWS = 200
"""Rows of one table. Those with the lowest values of its first measure are left out, and counted."""
_OF_NOW = ("at_risk_1", "at_risk_3", "at_risk_5")
"""Measures of the present, which are no figures of a past period."""
_BY_VALUE = ("answers", "first_outcome", "last_outcome", "satisfaction", "received_per_1000")
"""Measures whose sum over all values says nothing, and the rate, whose denominators can be entered later."""
_TIMES = ("time_to_first_substantive_answer", "time_to_decision", "time_to_closing")
_OPTIONAL = ("unit", "severity", "clause", CATEGORY)
"""The beginnings of dimensions that an organisation may not have. A table in which no value is named is left out."""


class InspectionTable(NamedTuple):
    """One table. `by`: a dimension, or empty for the figures of the whole organisation. `first`: the key of the row
    that comes before all others."""

    report: str
    by: str
    measures: tuple[str, ...]
    is_charted: bool = True
    first: str = ""


def parts(period: CalendarPeriod, kinds: Iterable[str] = ()) -> list[InspectionTable]:
    """In the order of the document. The first measure of a table that is charted is drawn as its chart.

    `kinds`: of categories. Tables by steps of time have no shares: what became of the complaints of the last weeks is
    often still open.
    """
    missed = ("missed", HEADLINE[0], "met", "missed_and_open")
    promised = (HEADLINE[0], "not_done_as_promised", *_TIMES)
    categories = [f"{CATEGORY}{kind}" for kind in kinds]
    return [
        InspectionTable("deadlines", "duty", (*HEADLINE, "cancelled"), is_charted=False, first=OFFICE),
        _whole("deadlines"),
        InspectionTable("deadlines", "clock", (*missed, "lateness", "extended")),
        InspectionTable("deadlines", "clause", missed),
        InspectionTable("deadlines", "cause", ("cancelled",), is_charted=False),
        *(InspectionTable("deadlines", by, promised, is_charted=False) for by in (*categories, "severity")),
        InspectionTable("deadlines", "unit", (*missed, "lateness", *_TIMES)),
        _whole("inflow"),
        InspectionTable("inflow", period.step, ("received", "withdrawn", "transferred")),
        *(InspectionTable("inflow", by, ("received", "accepted", "refused")) for by in categories),
        InspectionTable("inflow", "severity", ("received", "accepted", "refused")),
        InspectionTable("inflow", "ground", ("refused",)),
        InspectionTable("inflow", "channel", ("received", "accepted", "refused", "linked")),
        InspectionTable("inflow", "unit", ("received", "accepted", "refused")),
        _whole("results"),
        InspectionTable("results", period.step, ("closed", "decided")),
        InspectionTable("results", "answer", ("answers",)),
        *(InspectionTable("results", by, ("decided", "disputed", "reopened"), is_charted=False) for by in categories),
        InspectionTable("results", "unit", ("closed", "decided", "reopened", "disputed")),
        _whole("workload"),
        InspectionTable("workload", period.step, ("open",)),
        InspectionTable("workload", "age", ("open",)),
        InspectionTable("workload", "stage", ("open",)),
        InspectionTable("workload", "unit", ("open", "tasks_done", "acts")),
        _whole("indicators"),
        InspectionTable("indicators", "unit", REPORTS["indicators"]),
    ]


def _whole(report: str) -> InspectionTable:
    return InspectionTable(report, "", tuple(one for one in REPORTS[report] if one not in (*_OF_NOW, *_BY_VALUE)))


class InspectionFigures(msgspec.Struct, frozen=True):
    """`complete_until`: all events until then are counted."""

    reports: list[ReportFigures]
    measures: dict[str, StatedMeasure]
    complete_until: Instant
    front: FrontPage


def figures(wiring: Wiring, tenant: str, period: CalendarPeriod, labels: Labels, now: Instant) -> InspectionFigures:
    """Raises `Problem("conflict")` while events of the period are not counted yet. The caller binds the tenant."""
    wanted, horizon = parts(period, labels.document.intake.categories), horizon_of(wiring, tenant, now)
    named = [*(name for part in wanted for name in part.measures), *headline.MEASURES]
    by = [period.step, *changes.dimensions(labels.document)]
    found = read_period(horizon, period, named, by, period.end(horizon.calendar.zone))
    if found is None:
        raise Problem("conflict", "The figures of this period are still being counted. Repeat the request later.")
    tables = [(part, table) for part in wanted if (table := _table(part, found, labels)) is not None]
    reports = [
        ReportFigures(name, [table for part, table in tables if part.report == name])
        for name in dict.fromkeys(part.report for part in wanted)
    ]
    stated = {name: _stated(name) for name in found.question.measures}
    return InspectionFigures(reports, stated, found.fresh_until, front_page(found, period, labels))


def _table(part: InspectionTable, found: PeriodFigures, labels: Labels) -> FigureTable | None:
    """None for a dimension that the organisation does not have."""
    answered = sorted(found.table(part.by, part.measures).items(), key=lambda row: (row[0] != (part.first,), row[0]))
    rows = [AnsweredRow(key, cells) for key, cells in answered]
    if part.by.startswith(_OPTIONAL) and not any(row.keys[0] for row in rows):
        return None
    kept = _greatest(rows, part.measures[0])
    places = places_of_units(rows, [name for name in part.measures if name in GAMING]) if part.by == "unit" else {}
    shown = [_row(part, row, places, labels) for row in kept]
    is_drawn = part.by and part.is_charted and any(drawn(row.figures.get(part.measures[0])) for row in shown)
    return FigureTable(
        by=part.by or None,
        measures=list(part.measures),
        chart=part.measures[0] if is_drawn else None,
        rows=shown,
        left_out=len(rows) - len(kept),
    )


def _greatest(rows: list[AnsweredRow], measure: str) -> list[AnsweredRow]:
    """In their order, without those beyond `MOST_ROWS` that have the lowest values."""
    kept = sorted(rows, key=lambda row: (-drawn(figure_of(row.values.get(measure, 0))), row.keys))[:MOST_ROWS]
    return [row for row in rows if any(row is one for one in kept)] if len(kept) < len(rows) else rows


def _row(part: InspectionTable, row: AnsweredRow, places: Places, labels: Labels) -> FigureRow:
    key = row.keys[0] if row.keys else ""
    shown: Mapping[str, Figure] = {
        name: figure_of(value, places.get(name, {}).get(key)) for name, value in row.values.items()
    }
    return FigureRow(key, labels.of(part.by, key), dict(shown))


def drawn(figure: Figure | None) -> int:
    """The number that a chart shows: the count, or the numerator of a share."""
    if figure is None:
        return 0
    return (figure.numerator if figure.count is None else figure.count) or 0


def _stated(name: str) -> StatedMeasure:
    one = MEASURES[name]
    label = {"zh": one.texts.label.zh, "en": one.texts.label.en}
    return StatedMeasure(
        label=label,
        definition=one.texts.definition.en,
        definition_zh=one.texts.definition.zh,
        grain=one.grain,
        unit=one.unit,
    )
