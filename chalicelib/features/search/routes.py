"""Route of the search for complaints."""

from __future__ import annotations

from chalicelib.features.search import queries as search
from chalicelib.features.search.criteria import ComplaintSearch
from chalicelib.features.search.queries import SearchRequest
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of

_SEARCH = "/v1/t/{tenant}/complaints/search"


def register(api: Api) -> None:
    @api.route(
        _SEARCH,
        method="POST",
        reads=True,
        summary="Search for complaints; a POST, to keep words and phone numbers out of URLs and logs",
        allow=["person"],
        programs=True,
        request=ComplaintSearch,
        response=search.SearchResult,
        problems=["forbidden", "invalid-cursor"],
    )
    def search_complaints(call: Call) -> Reply:
        after = cursors.position(call, call.body.cursor)
        asked = SearchRequest(sub_of(call), call.body, after, f"POST {_SEARCH}", call.now)
        page = search.search(call.wiring, tenant_of(call), asked)
        cursor = cursors.sign(call, page.after)
        return Reply(search.SearchResult(complaints=page.complaints, cursor=cursor, incomplete=page.incomplete))
