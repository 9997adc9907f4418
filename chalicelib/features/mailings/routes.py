"""Routes of mailings: what goes to members by mail, and when."""

from __future__ import annotations

from chalicelib.features.mailings import commands, queries
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command
from chalicelib.web.idempotent_requests import reply_of

_PATH = "/v1/t/{tenant}/mailings"


def register(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the mailings, for owners",
        allow=["person"],
        response=queries.MailingsView,
        problems=["forbidden"],
    )
    def list_mailings(call: Call) -> Reply:
        return Reply(queries.listed(call.wiring, member_request(call)))

    @api.route(
        _PATH,
        method="POST",
        summary="Set a mailing: an inspection or a report goes to members by mail, as a link",
        allow=["person"],
        request=commands.WantedMailing,
        response=commands.MailingView,
        status=201,
        problems=["forbidden", "invalid", "limit-reached", "conflict"],
        idempotency="optional",
    )
    def set_mailing(call: Call) -> Reply:
        return reply_of(commands.add(call.wiring, owner_command(call), call.body))

    @api.route(
        _PATH + "/{mailing}",
        method="DELETE",
        summary="End a mailing",
        allow=["person"],
        status=204,
        problems=["forbidden", "not-found", "conflict"],
        idempotency="optional",
    )
    def end_mailing(call: Call) -> Reply:
        return reply_of(commands.end(call.wiring, owner_command(call), call.params["mailing"]))
