"""Route for the complaints whose text is like that of a complaint."""

from __future__ import annotations

from chalicelib.features.similar import queries as similar
from chalicelib.store.keys import CaseRef
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of

_SIMILAR = "/v1/t/{tenant}/complaints/{number}/similar"


def register(api: Api) -> None:
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
