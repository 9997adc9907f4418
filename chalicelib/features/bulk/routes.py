"""Routes of bulks: an act on many complaints."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.bulk import commands, queries
from chalicelib.features.bulk.cancel import CancelledBulk, cancel
from chalicelib.features.bulk.commands import AskForBulk
from chalicelib.features.bulk.order import BulkOrder
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import key_of, sub_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_BULK = "/v1/t/{tenant}/bulk"


class SliceQuery(RequestDocument, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


def register(api: Api) -> None:
    _commands(api)
    _cancelling(api)
    _reads(api)


def _commands(api: Api) -> None:
    @api.route(
        _BULK,
        method="POST",
        summary="Start a dry run of an act on many complaints",
        allow=["person"],
        programs=True,
        request=BulkOrder,
        response=queries.BulkView,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
        weight=30,
    )
    def start_bulk(call: Call) -> Reply:
        return reply_of(commands.start(call.wiring, asked_by(call), call.body))

    @api.route(
        _BULK + "/{bulk}/run",
        method="POST",
        summary="Do the act on the complaints on which the dry run found it possible",
        allow=["person"],
        programs=True,
        response=queries.BulkView,
        status=202,
        problems=["forbidden", "stale", "conflict"],
        weight=30,
    )
    def run_bulk(call: Call) -> Reply:
        return reply_of(commands.run(call.wiring, asked_by(call), call.params["bulk"]))


def _cancelling(api: Api) -> None:
    @api.route(
        _BULK + "/{bulk}/cancel",
        method="POST",
        summary="Cancel a bulk or its dry run: what is done stays, the rest is listed as not done",
        allow=["person"],
        programs=True,
        response=CancelledBulk,
        status=202,
        problems=["forbidden", "conflict"],
    )
    def cancel_bulk(call: Call) -> Reply:
        return Reply(cancel(call.wiring, tenant_of(call), sub_of(call), call.params["bulk"], call.now), 202)


def _reads(api: Api) -> None:
    @api.route(
        _BULK + "/{bulk}",
        method="GET",
        summary="Get a bulk: its progress, and its complaints with what became of each",
        allow=["person"],
        programs=True,
        query=SliceQuery,
        response=queries.BulkList,
        problems=["forbidden"],
    )
    def get_bulk(call: Call) -> Reply:
        position = cursors.position(call, call.query.cursor) or {"slice": "0"}
        found, lines, after = queries.listed(
            call.wiring.store, tenant_of(call), sub_of(call), call.params["bulk"], int(position["slice"])
        )
        cursor = cursors.sign(call, None if after is None else {"slice": str(after)})
        return Reply(queries.BulkList(bulk=queries.bulk_view(found), complaints=lines, cursor=cursor))


def asked_by(call: Call) -> AskForBulk:
    return AskForBulk(tenant_of(call), sub_of(call), call.now, idempotent_request(call), key_of(call))
