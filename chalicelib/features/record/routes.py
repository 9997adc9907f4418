"""Routes for the organisation's own record, and for the verification of this record and of a complaint's."""

from __future__ import annotations

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.record import organisation_record, verification
from chalicelib.features.record.verification_view import VerificationView
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, member_request, tenant_of


class OwnRecordView(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: the envelopes as committed, newest first."""

    events: list[EnvelopeView]
    cursor: str | None


def _list_own(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/record",
        method="GET",
        summary="List the organisation's own record, newest first: invitations, roles, policies, exports, leaving",
        allow=["person"],
        query=cursors.ListQuery,
        response=OwnRecordView,
        problems=["forbidden"],
    )
    def get_own_record(call: Call) -> Reply:
        found = organisation_record.list_events(
            call.wiring.store,
            call.wiring.compiled,
            member_request(call),
            call.query.limit,
            cursors.position(call, call.query.cursor),
        )
        # Not as `EnvelopeView`: an event's hash covers every stored member, also those of other versions.
        return Reply({"events": found.events, "cursor": cursors.sign(call, found.after)})


_COMPLAINT = "/v1/t/{tenant}/complaints/{number}/record/verify"


def register(api: Api) -> None:
    _list_own(api)
    _verify(api)


def _verify(api: Api) -> None:
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
        return Reply(verification.verify_organisation(call.wiring, member_request(call)))
