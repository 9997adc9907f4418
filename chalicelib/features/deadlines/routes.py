"""Routes for operators: due entries that failed five times, and their redrive. The API calls them `parked`."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.deadlines import quarantine
from chalicelib.features.deadlines.redrive import redrive
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply

_TENANT = "/v1/ops/tenants/{id}"


class ParkedQuery(RequestDocument, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class ParkedRow(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: the organisation's. `parked_at` in milliseconds since 1970. `reason`: why it is not tried again."""

    id: str
    aggregate: str
    parked_at: int
    reason: str | msgspec.UnsetType = msgspec.UNSET


class ParkedView(msgspec.Struct, frozen=True, kw_only=True):
    parked: list[ParkedRow]
    cursor: str | None


class RedrivenView(msgspec.Struct, frozen=True, kw_only=True):
    """`left`: the number still to redrive, from `cursor` on; 10,000 means that many or more.

    `failed`: the number that could not be redriven. They stay quarantined.
    """

    redriven: int
    failed: int
    left: int
    cursor: str | None


def register(api: Api) -> None:
    _parked(api)
    _redrive(api)


def _parked(api: Api) -> None:
    @api.route(
        "/v1/ops/parked",
        method="GET",
        summary="List quarantined entries: due entries that failed five times and were removed from the due index",
        allow=["operator"],
        query=ParkedQuery,
        response=ParkedView,
        problems=["not-found"],
    )
    def ops_list_parked(call: Call) -> Reply:
        found, after = quarantine.list_quarantined(call.wiring.store, 50, cursors.position(call, call.query.cursor))
        rows = [
            ParkedRow(id=one.tenant, aggregate=one.hit.aggregate, parked_at=one.parked_at, reason=one.reason)
            for one in found
        ]
        return Reply(ParkedView(parked=rows, cursor=cursors.sign(call, after)))


def _redrive(api: Api) -> None:
    """Each call redrives a part of the list, and returns a cursor for the rest."""

    @api.route(
        "/v1/ops/parked/redrive",
        method="POST",
        summary="Redrive all quarantined entries now",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
        problems=["not-found"],
    )
    def ops_redrive_all(call: Call) -> Reply:
        return _redrive_reply(call)

    @api.route(
        "/v1/ops/parked/{id}/redrive",
        method="POST",
        summary="Redrive all quarantined entries of an organisation now",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
    )
    def ops_redrive_tenant(call: Call) -> Reply:
        return _redrive_reply(call, call.params["id"])

    @api.route(
        "/v1/ops/parked/{id}/{aggregate}/redrive",
        method="POST",
        summary="Redrive the quarantined entries of one aggregate now",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
    )
    def ops_redrive(call: Call) -> Reply:
        return _redrive_reply(call, call.params["id"], call.params["aggregate"])


def _redrive_reply(call: Call, tenant: str = "", aggregate: str = "") -> Reply:
    found = redrive(call.wiring, tenant, aggregate, cursors.position(call, call.query.cursor))
    after = cursors.sign(call, found.after)
    return Reply(RedrivenView(redriven=found.redriven, failed=found.failed, left=found.left, cursor=after))
