"""Routes for backtests: replay a past period's complaints under a draft policy before publication.

Reports have the figures of a back-test as they were and under its policy, and their complaints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple

import msgspec

from chalicelib.features.backtests import backtest_view, queries, start
from chalicelib.features.backtests.comparison import DifferenceKind
from chalicelib.features.backtests.figures import parts, report
from chalicelib.features.backtests.figures.parts import Column
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.reports.query import ReportQuery, question_of
from chalicelib.features.reports.routes import CasesView, in_type
from chalicelib.jobs.job import Job
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.statistics import cases as statistics
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.horizon import Horizon, horizon_of
from chalicelib.store.port import Store
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of


class LinesQuery(RequestDocument, frozen=True, kw_only=True):
    kind: DifferenceKind | None = None
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class LinesView(msgspec.Struct, frozen=True, kw_only=True):
    lines: list[backtest_view.LineView]
    cursor: str | None


def register(api: Api) -> None:
    _start(api)
    _results(api)
    _reports(api)


def _start(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/backtest",
        method="POST",
        summary="Start a backtest: replay a period's complaints under a draft, without changes",
        allow=["person"],
        request=start.BacktestRequest,
        response=backtest_view.BacktestView,
        status=202,
        problems=["forbidden", "policy-invalid", "not-found", "conflict"],
        idempotency="optional",
    )
    def start_backtest(call: Call) -> Reply:
        return reply_of(start.start(call.wiring, owner_command(call), call.body))


def _results(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/backtest/{id}",
        method="GET",
        summary="Get a backtest's progress and result",
        allow=["person"],
        response=backtest_view.BacktestView,
        problems=["forbidden", "not-found"],
    )
    def get_backtest(call: Call) -> Reply:
        return Reply(queries.get_backtest(call.wiring, asked(call)))

    @api.route(
        "/v1/t/{tenant}/policy/backtest/{id}/lines",
        method="GET",
        summary="List the differences that a backtest found",
        allow=["person"],
        query=LinesQuery,
        response=LinesView,
        problems=["forbidden", "not-found"],
    )
    def get_backtest_lines(call: Call) -> Reply:
        after = cursors.position(call, call.query.cursor)
        found = queries.list_lines(call.wiring, asked(call), call.query.kind, after)
        return Reply(LinesView(lines=found.lines, cursor=cursors.sign(call, found.after)))


def asked(call: Call) -> queries.AskedBacktest:
    return queries.AskedBacktest(tenant_of(call), sub_of(call), call.params["id"], call.now)


PARTS_PER_PAGE = 2


class CasesPage(NamedTuple):
    """`numbers`: may be empty although more follow."""

    numbers: list[str]
    after: Mapping[str, str] | None


class Wanted(NamedTuple):
    """`question`: without `by`; its filters name the value."""

    question: Question
    column: Column
    horizon: Horizon


def page(store: Store, tenant: str, name: str, wanted: Wanted, after: Mapping[str, str] | None) -> CasesPage:
    """`name`: of the back-test. `after`: None for the first page."""
    found = parts.page_of_cases(store, tenant, name, PARTS_PER_PAGE, after)
    numbers = [
        number
        for entry in found.entries
        for number, increments in parts.cases_in(entry, wanted.column).items()
        if statistics.counts(wanted.question, increments, wanted.horizon)
    ]
    return CasesPage(sorted(numbers), found.after)


_PATH = "/v1/t/{tenant}/policy/backtest/{id}/reports/{report}"


class DraftCasesQuery(ReportQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`column`: of the value whose complaints are listed."""

    column: Column = "after"
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


def _reports(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="Get a report about a back-test's complaints: as it was, under the draft, the difference; JSON or CSV",
        allow=["person"],
        query=ReportQuery,
        response=report.DraftReportView,
        csv=True,
        problems=["forbidden", "invalid", "conflict", "not-found"],
    )
    def get_draft_report(call: Call) -> Reply:
        job, horizon, question = _asked(call)
        found = report.make(call.wiring, tenant_of(call), job, call.params["report"], question, horizon)
        return in_type(call, found, report.as_csv)

    @api.route(
        _PATH + "/cases",
        method="GET",
        summary="List the complaints that a figure of a report about a back-test counts",
        allow=["person"],
        query=DraftCasesQuery,
        response=CasesView,
        problems=["forbidden", "invalid", "conflict", "not-found"],
    )
    def list_draft_report_cases(call: Call) -> Reply:
        if call.query.by:
            places = [Place("/query/by", "cannot be given here")]
            raise Problem("invalid", "The list has no dimensions.", places=places)
        job, horizon, question = _asked(call)
        name = report.check_counted(job).name
        wanted, after = Wanted(question, call.query.column, horizon), cursors.position(call, call.query.cursor)
        found = page(call.wiring.store, tenant_of(call), name, wanted, after)
        numbers = queries.not_excluding(call.wiring.store, asked(call), found.numbers)
        return Reply(CasesView(numbers=numbers, cursor=cursors.sign(call, found.after)))


def _asked(call: Call) -> tuple[Job, Horizon, Question]:
    """The back-test, for owners only, and the question. By default it is about the whole time of the back-test."""
    wiring, tenant, query = call.wiring, tenant_of(call), call.query
    job = queries.load_job(wiring.store, wiring.real_clock, tenant, sub_of(call), call.params["id"])
    horizon = horizon_of(wiring, tenant, call.now)
    first, last = report.period(job.at(Backtest), horizon)
    if query.first is None:
        query = msgspec.structs.replace(query, first=first.isoformat())
    question = question_of(call.params["report"], query, lambda: last, report.DRAFT_REPORTS)
    return job, horizon, question
