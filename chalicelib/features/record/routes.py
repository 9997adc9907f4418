"""Routes that verify a complaint's record and the organisation's own."""

from __future__ import annotations

from chalicelib.casework.complaint_queries import ComplaintRequest
from chalicelib.features.record import verification
from chalicelib.features.record.organisation_record import OrganisationRecordRequest
from chalicelib.features.record.verification_view import VerificationView
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, sub_of, tenant_of

_COMPLAINT = "/v1/t/{tenant}/complaints/{number}/record/verify"


def register(api: Api) -> None:
    @api.route(
        _COMPLAINT,
        method="GET",
        summary="Verify the record: detect changed, removed, reordered or cut off events",
        allow=["person", "receipt"],
        response=VerificationView,
        problems=["forbidden", "complaint-unknown"],
    )
    def verify_record(call: Call) -> Reply:
        request = ComplaintRequest(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            now=call.now,
            route=f"GET {_COMPLAINT}",
        )
        return Reply(verification.verify_complaint(call.wiring, request))

    @api.route(
        "/v1/t/{tenant}/record/verify",
        method="GET",
        summary="Verify the organisation's own record",
        allow=["person"],
        response=VerificationView,
        problems=["forbidden"],
    )
    def verify_own_record(call: Call) -> Reply:
        request = OrganisationRecordRequest(tenant_of(call), sub_of(call), call.now)
        return Reply(verification.verify_organisation(call.wiring, request))
