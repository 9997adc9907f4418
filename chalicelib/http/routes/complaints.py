"""Routes about complaints: filing, the queue, looks, acts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from chalicelib.casework.commands import act, file_complaint
from chalicelib.casework.commands import reissue_receipt as reissue
from chalicelib.casework.queries import complaint, staff_queue
from chalicelib.complaints.filing import Filing
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Person, Reply, RequestDocument, etag
from chalicelib.http.credentials import address_hash
from chalicelib.http.idempotent_requests import idempotent_request, reply_of, required_idempotent_request
from chalicelib.http.routes import complaint_schemas
from chalicelib.http.routes.call_context import credential_of, sub_of, tenant_of

_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class NewComplaint(RequestDocument, frozen=True, kw_only=True):
    """`facts` by dotted key, as the policy names them; `category` a value, or a value by dimension."""

    channel: _Word
    facts: dict[str, Any]
    severity: _Word | None = None
    category: _Word | dict[str, str] | None = None
    subject: _Word | None = None
    unit: _Word | None = None
    language: Literal["zh", "en"] | None = None
    """Of the mails to the complainant; by default the organisation's."""


class ActFields(RequestDocument, frozen=True, kw_only=True):
    """`on_behalf_of`: a member records what the complainant said (an oral case)."""

    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    on_behalf_of: Literal["complainant"] | None = None


class QueueQuery(RequestDocument, frozen=True, kw_only=True):
    shelf: Literal["open", "pending", "supervision", "archived", "void"] = "open"
    stage: _Word | None = None
    severity: _Word | None = None
    channel: _Word | None = None
    unit: _Word | None = None
    missed: bool = False
    """Those alone of which a deadline is missed and still open: what an inspection asks for."""
    tier: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    """Those alone that have reached this tier or a higher one."""
    mine: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


_COMPLAINT = "/v1/t/{tenant}/complaints/{number}"


def register(api: Api) -> None:
    _filing(api)
    _queue(api)
    _looks(api)
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
        summary="The staff's queue, by what is due next",
        allow=["person"],
        query=QueueQuery,
        response=complaint_schemas.QueueView,
        problems=["forbidden"],
    )
    def list_complaints(call: Call) -> Reply:
        query: QueueQuery = call.query
        wanted = staff_queue.QueueFilter(
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
        page = staff_queue.queue(call.wiring, tenant_of(call), sub_of(call), wanted, after, call.now)
        return Reply(complaint_schemas.QueueView(complaints=page.rows, cursor=cursors.seal(call, page.after)))


def _looks(api: Api) -> None:
    @api.route(
        _COMPLAINT,
        method="GET",
        summary="A complaint as it is now, with the acts open to the caller",
        allow=["person", "receipt"],
        response=complaint_schemas.ComplaintView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_complaint(call: Call) -> Reply:
        shown, version = complaint.complaint(call.wiring, _look(call, ""))
        return Reply(shown, headers=etag(version))

    @api.route(
        _COMPLAINT + "/record",
        method="GET",
        summary="The record: every event, with the private values that the caller may see",
        allow=["person", "receipt"],
        response=complaint_schemas.RecordView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_record(call: Call) -> Reply:
        return Reply(complaint.record(call.wiring, _look(call, "/record")))

    @api.route(
        _COMPLAINT + "/record/verify",
        method="GET",
        summary="Whether the record is whole: nothing changed, removed, reordered or cut off",
        allow=["person", "receipt"],
        response=complaint_schemas.VerificationView,
        problems=["forbidden", "complaint-unknown"],
    )
    def verify_record(call: Call) -> Reply:
        from chalicelib.record import verify_record as verify  # it brings the anchors, which no other route here needs

        return Reply(verify.verify(call.wiring, _look(call, "/record/verify")))

    @api.route(
        _COMPLAINT + "/deadlines",
        method="GET",
        summary="Every deadline, with its state and its reasons",
        allow=["person", "receipt"],
        response=complaint_schemas.DeadlinesView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_deadlines(call: Call) -> Reply:
        return Reply({"deadlines": complaint.deadlines(call.wiring, _look(call, "/deadlines"))})

    @api.route(
        _COMPLAINT + "/reads",
        method="GET",
        summary="The read log: who was shown what is private of the complaint, the newest first",
        allow=["person"],
        query=complaint_schemas.PageQuery,
        response=complaint_schemas.ReadsView,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_reads(call: Call) -> Reply:
        found = complaint.reads_of(
            call.wiring, _look(call, "/reads"), call.query.limit, cursors.unseal(call, call.query.cursor)
        )
        return Reply(complaint_schemas.ReadsView(reads=found.reads, cursor=cursors.seal(call, found.after)))


def _look(call: Call, view: str) -> complaint.ComplaintRequest:
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
        summary="Another receipt for the complainant; the one before opens nothing any more",
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
        summary="Do an act of the procedure; the answer lists the acts now open to the caller",
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
