"""Routes for operators: reports about an office of which no person in the organisation is independent."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.supervision.acts import ReportAct
from chalicelib.features.supervision.changes import RecordedEvent
from chalicelib.features.supervision.operators import reports as operators
from chalicelib.features.supervision.views import ReportView
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import operator_of
from chalicelib.web.idempotent_requests import reply_of

_REPORTS = "/v1/ops/supervision"
_REPORT = _REPORTS + "/{id}/{reference}"


class OpsReportsQuery(RequestDocument, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class OpsReportsView(msgspec.Struct, frozen=True, kw_only=True):
    reports: list[operators.OperatorsRow]
    cursor: str | None


def register(api: Api) -> None:
    _list(api)
    _report(api)
    _acts(api)


def _list(api: Api) -> None:
    @api.route(
        _REPORTS,
        method="GET",
        summary="List the reports about an office that no independent person of the organisation can handle",
        allow=["operator"],
        query=OpsReportsQuery,
        response=OpsReportsView,
        problems=["not-found"],
    )
    def ops_list_office_reports(call: Call) -> Reply:
        page = operators.list_reports(call.wiring.store, cursors.position(call, call.query.cursor))
        return Reply(OpsReportsView(reports=page.rows, cursor=cursors.sign(call, page.after)))


def _report(api: Api) -> None:
    @api.route(
        _REPORT,
        method="GET",
        summary="Get such a report",
        allow=["operator"],
        response=ReportView,
    )
    def ops_get_office_report(call: Call) -> Reply:
        return Reply(operators.get_report(call.wiring, call.params["id"], call.params["reference"]))


def _acts(api: Api) -> None:
    @api.route(
        _REPORT + "/acts/{act}",
        method="POST",
        summary="Act on such a report: take it, note, reply or close it",
        allow=["operator"],
        request=ReportAct,
        response=RecordedEvent,
        problems=["act-not-open", "limit-reached", "conflict"],
    )
    def ops_act_on_office_report(call: Call) -> Reply:
        command = operators.OperatorsAct(
            tenant=call.params["id"],
            report=call.params["reference"],
            operator=operator_of(call),
            act=call.params["act"],
            payload=call.body,
            now=call.now,
        )
        return reply_of(operators.act(call.wiring, command))
