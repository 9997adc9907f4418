"""Routes about what is known of a subject and a customer."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.casework.queries import history, search
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, RequestDocument
from chalicelib.http.routes.call_context import sub_of, tenant_of


class HistoryView(msgspec.Struct, frozen=True, kw_only=True):
    """Earlier complaints about the same subject, and of the same customer: at most 50 of each, the newest first."""

    number: str
    subject: list[dict[str, Any]]
    customer: list[dict[str, Any]]


class SubjectView(msgspec.Struct, frozen=True, kw_only=True):
    """`pending`: whether matters about the subject are pending; `complaints`: the newest 50."""

    pending: bool
    pending_matters: list[str]
    complaints: list[dict[str, Any]]


class CustomerSearch(RequestDocument, frozen=True, kw_only=True):
    """One of them: what the customer gave when they complained."""

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=254)] | None = None


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[dict[str, Any]]


_HISTORY = "/v1/t/{tenant}/complaints/{number}/history"
_SUBJECT = "/v1/t/{tenant}/subjects/{subject}"
_SEARCH = "/v1/t/{tenant}/complaints/search"


def register(api: Api) -> None:
    @api.route(
        _HISTORY,
        method="GET",
        summary="The subject's and the customer's earlier complaints, to know before contact",
        allow=["person"],
        response=HistoryView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_history(call: Call) -> Reply:
        number, route = call.params["number"], f"GET {_HISTORY}"
        return Reply(history.history(call.wiring, tenant_of(call), number, sub_of(call), route, call.now))

    @api.route(
        _SUBJECT,
        method="GET",
        summary="What is known of a subject, with its pending matters flagged",
        allow=["person"],
        response=SubjectView,
        problems=["forbidden"],
    )
    def get_subject(call: Call) -> Reply:
        value, route = call.params["subject"], f"GET {_SUBJECT}"
        return Reply(history.subject(call.wiring, tenant_of(call), value, sub_of(call), route, call.now))

    @api.route(
        _SEARCH,
        method="POST",
        reads=True,
        summary="A customer's complaints by phone or e-mail, which so stay out of addresses and logs",
        allow=["person"],
        request=CustomerSearch,
        response=SearchResult,
        problems=["forbidden"],
    )
    def search_complaints(call: Call) -> Reply:
        body: CustomerSearch = call.body
        given = {kind: value for kind, value in (("phone", body.phone), ("email", body.email)) if value is not None}
        found = search.search(call.wiring, tenant_of(call), sub_of(call), given, f"POST {_SEARCH}", call.now)
        return Reply(SearchResult(complaints=found))
