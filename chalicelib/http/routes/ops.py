"""Routes for operators of the deployment: signed with AWS Signature Version 4, never with anybody's token.

`handling` logs each call with who made it. `{id}` is an organisation that is looked at from outside: nothing is bound.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.deadlines import quarantine
from chalicelib.deadlines.redrive import redrive
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, RequestDocument
from chalicelib.instants import to_text
from chalicelib.messages.relay import reconciliation_orders
from chalicelib.tenants import change_plan, suspension

_ONE = "/v1/ops/tenants/{id}"


class OpsTenantView(msgspec.Struct, frozen=True, kw_only=True):
    """What the deployment itself knows of an organisation. `reason`: why it is suspended.

    `confirmed`: whether its founder, or anybody, was seen in it since its sign-up.
    """

    id: str
    state: str
    confirmed: bool
    reason: str | None
    plan: str
    created_at: str
    leaves_at: str | None


class ParkedQuery(RequestDocument, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class ParkedView(msgspec.Struct, frozen=True, kw_only=True):
    parked: list[dict[str, Any]]
    cursor: str | None


class RedrivenView(msgspec.Struct, frozen=True, kw_only=True):
    """`left`: how many are still to be tried, with `cursor`; 10,000 stands for as many or more.

    `failed`: those that could not be put back. They stay parked.
    """

    redriven: int
    failed: int
    left: int
    cursor: str | None


class ReconciliationView(msgspec.Struct, frozen=True, kw_only=True):
    """`job`: the organisation's, which `GET /v1/t/{tenant}/jobs/{job}` shows its owner; null for all organisations'."""

    ordered_at: str
    job: str | None


def register(api: Api) -> None:
    _tenants(api)
    _parked(api)
    _redrive(api)
    _walk(api)


def _tenants(api: Api) -> None:
    @api.route(
        _ONE,
        method="GET",
        summary="An organisation, as the deployment knows it",
        allow=["operator"],
        response=OpsTenantView,
    )
    def ops_get_tenant(call: Call) -> Reply:
        return Reply(suspension.organisation_status(call.wiring, call.params["id"]))

    @api.route(
        _ONE + "/suspend",
        method="POST",
        summary="Refuse an organisation's writes, with a reason; what it has can be read",
        allow=["operator"],
        request=suspension.Suspension,
        response=OpsTenantView,
        problems=["conflict"],
    )
    def ops_suspend(call: Call) -> Reply:
        return Reply(suspension.suspend(call.wiring, call.params["id"], call.body))

    @api.route(
        _ONE + "/resume",
        method="POST",
        summary="Take an organisation's writes again",
        allow=["operator"],
        response=OpsTenantView,
        problems=["conflict"],
    )
    def ops_resume(call: Call) -> Reply:
        return Reply(suspension.resume(call.wiring, call.params["id"]))

    @api.route(
        _ONE + "/plan",
        method="PUT",
        summary="Give an organisation another plan; what it has beyond that stays, and nothing new is let in",
        allow=["operator"],
        request=change_plan.PlanChange,
        response=OpsTenantView,
        problems=["conflict"],
    )
    def ops_change_plan(call: Call) -> Reply:
        return Reply(change_plan.change_plan(call.wiring, call.params["id"], call.body, call.now))


def _parked(api: Api) -> None:
    @api.route(
        "/v1/ops/parked",
        method="GET",
        summary="What could not be advanced and was taken off the index",
        allow=["operator"],
        query=ParkedQuery,
        response=ParkedView,
        problems=["not-found"],
    )
    def ops_list_parked(call: Call) -> Reply:
        found, after = quarantine.list_quarantined(call.wiring, 50, cursors.unseal(call, call.query.cursor))
        shown = [{"id": one.tenant, "aggregate": one.hit.aggregate, "parked_at": one.parked_at} for one in found]
        return Reply({"parked": shown, "cursor": cursors.seal(call, after)})


def _redrive(api: Api) -> None:
    """Each call does a part of the list, and says what is left."""

    @api.route(
        "/v1/ops/parked/redrive",
        method="POST",
        summary="Put all that is parked back, and try it at once",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
        problems=["not-found"],
    )
    def ops_redrive_all(call: Call) -> Reply:
        return _redriven(call)

    @api.route(
        "/v1/ops/parked/{id}/redrive",
        method="POST",
        summary="Put back all that is parked of an organisation, and try it at once",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
    )
    def ops_redrive_tenant(call: Call) -> Reply:
        return _redriven(call, call.params["id"])

    @api.route(
        "/v1/ops/parked/{id}/{aggregate}/redrive",
        method="POST",
        summary="Put it back, and try it at once",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
    )
    def ops_redrive(call: Call) -> Reply:
        return _redriven(call, call.params["id"], call.params["aggregate"])


def _walk(api: Api) -> None:
    """Each organisation's walk is a job of its own; what was done already is not done again."""

    @api.route(
        "/v1/ops/walk",
        method="POST",
        summary="Have every organisation's hourly job tell what was lost on the way from the record",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["not-found"],
    )
    def ops_walk_all(call: Call) -> Reply:
        reconciliation_orders.order_for_all(call.wiring, call.now)
        return Reply({"ordered_at": to_text(call.now), "job": None}, 202)

    @api.route(
        "/v1/ops/walk/{id}",
        method="POST",
        summary="Tell now what was lost on the way from an organisation's record",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["conflict"],
    )
    def ops_walk(call: Call) -> Reply:
        job = reconciliation_orders.start_now(call.wiring, call.params["id"], call.now)
        return Reply({"ordered_at": to_text(call.now), "job": job}, 202)


def _redriven(call: Call, tenant: str = "", aggregate: str = "") -> Reply:
    found = redrive(call.wiring, tenant, aggregate, cursors.unseal(call, call.query.cursor))
    shown = {"redriven": found.redriven, "failed": found.failed, "left": found.left}
    return Reply({**shown, "cursor": cursors.seal(call, found.after)})
