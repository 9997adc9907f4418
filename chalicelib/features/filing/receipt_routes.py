"""The route to issue a new receipt."""

from __future__ import annotations

from chalicelib.features.filing import reissue_receipt as reissue
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of, required_idempotent_request


def register(api: Api) -> None:
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
