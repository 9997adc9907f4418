"""Routes for backtests: replay a past period's complaints under a draft policy before publication."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.backtests import backtest_view, queries, start
from chalicelib.features.backtests.comparison import DifferenceKind
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
        after = cursors.unseal(call, call.query.cursor)
        found = queries.list_lines(call.wiring, asked(call), call.query.kind, after)
        return Reply(LinesView(lines=found.lines, cursor=cursors.seal(call, found.after)))


def asked(call: Call) -> queries.Asked:
    return queries.Asked(tenant_of(call), sub_of(call), call.params["id"], call.now)
