"""Routes for the notices of a case: the preview of the publication, and the acts on it."""

from __future__ import annotations

from chalicelib.casework.complaint_queries import ComplaintRequest
from chalicelib.features.register import act_on_notice, case_notices
from chalicelib.features.register.input import ActOnNotice
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_NOTICES = "/v1/t/{tenant}/complaints/{number}/notices"


def register(api: Api) -> None:
    _list(api)
    _acts(api)


def _list(api: Api) -> None:
    @api.route(
        _NOTICES,
        method="GET",
        summary="List the complaint's notices, with a preview of those that are to be published",
        allow=["person", "receipt"],
        response=case_notices.CaseNotices,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_case_notices(call: Call) -> Reply:
        request = ComplaintRequest(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            now=call.now,
            route=f"GET {_NOTICES}",
        )
        return Reply(case_notices.list_notices(call.wiring, request))


def _acts(api: Api) -> None:
    @api.route(
        _NOTICES + "/{notice}/acts/{act}",
        method="POST",
        summary="Perform an act on a notice: consent, object, edit, approve, withdraw and the like",
        allow=["person", "receipt"],
        request=ActOnNotice,
        response=case_notices.CaseNotice,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict"],
        idempotency="optional",
    )
    def post_notice_act(call: Call) -> Reply:
        command = act_on_notice.NoticeCommand(
            tenant=tenant_of(call),
            number=call.params["number"],
            notice=call.params["notice"],
            act=call.params["act"],
            credential=credential_of(call),
            given=call.body,
            request=idempotent_request(call),
            now=call.now,
        )
        return reply_of(act_on_notice.act(call.wiring, command))
