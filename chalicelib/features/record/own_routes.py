"""Routes for the organisation's own record: its administrative events."""

from __future__ import annotations

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.features.record import organisation_record
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of


class OwnRecordView(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: the envelopes as committed, newest first."""

    events: list[EnvelopeView]
    cursor: str | None


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/record",
        method="GET",
        summary="List the organisation's own record, newest first: invitations, roles, policies, exports, leaving",
        allow=["person"],
        query=cursors.PageQuery,
        response=OwnRecordView,
        problems=["forbidden"],
    )
    def get_own_record(call: Call) -> Reply:
        found = organisation_record.list_events(
            call.wiring.store,
            call.wiring.compiled,
            _record_request(call),
            call.query.limit,
            cursors.unseal(call, call.query.cursor),
        )
        # Not as `EnvelopeView`: an event's hash covers every stored member, also those of other versions.
        return Reply({"events": found.events, "cursor": cursors.seal(call, found.after)})


def _record_request(call: Call) -> organisation_record.OrganisationRecordRequest:
    return organisation_record.OrganisationRecordRequest(tenant_of(call), sub_of(call), call.now)
