"""Routes for backtests: replay a past period's complaints under a draft policy before publication.

Reports have the figures of a back-test as they were and under its policy, and their complaints.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.backtests import backtest_view, queries, start
from chalicelib.features.backtests.comparison import DifferenceKind
from chalicelib.features.backtests.figures import report, report_queries
from chalicelib.features.reports.query import TableQuery
from chalicelib.features.reports.routes import CasesView, csv_form, in_type
from chalicelib.kit.decoding import RequestDocument
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


_PATH = "/v1/t/{tenant}/policy/backtest/{id}/reports/{report}"


class DraftCasesQuery(report_queries.ValueQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`column`: of the value whose complaints are listed."""

    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


def _reports(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="Get a report about a back-test's complaints: as it was, under the draft, the difference; JSON or CSV",
        allow=["person"],
        query=TableQuery,
        response=report.DraftReportView,
        csv=True,
        problems=["forbidden", "invalid", "conflict", "not-found"],
    )
    def get_draft_report(call: Call) -> Reply:
        found = report_queries.get_report(call.wiring, asked(call), call.params["report"], call.query)
        return in_type(call, found, lambda shown, language: report.as_csv(shown, csv_form(call, language)))

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
        name, query, after = call.params["report"], call.query, cursors.position(call, call.query.cursor)
        found = report_queries.list_cases(call.wiring, asked(call), name, query, after)
        return Reply(CasesView(numbers=found.numbers, cursor=cursors.sign(call, found.after)))
