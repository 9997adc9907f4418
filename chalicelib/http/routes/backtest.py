"""Routes for backtests: replay a past period's complaints under a draft policy before publication."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from chalicelib.decoding import RequestDocument
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.idempotent_requests import reply_of
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.oversight.backtest import queries, start
from chalicelib.oversight.backtest.comparison import DifferenceKind


class LineView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`before`: as recorded. `after`: under the draft. Instants are UTC text.

    The kind `unreadable` is not a difference: the complaint could not be replayed.
    """

    kind: DifferenceKind
    number: str
    clock: str | None = None
    run: int | None = None
    before: str | None = None
    after: str | None = None
    act: str | None = None
    reason: str | None = None
    role: str | None = None


class BeforeAfter(msgspec.Struct, frozen=True, kw_only=True):
    before: int
    after: int


class BacktestResult(msgspec.Struct, frozen=True, kw_only=True):
    """`moved`: by clock, how many deadlines are `earlier` and `later`. `counts`, `concerned`, `shown`: lines,
    complaints and the first lines of each kind. `reasons`: why acts are not possible."""

    complaints: int
    unreadable: int
    deadlines: BeforeAfter
    breaches: BeforeAfter
    accepted: BeforeAfter
    tiers: dict[str, BeforeAfter]
    moved: dict[str, dict[str, int]]
    counts: dict[str, int]
    concerned: dict[str, int]
    shown: dict[str, list[LineView]]
    reasons: dict[str, int]


class BacktestView(msgspec.Struct, frozen=True, kw_only=True):
    """`progress`: complaints `done` and in total; `result` grows until `state` is `done`; `reason`: of a failure."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    reason: str | None
    progress: dict[str, int]
    from_: str = msgspec.field(name="from")
    to: str
    as_of: str
    version: str | None
    result: BacktestResult


class LinesQuery(RequestDocument, frozen=True, kw_only=True):
    kind: DifferenceKind | None = None
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class LinesView(msgspec.Struct, frozen=True, kw_only=True):
    lines: list[LineView]
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
        response=BacktestView,
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
        response=BacktestView,
        problems=["forbidden", "not-found"],
    )
    def get_backtest(call: Call) -> Reply:
        return Reply(
            queries.get_backtest(
                call.wiring.store, call.wiring.real_clock, tenant_of(call), sub_of(call), call.params["id"]
            )
        )

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
        found = queries.list_lines(
            call.wiring, tenant_of(call), sub_of(call), call.params["id"], call.query.kind, after
        )
        lines = msgspec.convert(found.lines, list[LineView], from_attributes=True)
        return Reply(LinesView(lines=lines, cursor=cursors.seal(call, found.after)))
