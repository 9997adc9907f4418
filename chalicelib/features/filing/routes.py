"""Routes to file a complaint, and to issue a new receipt."""

from __future__ import annotations

from chalicelib.features.filing import file_complaint
from chalicelib.features.filing import reissue_receipt as reissue
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.credentials import address_hash, source_hash
from chalicelib.web.idempotent_requests import idempotent_request, reply_of, required_idempotent_request


def register(api: Api) -> None:
    _filing(api)
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


def _receipt(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints/{number}/receipt",
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
