"""The route to file a complaint."""

from __future__ import annotations

from chalicelib.features.filing import file_complaint
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.credentials import address_hash, source_hash
from chalicelib.web.idempotent_requests import idempotent_request, reply_of


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints",
        method="POST",
        summary="File a complaint",
        allow=["public", "person"],
        programs=True,
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
