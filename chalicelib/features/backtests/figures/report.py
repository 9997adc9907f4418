"""A named report about the complaints of a back-test: as it was, under the draft, and the difference; also as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.features.backtests.backtest_view import State
from chalicelib.features.backtests.figures import parts
from chalicelib.features.backtests.figures.parts import COLUMNS, Column
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.reports import layouts
from chalicelib.features.reports.layouts import CsvFigure, CsvForm, Sheet
from chalicelib.features.reports.query import REPORTS
from chalicelib.features.reports.report import (
    MeasureView,
    ValueView,
    case_address,
    check_size,
    measure_view,
    value_view,
)
from chalicelib.jobs.job import Job
from chalicelib.kit import catalogue
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime.zone import local_text
from chalicelib.statistics.days import day_of
from chalicelib.statistics.question import MOST_DAYS, Question
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.picking import RowKey
from chalicelib.statistics.tabulating.value import Amounts, PerThousand, Ratio, Sum, Times, Value
from chalicelib.wiring import Wiring

_NOT_REPLAYED = frozenset({"published", "repeat_complainants"})
"""Measures that no act of a complaint causes, and those that count no event of it."""
DRAFT_REPORTS = {
    name: tuple(measure for measure in REPORTS[name] if measure not in _NOT_REPLAYED)
    for name in ("inflow", "results", "deadlines")
}
_NOT_DONE = ("act_not_possible", "approval_awaited", "other_role")


class Compared(msgspec.Struct, frozen=True):
    """`change`: of the count, of the share, or of the median in minutes. Null if one of the two has none."""

    before: ValueView | None
    after: ValueView | None
    change: float | None


class ComparedRow(msgspec.Struct, frozen=True):
    keys: dict[str, str]
    values: dict[str, Compared]


class DraftReportView(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`state`: of the back-test; the figures grow until it is `done`. `as_of`: later events are not counted.

    `unknown`: what no replay knows. `left_out`: complaints that were not replayed (`unreadable`), and complaints with
    acts that are not possible, lack an approval, or belong to another role under the draft.
    """

    report: str
    state: State
    first: str
    last: str
    timezone: str
    as_of: str
    complaints: int
    by: list[str]
    measures: list[MeasureView]
    rows: list[ComparedRow]
    unknown: list[dict[str, str]]
    left_out: dict[str, int]


def period(job: Backtest, horizon: Horizon) -> tuple[date, date]:
    """The first day of the back-test's period, and the day until which its complaints are followed."""
    last = date.fromisoformat(day_of(horizon.calendar, job.at))
    first = date.fromisoformat(day_of(horizon.calendar, job.first))
    return max(first, date.fromordinal(last.toordinal() - MOST_DAYS + 1)), last


def check_counted(job: Job) -> Backtest:
    """Raises `Problem("conflict")` for a back-test without figures."""
    test = job.at(Backtest)
    if test.report.complaints and not test.figure_parts:
        raise Problem("conflict", "This back-test has no figures. Start it again.")
    return test


def make(wiring: Wiring, tenant: str, job: Job, report: str, question: Question, horizon: Horizon) -> DraftReportView:
    """Raises `Problem`: `invalid` if it would have too many rows, `conflict`. The caller binds the tenant."""
    test = check_counted(job)
    found = parts.sums(wiring.store, tenant, test.name)
    tables = {column: values.tabulate(question, found[column], horizon) for column in COLUMNS}
    keys = sorted(set().union(*tables.values()))
    check_size(len(keys), sum(len(row) for table in tables.values() for row in table.values()))
    path = f"/v1/t/{tenant}/policy/backtest/{test.id}/reports/{report}/cases"
    return DraftReportView(
        report=report,
        state=job.state,
        first=question.first.isoformat(),
        last=question.last.isoformat(),
        timezone=horizon.calendar.document.timezone,
        as_of=to_text(test.at),
        complaints=test.report.complaints,
        by=list(question.by),
        measures=[measure_view(name) for name in question.measures],
        rows=[_row(key, tables, question, path) for key in keys],
        unknown=[{"zh": one.zh, "en": one.en} for one in catalogue.texts("backtest_unknown").values()],
        left_out={
            "unreadable": test.report.unreadable,
            **{kind: test.report.concerned.get(kind, 0) for kind in _NOT_DONE},
        },
    )


def _row(
    key: RowKey, tables: Mapping[Column, Mapping[RowKey, Mapping[str, Value]]], question: Question, path: str
) -> ComparedRow:
    before, after = (tables[column].get(key, {}) for column in COLUMNS)
    compared = {}
    for name in question.measures:
        if name in before or name in after:
            shown = [
                None if name not in one else value_view(one[name], None, _address(path, name, question, key, column))
                for column, one in zip(COLUMNS, (before, after), strict=True)
            ]
            compared[name] = Compared(shown[0], shown[1], _change(before.get(name), after.get(name)))
    return ComparedRow(dict(zip(question.by, key, strict=True)), compared)


def _address(path: str, measure: str, question: Question, key: RowKey, column: Column) -> str:
    return f"{case_address(path, measure, question, key)}&column={column}"


def _change(before: Value | None, after: Value | None) -> float | None:
    """An absent count is zero."""
    if isinstance(before, Ratio | None) and isinstance(after, Ratio | None):
        shares = [_share(before), _share(after)]
    elif isinstance(before, Times | None) and isinstance(after, Times | None):
        shares = [None if one is None else one.median for one in (before, after)]
    else:
        shares = [_amount(one) for one in (before, after)]
    return None if shares[0] is None or shares[1] is None else round(shares[1] - shares[0], 4)


def _amount(one: Value | None) -> float:
    if isinstance(one, Sum | Amounts):
        return one.total
    return one.count if isinstance(one, PerThousand) else one if isinstance(one, int) else 0


def _share(one: Ratio | None) -> float | None:
    return None if one is None or not one.denominator else one.numerator / one.denominator


_NOTHING = Compared(None, None, None)


def as_csv(report: DraftReportView, form: CsvForm) -> str:
    as_of = local_text(ZoneInfo(report.timezone), report.as_of)
    fixed = {"from": report.first, "to": report.last, "as_of": as_of}
    rows = [(row.keys, row.values) for row in report.rows]
    return layouts.written(Sheet(fixed, report.by, report.measures, rows, _figures), form)


def _figures(measure: MeasureView, value: Compared | None, language: str) -> list[CsvFigure]:
    """Of both columns, and the difference."""
    words, found = catalogue.words("backtest_columns", language), value or _NOTHING
    shown = [
        CsvFigure(f"{column}_{one.name}", f"{words[column]}: {one.label}", one.text)
        for column, part in (("before", found.before), ("after", found.after))
        for one in layouts.figures(measure, part, language)
    ]
    name = layouts.UNITS[measure.unit].change
    return [*shown, CsvFigure(f"change_{name}", words["change"], _change_text(name, found.change))]


def _change_text(name: str, change: float | None) -> str:
    """A share's difference in percentage points."""
    if change is None:
        return ""
    return layouts.plain(change * 100 if name == "share_percentage_points" else change)
