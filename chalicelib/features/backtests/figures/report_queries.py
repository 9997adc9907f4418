"""Queries of the reports about a back-test's complaints, for owners, and of the complaints behind a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.features.backtests import queries
from chalicelib.features.backtests.figures import parts, report
from chalicelib.features.backtests.figures.parts import Column
from chalicelib.features.backtests.figures.report import DraftReportView
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.queries import AskedBacktest
from chalicelib.features.reports.queries import CasesPage
from chalicelib.features.reports.query import ReportQuery, check_undivided, question_of
from chalicelib.jobs.job import Job
from chalicelib.statistics import cases as statistics
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.horizon import Horizon, horizon_of
from chalicelib.wiring import Wiring

PARTS_PER_PAGE = 2


class ValueQuery(ReportQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`column`: of the value."""

    column: Column = "after"


class _About(NamedTuple):
    job: Job
    horizon: Horizon
    question: Question


def get_report(wiring: Wiring, asked: AskedBacktest, name: str, query: ReportQuery) -> DraftReportView:
    """Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict`. The caller binds the tenant."""
    about = _about(wiring, asked, name, query)
    return report.make(wiring, asked.tenant, about.job, name, about.question, about.horizon)


def list_cases(
    wiring: Wiring, asked: AskedBacktest, name: str, query: ValueQuery, after: Mapping[str, str] | None
) -> CasesPage:
    """The complaints that a value counts. Raises as `get_report`."""
    check_undivided(query)
    about = _about(wiring, asked, name, query)
    test = report.check_counted(about.job).name
    found = parts.page_of_cases(wiring.store, asked.tenant, test, PARTS_PER_PAGE, after)
    numbers = [
        number
        for entry in found.entries
        for number, increments in parts.cases_in(entry, query.column).items()
        if statistics.counts(about.question, increments, about.horizon)
    ]
    return CasesPage(queries.not_excluding(wiring.store, asked, sorted(numbers)), found.after)


def _about(wiring: Wiring, asked: AskedBacktest, name: str, query: ReportQuery) -> _About:
    """The back-test and the question. By default it is about the whole time of the back-test."""
    job = queries.load_job(wiring.store, wiring.real_clock, asked.tenant, asked.sub, asked.id)
    horizon = horizon_of(wiring, asked.tenant, asked.now)
    first, last = report.period(job.at(Backtest), horizon)
    if query.first is None:
        query = replace(query, first=first.isoformat())
    return _About(job, horizon, question_of(name, query, lambda: last, report.DRAFT_REPORTS))
