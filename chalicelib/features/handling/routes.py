"""Routes for complaints: filing, the staff queue, views, acts."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework import complaint_queries as complaint
from chalicelib.casework.complaint_views import ComplaintView
from chalicelib.casework.deadline_views import DeadlinesView
from chalicelib.casework.read_log import ReadsView
from chalicelib.casework.record_views import RecordView
from chalicelib.features.filing import file_complaint
from chalicelib.features.filing import reissue_receipt as reissue
from chalicelib.features.handling import act
from chalicelib.features.worklists import staff_queue
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Reply, etag
from chalicelib.web.call_context import credential_of, sub_of, tenant_of
from chalicelib.web.credentials import address_hash, source_hash
from chalicelib.web.idempotent_requests import idempotent_request, reply_of, required_idempotent_request


class QueueQuery(staff_queue.QueueFilter, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[staff_queue.QueuedComplaint]
    cursor: str | None


_COMPLAINT = "/v1/t/{tenant}/complaints/{number}"


def register(api: Api) -> None:
    _filing(api)
    _queue(api)
    _views(api)
    _record(api)
    _reads(api)
    _acts(api)
    _receipt(api)


def _filing(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints",
        method="POST",
        summary="File a complaint",
        allow=["public", "person"],
        request=file_complaint.NewComplaint,
        response=file_complaint.FiledComplaint,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="required",
    )
    def post_complaint(call: Call) -> Reply:
        body: file_complaint.NewComplaint = call.body
        command = file_complaint.FileComplaint(
            tenant=tenant_of(call),
            credential=credential_of(call),
            filing=body.filing,
            received=body.received,
            request=idempotent_request(call),
            now=call.now,
            place="" if isinstance(call.caller, Person) else address_hash(call),
            source=source_hash(call, "filings"),
        )
        return reply_of(file_complaint.file_complaint(call.wiring, command))


def _queue(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints",
        method="GET",
        summary="List complaints for staff, earliest deadline first",
        allow=["person"],
        query=QueueQuery,
        response=QueueView,
        problems=["forbidden"],
    )
    def list_complaints(call: Call) -> Reply:
        query: QueueQuery = call.query
        after = cursors.unseal(call, query.cursor)
        page = staff_queue.queue(call.wiring.store, tenant_of(call), sub_of(call), query, after, call.now)
        return Reply(QueueView(complaints=page.rows, cursor=cursors.seal(call, page.after)))


def _views(api: Api) -> None:
    @api.route(
        _COMPLAINT,
        method="GET",
        summary="Get a complaint, with the acts open to the caller",
        allow=["person", "receipt"],
        response=ComplaintView,
        problems=["forbidden", "complaint-unknown", "conflict"],
    )
    def get_complaint(call: Call) -> Reply:
        view = complaint.complaint(call.wiring, _complaint_request(call, ""))
        return Reply(view, headers=etag(view.version))

    @api.route(
        _COMPLAINT + "/deadlines",
        method="GET",
        summary="List the deadlines, with their states and reasons",
        allow=["person", "receipt"],
        response=DeadlinesView,
        problems=["forbidden", "complaint-unknown", "conflict"],
    )
    def get_deadlines(call: Call) -> Reply:
        return Reply(complaint.deadlines(call.wiring, _complaint_request(call, "/deadlines")))


def _record(api: Api) -> None:
    @api.route(
        _COMPLAINT + "/record",
        method="GET",
        summary="Get the record: all events, with the private values that the caller may see",
        allow=["person", "receipt"],
        response=RecordView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_record(call: Call) -> Reply:
        return Reply(complaint.record(call.wiring, _complaint_request(call, "/record")))


def _reads(api: Api) -> None:
    @api.route(
        _COMPLAINT + "/reads",
        method="GET",
        summary="List the read log: who viewed the complaint's private values, newest first",
        allow=["person"],
        query=cursors.PageQuery,
        response=ReadsView,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_reads(call: Call) -> Reply:
        found = complaint.list_reads(
            call.wiring, _complaint_request(call, "/reads"), call.query.limit, cursors.unseal(call, call.query.cursor)
        )
        return Reply(ReadsView(reads=found.reads, cursor=cursors.seal(call, found.after)))


def _complaint_request(call: Call, view: str) -> complaint.ComplaintRequest:
    return complaint.ComplaintRequest(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=credential_of(call),
        now=call.now,
        route=f"GET {_COMPLAINT}{view}",
    )


def _receipt(api: Api) -> None:
    @api.route(
        _COMPLAINT + "/receipt",
        method="POST",
        summary="Issue a new receipt to the complainant; the previous one becomes invalid",
        allow=["person", "receipt"],
        response=reissue.ReissuedReceipt,
        status=201,
        problems=["forbidden", "complaint-unknown", "conflict"],
        idempotency="required",
    )
    def reissue_receipt(call: Call) -> Reply:
        command = reissue.ReissueReceipt(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            request=required_idempotent_request(call),
            now=call.now,
        )
        return reply_of(reissue.reissue(call.wiring, command))


def _acts(api: Api) -> None:
    @api.route(
        _COMPLAINT + "/acts/{act}",
        method="POST",
        summary="Perform an act of the procedure; the response lists the acts then open to the caller",
        allow=["person", "receipt"],
        request=act.ActFields,
        response=ComplaintView,
        problems=["forbidden", "complaint-unknown", "act-not-open", "proposer-gone", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def post_act(call: Call) -> Reply:
        command = act.ActCommand(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            act=call.params["act"],
            fields=call.body.fields,
            on_behalf_of=call.body.on_behalf_of,
            request=idempotent_request(call),
            if_match=call.if_match,
            now=call.now,
        )
        answer = act.act(call.wiring, command)
        reply = reply_of(answer)
        return Reply(reply.body, reply.status, {**reply.headers, **etag(answer.body["version"])})
