"""Routes for reports about the office: filing one, the reporter's follow-up, and the handlers' side."""

from __future__ import annotations

import msgspec

from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import file_report, follow_up, handle, reference, views
from chalicelib.features.supervision.acts import ReportAct
from chalicelib.features.supervision.changes import RecordedEvent
from chalicelib.features.supervision.views import ReportView
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Receipt, Reply
from chalicelib.web.call_context import receipt_of, sub_of, tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.cursors import ListQuery
from chalicelib.web.idempotent_requests import idempotent_request, reply_of, required_idempotent_request

_REPORTS = "/v1/t/{tenant}/supervision"
_REPORT = _REPORTS + "/{reference}"


class ReportsView(msgspec.Struct, frozen=True, kw_only=True):
    reports: list[views.ReportRow]
    cursor: str | None


def register(api: Api) -> None:
    _filing(api)
    _list(api)
    _report(api)
    _reads(api)
    _messages(api)
    _acts(api)


def _filing(api: Api) -> None:
    @api.route(
        _REPORTS,
        method="POST",
        summary="Report the office or people in it to its supervisors",
        allow=["public", "person"],
        request=file_report.NewReport,
        response=file_report.FiledReport,
        status=201,
        problems=["practice", "conflict"],
        idempotency="required",
        while_closed=True,
    )
    def report_office(call: Call) -> Reply:
        command = file_report.FileReport(
            tenant=tenant_of(call),
            sub=call.caller.sub if isinstance(call.caller, Person) else None,
            payload=call.body,
            request=required_idempotent_request(call),
            place=address_hash(call),
            notice=message.notice,
            now=call.now,
        )
        return reply_of(file_report.file_report(call.wiring, command))


def _list(api: Api) -> None:
    @api.route(
        _REPORTS,
        method="GET",
        summary="List the reports about the office that the caller may handle, newest first",
        allow=["person"],
        query=ListQuery,
        response=ReportsView,
        problems=["forbidden"],
    )
    def list_office_reports(call: Call) -> Reply:
        after = cursors.position(call, call.query.cursor)
        page = views.reports_of(call.wiring, tenant_of(call), sub_of(call), call.query.limit, after, call.now)
        return Reply(ReportsView(reports=page.rows, cursor=cursors.sign(call, page.after)))


def _report(api: Api) -> None:
    @api.route(
        _REPORT,
        method="GET",
        summary="Get a report about the office, as its reporter or as one of its handlers",
        allow=["person", "receipt"],
        response=ReportView,
        problems=["forbidden", "conflict"],
    )
    def get_office_report(call: Call) -> Reply:
        if isinstance(call.caller, Receipt):
            tenant, report_id = tenant_of(call), reference.read(call.params["reference"])
            return Reply(follow_up.get_report(call.wiring, tenant, report_id, call.caller.text, call.now))
        return Reply(handle.get_report(call.wiring, _request(call, "GET", _REPORT)))


def _reads(api: Api) -> None:
    @api.route(
        _REPORT + "/reads",
        method="GET",
        summary="List who has read a report about the office; only its handlers see this",
        allow=["person"],
        response=handle.ReportReads,
        problems=["forbidden", "conflict"],
    )
    def list_office_report_reads(call: Call) -> Reply:
        return Reply(handle.list_reads(call.wiring, _request(call, "GET", _REPORT + "/reads")))


def _messages(api: Api) -> None:
    @api.route(
        _REPORT + "/messages",
        method="POST",
        summary="Add to a report about the office, as its reporter",
        allow=["receipt"],
        request=follow_up.NewMessage,
        response=RecordedEvent,
        problems=["limit-reached", "conflict"],
        idempotency="optional",
        while_closed=True,
    )
    def add_to_office_report(call: Call) -> Reply:
        command = follow_up.AddToReport(
            tenant=tenant_of(call),
            report=reference.read(call.params["reference"]),
            receipt=receipt_of(call),
            text=call.body.text,
            request=idempotent_request(call),
            notice=message.notice,
            now=call.now,
        )
        return reply_of(follow_up.add_to_report(call.wiring, command))


def _acts(api: Api) -> None:
    @api.route(
        _REPORT + "/acts/{act}",
        method="POST",
        summary="Act on a report about the office: take it, note, reply, close it, or admit another supervisor",
        allow=["person"],
        request=ReportAct,
        response=RecordedEvent,
        problems=["forbidden", "act-not-open", "limit-reached", "conflict"],
        idempotency="optional",
        while_closed=True,
    )
    def act_on_office_report(call: Call) -> Reply:
        request = _request(call, "POST", _REPORT + "/acts/{act}")
        command = handle.ActOnReport(
            **msgspec.structs.asdict(request),
            act=call.params["act"],
            payload=call.body,
            request=idempotent_request(call),
            notice=message.notice,
        )
        return reply_of(handle.act(call.wiring, command))


def _request(call: Call, method: str, path: str) -> handle.ReportRequest:
    return handle.ReportRequest(
        tenant=tenant_of(call),
        report=reference.read(call.params["reference"]),
        sub=sub_of(call),
        route=f"{method} {path}",
        now=call.now,
    )
