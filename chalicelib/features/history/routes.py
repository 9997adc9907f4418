"""Routes for the complaint history of a subject or a customer."""

from __future__ import annotations

from chalicelib.features.history import queries as history
from chalicelib.features.search import queries as search
from chalicelib.features.search.criteria import ComplaintSearch
from chalicelib.features.search.queries import SearchRequest
from chalicelib.features.similar import queries as similar
from chalicelib.store.keys import CaseRef
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of

_HISTORY = "/v1/t/{tenant}/complaints/{number}/history"
_SIMILAR = "/v1/t/{tenant}/complaints/{number}/similar"
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
        response=history.HistoryView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_history(call: Call) -> Reply:
        number, route = call.params["number"], f"GET {_HISTORY}"
        return Reply(history.history(call.wiring, CaseRef(tenant_of(call), number), sub_of(call), route, call.now))

    @api.route(
        _SIMILAR,
        method="GET",
        summary="List complaints with a similar text, the most similar first",
        allow=["person"],
        response=similar.SimilarView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_similar(call: Call) -> Reply:
        ref, route = CaseRef(tenant_of(call), call.params["number"]), f"GET {_SIMILAR}"
        return Reply(similar.similar_complaints(call.wiring, ref, sub_of(call), route, call.now))

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


def _search(api: Api) -> None:
    @api.route(
        _SEARCH,
        method="POST",
        reads=True,
        summary="Search for complaints; a POST, to keep words and phone numbers out of URLs and logs",
        allow=["person"],
        request=ComplaintSearch,
        response=search.SearchResult,
        problems=["forbidden", "invalid-cursor"],
    )
    def search_complaints(call: Call) -> Reply:
        after = cursors.unseal(call, call.body.cursor)
        asked = SearchRequest(sub_of(call), call.body, after, f"POST {_SEARCH}", call.now)
        page = search.search(call.wiring, tenant_of(call), asked)
        cursor = cursors.seal(call, page.after)
        return Reply(search.SearchResult(complaints=page.complaints, cursor=cursor, incomplete=page.incomplete))
