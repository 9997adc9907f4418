"""Routes for the complaint history of a subject or a customer."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.queries import history, search
from chalicelib.decoding import RequestDocument
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.routes.call_context import sub_of, tenant_of
from chalicelib.store.keys import CaseRef


class EarlierComplaint(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    registered_at: str
    stage: str
    stage_name: dict[str, str] | None
    shelf: str
    severity: str | None
    category: dict[str, str]
    unit: str | None


class HistoryView(msgspec.Struct, frozen=True, kw_only=True):
    """Earlier complaints about the same subject and by the same customer: at most 50 of each, newest first."""

    number: str
    subject: list[EarlierComplaint]
    customer: list[EarlierComplaint]


class SubjectView(msgspec.Struct, frozen=True, kw_only=True):
    """`pending`: True if matters about the subject are pending. `complaints`: the newest 50."""

    pending: bool
    pending_matters: list[str]
    complaints: list[EarlierComplaint]


class CustomerSearch(RequestDocument, frozen=True, kw_only=True):
    """Give one: the phone number or the email address from the customer's complaint."""

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=254)] | None = None


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[EarlierComplaint]


_HISTORY = "/v1/t/{tenant}/complaints/{number}/history"
_SUBJECT = "/v1/t/{tenant}/subjects/{subject}"
_SEARCH = "/v1/t/{tenant}/complaints/search"


def register(api: Api) -> None:
    _history(api)
    _search(api)


def _history(api: Api) -> None:
    @api.route(
        _HISTORY,
        method="GET",
        summary="List earlier complaints about the subject and by the customer, for use before contact",
        allow=["person"],
        response=HistoryView,
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
        response=SubjectView,
        problems=["forbidden"],
    )
    def get_subject(call: Call) -> Reply:
        value, route = call.params["subject"], f"GET {_SUBJECT}"
        return Reply(history.subject(call.wiring, tenant_of(call), value, sub_of(call), route, call.now))


def _search(api: Api) -> None:
    @api.route(
        _SEARCH,
        method="POST",
        reads=True,
        summary="Find a customer's complaints by phone or email; a POST, to keep these out of URLs and logs",
        allow=["person"],
        request=CustomerSearch,
        response=SearchResult,
        problems=["forbidden"],
    )
    def search_complaints(call: Call) -> Reply:
        body: CustomerSearch = call.body
        contacts = {kind: value for kind, value in (("phone", body.phone), ("email", body.email)) if value is not None}
        found = search.search(call.wiring, tenant_of(call), sub_of(call), contacts, f"POST {_SEARCH}", call.now)
        return Reply(SearchResult(complaints=msgspec.convert(found, list[EarlierComplaint])))
