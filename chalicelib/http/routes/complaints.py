"""Routes for complaints: filing, the staff queue, views, acts."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from chalicelib.casework.commands import act, file_complaint
from chalicelib.casework.commands import reissue_receipt as reissue
from chalicelib.casework.queries import complaint, staff_queue
from chalicelib.complaints.filing import Filing
from chalicelib.decoding import RequestDocument
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Person, Reply, etag
from chalicelib.http.credentials import address_hash
from chalicelib.http.idempotent_requests import idempotent_request, reply_of, required_idempotent_request
from chalicelib.http.routes import complaint_schemas, record_schemas
from chalicelib.http.routes.call_context import credential_of, sub_of, tenant_of
from chalicelib.policy.language.fact_kinds import FieldValue

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class NewComplaint(RequestDocument, frozen=True, kw_only=True):
    """`facts`: values by the policy's dotted keys. `category`: a value, or a value by dimension."""

    channel: _Name
    facts: dict[str, FieldValue]
    severity: _Name | None = None
    category: _Name | dict[str, str] | None = None
    subject: _Name | None = None
    unit: _Name | None = None
    language: Literal["zh", "en"] | None = None
    """The language of emails to the complainant; by default the organisation's."""


class ActFields(RequestDocument, frozen=True, kw_only=True):
    """`on_behalf_of`: a member records an act for the complainant, such as an oral statement."""

    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    on_behalf_of: Literal["complainant"] | None = None


class QueueQuery(RequestDocument, frozen=True, kw_only=True):
    shelf: Literal["open", "pending", "supervision", "archived", "void"] = "open"
    stage: _Name | None = None
    severity: _Name | None = None
    channel: _Name | None = None
    unit: _Name | None = None
    missed: bool = False
    """Only complaints with a missed deadline that is still open, as inspections ask for."""
    tier: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    """Only complaints at this tier or a higher one."""
    mine: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


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
        request=NewComplaint,
        response=complaint_schemas.FiledComplaint,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="required",
    )
    def post_complaint(call: Call) -> Reply:
        body: NewComplaint = call.body
        filing = Filing(
            channel=body.channel,
            facts=body.facts,
            severity=body.severity,
            category=body.category,
            subject=body.subject,
            unit=body.unit,
            language=body.language,
        )
        command = file_complaint.FileComplaint(
            tenant=tenant_of(call),
            credential=credential_of(call),
            filing=filing,
            request=idempotent_request(call),
            now=call.now,
            place="" if isinstance(call.caller, Person) else address_hash(call),
        )
        return reply_of(file_complaint.file_complaint(call.wiring, command))


def _queue(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints",
        method="GET",
        summary="List complaints for staff, earliest deadline first",
        allow=["person"],
        query=QueueQuery,
        response=complaint_schemas.QueueView,
        problems=["forbidden"],
    )
    def list_complaints(call: Call) -> Reply:
        query: QueueQuery = call.query
        filters = staff_queue.QueueFilter(
            shelf=query.shelf,
            stage=query.stage,
            severity=query.severity,
            channel=query.channel,
            unit=query.unit,
            missed=query.missed,
            tier=query.tier,
            mine=query.mine,
            limit=query.limit,
        )
        after = cursors.unseal(call, query.cursor)
        page = staff_queue.queue(call.wiring.store, tenant_of(call), sub_of(call), filters, after, call.now)
        rows = msgspec.convert(page.rows, list[complaint_schemas.QueuedComplaint], from_attributes=True)
        return Reply(complaint_schemas.QueueView(complaints=rows, cursor=cursors.seal(call, page.after)))


def _views(api: Api) -> None:
    @api.route(
        _COMPLAINT,
        method="GET",
        summary="Get a complaint, with the acts open to the caller",
        allow=["person", "receipt"],
        response=complaint_schemas.ComplaintView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_complaint(call: Call) -> Reply:
        view, version = complaint.complaint(call.wiring, _complaint_request(call, ""))
        return Reply(view, headers=etag(version))

    @api.route(
        _COMPLAINT + "/deadlines",
        method="GET",
        summary="List the deadlines, with their states and reasons",
        allow=["person", "receipt"],
        response=complaint_schemas.DeadlinesView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_deadlines(call: Call) -> Reply:
        return Reply({"deadlines": complaint.deadlines(call.wiring, _complaint_request(call, "/deadlines"))})


def _record(api: Api) -> None:
    @api.route(
        _COMPLAINT + "/record",
        method="GET",
        summary="Get the record: all events, with the private values that the caller may see",
        allow=["person", "receipt"],
        response=record_schemas.RecordView,
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
        response=record_schemas.ReadsView,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_reads(call: Call) -> Reply:
        found = complaint.list_reads(
            call.wiring, _complaint_request(call, "/reads"), call.query.limit, cursors.unseal(call, call.query.cursor)
        )
        reads = msgspec.convert(found.reads, list[record_schemas.ReadView], from_attributes=True)
        return Reply(record_schemas.ReadsView(reads=reads, cursor=cursors.seal(call, found.after)))


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
        response=complaint_schemas.ReissuedReceipt,
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
        request=ActFields,
        response=complaint_schemas.ComplaintView,
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
