"""The route for a member's own figures."""

from __future__ import annotations

from chalicelib.features.worklists import own_figures
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/people/me/figures",
        method="GET",
        summary="Get the caller's own figures",
        allow=["person"],
        response=own_figures.OwnFigures,
        problems=["forbidden"],
    )
    def get_my_figures(call: Call) -> Reply:
        return Reply(own_figures.own_figures(call.wiring, member_request(call)))
