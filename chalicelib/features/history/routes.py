"""Routes for the complaint history of a subject or a customer."""

from __future__ import annotations

from chalicelib.features.history import queries as history
from chalicelib.store.keys import CaseRef
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of

_HISTORY = "/v1/t/{tenant}/complaints/{number}/history"
_SUBJECT = "/v1/t/{tenant}/subjects/{subject}"


def register(api: Api) -> None:
    @api.route(
        _HISTORY,
        method="GET",
        summary="List earlier complaints about the subject and by the customer, for use before contact",
        allow=["person"],
        response=history.HistoryView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_history(call: Call) -> Reply:
        number, route = call.params["number"], f"GET {_HISTORY}"
        return Reply(history.history(call.wiring, CaseRef(tenant_of(call), number), sub_of(call), route, call.now))

    @api.route(
        _SUBJECT,
        method="GET",
        summary="Get a subject's complaints and pending matters",
        allow=["person"],
        response=history.SubjectView,
        problems=["forbidden"],
    )
    def get_subject(call: Call) -> Reply:
        value, route = call.params["subject"], f"GET {_SUBJECT}"
        return Reply(history.subject(call.wiring, tenant_of(call), value, sub_of(call), route, call.now))
