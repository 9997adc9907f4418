"""Routes of improvement actions: who does what by when against a cause of complaints, and whether it helped."""

from __future__ import annotations

import msgspec

from chalicelib.features.improvements import commands, queries
from chalicelib.features.improvements.action import ActionView
from chalicelib.features.improvements.queries import ImprovementCaller, caller_of
from chalicelib.features.reports.routes import in_type
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_PATH = "/v1/t/{tenant}/improvements"
_ONE = _PATH + "/{improvement}"
_WEIGHT = 10
"""The count before the action reads the statistics of three months."""


class ImprovementsView(msgspec.Struct, frozen=True, kw_only=True):
    improvements: list[ActionView]
    cursor: str | None


def register(api: Api) -> None:
    _lists(api)
    _commands(api)


def _lists(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the improvement actions, those in progress first, as JSON or CSV",
        allow=["person"],
        query=cursors.ListQuery,
        response=ImprovementsView,
        csv=True,
        problems=["forbidden"],
    )
    def list_improvements(call: Call) -> Reply:
        after = cursors.position(call, call.query.cursor)
        caller = _caller(call)
        page = queries.listed(call.wiring, caller, call.query.limit, after, call.now)
        found = ImprovementsView(improvements=page.improvements, cursor=cursors.sign(call, page.after))
        return in_type(call, found, lambda _, language: queries.as_csv(call.wiring, caller, call.now, language))

    @api.route(
        _ONE,
        method="GET",
        summary="Get an improvement action, with the rates before and after it",
        allow=["person"],
        response=ActionView,
        problems=["forbidden", "not-found"],
    )
    def get_improvement(call: Call) -> Reply:
        return Reply(queries.one(call.wiring, _caller(call), call.params["improvement"], call.now))


def _commands(api: Api) -> None:
    @api.route(
        _PATH,
        method="POST",
        summary="Open an improvement action against a cause of complaints",
        allow=["person"],
        request=commands.NewImprovement,
        response=ActionView,
        status=201,
        problems=["forbidden", "conflict"],
        idempotency="optional",
        weight=_WEIGHT,
    )
    def open_improvement(call: Call) -> Reply:
        return reply_of(commands.create(call.wiring, _command(call), call.body))

    @api.route(
        _ONE + "/acts/{act}",
        method="POST",
        summary="Say that an improvement action is done, cancel it, or hand it over",
        allow=["person"],
        request=commands.ImprovementAct,
        response=ActionView,
        problems=["forbidden", "not-found", "conflict"],
        idempotency="optional",
    )
    def act_on_improvement(call: Call) -> Reply:
        name, given = call.params["act"], call.body
        return reply_of(commands.act(call.wiring, _command(call), call.params["improvement"], name, given))


def _caller(call: Call) -> ImprovementCaller:
    return caller_of(call.wiring, tenant_of(call), sub_of(call), call.now)


def _command(call: Call) -> commands.ImprovementCommand:
    return commands.ImprovementCommand(
        tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=idempotent_request(call)
    )
