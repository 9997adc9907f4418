"""Routes for one complaint: views, acts."""

from __future__ import annotations

from chalicelib.casework.record_views import RecordView
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.deadline_views import DeadlinesView
from chalicelib.casework.views.read_log import ReadsView
from chalicelib.features.handling import act
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Reply, etag
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.credentials import source_hash
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_COMPLAINT = "/v1/t/{tenant}/complaints/{number}"


class ActQuery(RequestDocument, frozen=True, kw_only=True):
    dry_run: bool = False


def register(api: Api) -> None:
    _views(api)
    _record(api)
    _reads(api)
    _acts(api)


def _views(api: Api) -> None:
    @api.route(
        _COMPLAINT,
        method="GET",
        summary="Get a complaint, with the acts open to the caller",
        allow=["person", "receipt"],
        programs=True,
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
        programs=True,
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
        programs=True,
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
        query=cursors.ListQuery,
        response=ReadsView,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_reads(call: Call) -> Reply:
        found = complaint.list_reads(
            call.wiring, _complaint_request(call, "/reads"), call.query.limit, cursors.position(call, call.query.cursor)
        )
        return Reply(ReadsView(reads=found.reads, cursor=cursors.sign(call, found.after)))


def _complaint_request(call: Call, view: str) -> complaint.ComplaintRequest:
    return complaint.ComplaintRequest(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=credential_of(call),
        now=call.now,
        route=f"GET {_COMPLAINT}{view}",
    )


def _source(call: Call) -> str:
    return "" if isinstance(call.caller, Person) else source_hash(call, act.MESSAGES)


def _foreseen() -> type:
    from chalicelib.features.handling.dry_run import DryRunView

    return DryRunView


def _acts(api: Api) -> None:
    @api.route(
        _COMPLAINT + "/acts/{act}",
        method="POST",
        summary="Perform an act of the procedure; the response lists the acts then open to the caller",
        allow=["person", "receipt"],
        programs=True,
        request=act.ActFields,
        query=ActQuery,
        response=ComplaintView,
        foreseen=_foreseen,
        problems=["forbidden", "complaint-unknown", "act-not-open", "proposer-gone", "conflict", "too-many-requests"],
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
            text_blocks=call.body.text_blocks,
            request=idempotent_request(call),
            if_match=call.if_match,
            now=call.now,
            source=_source(call),
        )
        if call.query.dry_run:
            from chalicelib.features.handling import dry_run  # most acts are done at once

            found = dry_run.dry_run(call.wiring, command)
            return Reply(found, headers=etag(found.version))
        answer = act.act(call.wiring, command)
        reply = reply_of(answer)
        return Reply(reply.body, reply.status, {**reply.headers, **etag(answer.body["version"])})
