"""Routes for operators of the deployment. Requests need an AWS signature (Version 4); ID tokens are not accepted.

`dispatch` logs each call with the operator's ARN. `{id}` is an organisation's id, but no tenant is bound.
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

_TENANT = "/v1/ops/tenants/{id}"


class OpsTenantView(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation's entry in the deployment's directory. `reason`: of a suspension.

    `confirmed`: True after a person first signed in to the organisation.
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
    """`left`: the number still to redrive, from `cursor` on; 10,000 means that many or more.

    `failed`: the number that could not be redriven. They stay parked.
    """

    redriven: int
    failed: int
    left: int
    cursor: str | None


class ReconciliationView(msgspec.Struct, frozen=True, kw_only=True):
    """`job`: the organisation's job (`GET /v1/t/{tenant}/jobs/{job}`, for its owner); null for all organisations."""

    ordered_at: str
    job: str | None


def register(api: Api) -> None:
    _tenant(api)
    _suspension(api)
    _plan(api)
    _parked(api)
    _redrive(api)
    _reconciliation(api)


def _tenant(api: Api) -> None:
    @api.route(
        _TENANT,
        method="GET",
        summary="Get an organisation's state and plan",
        allow=["operator"],
        response=OpsTenantView,
    )
    def ops_get_tenant(call: Call) -> Reply:
        return Reply(suspension.organisation_status(call.wiring, call.params["id"]))


def _suspension(api: Api) -> None:
    @api.route(
        _TENANT + "/suspend",
        method="POST",
        summary="Suspend an organisation, with a reason: its data can be read but not changed",
        allow=["operator"],
        request=suspension.Suspension,
        response=OpsTenantView,
        problems=["conflict"],
    )
    def ops_suspend(call: Call) -> Reply:
        return Reply(suspension.suspend(call.wiring, call.params["id"], call.body))

    @api.route(
        _TENANT + "/resume",
        method="POST",
        summary="End an organisation's suspension",
        allow=["operator"],
        response=OpsTenantView,
        problems=["conflict"],
    )
    def ops_resume(call: Call) -> Reply:
        return Reply(suspension.resume(call.wiring, call.params["id"]))


def _plan(api: Api) -> None:
    @api.route(
        _TENANT + "/plan",
        method="PUT",
        summary="Change an organisation's plan; existing data beyond the new limits stays, and new data is refused",
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
        summary="List parked aggregates: those that could not be advanced and were removed from the due index",
        allow=["operator"],
        query=ParkedQuery,
        response=ParkedView,
        problems=["not-found"],
    )
    def ops_list_parked(call: Call) -> Reply:
        found, after = quarantine.list_quarantined(call.wiring, 50, cursors.unseal(call, call.query.cursor))
        rows = [{"id": one.tenant, "aggregate": one.hit.aggregate, "parked_at": one.parked_at} for one in found]
        return Reply({"parked": rows, "cursor": cursors.seal(call, after)})


def _redrive(api: Api) -> None:
    """Each call redrives a part of the list, and returns a cursor for the rest."""

    @api.route(
        "/v1/ops/parked/redrive",
        method="POST",
        summary="Redrive all parked aggregates now",
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
        summary="Redrive all parked aggregates of an organisation now",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
    )
    def ops_redrive_tenant(call: Call) -> Reply:
        return _redrive_reply(call, call.params["id"])

    @api.route(
        "/v1/ops/parked/{id}/{aggregate}/redrive",
        method="POST",
        summary="Redrive one parked aggregate now",
        allow=["operator"],
        query=ParkedQuery,
        response=RedrivenView,
    )
    def ops_redrive(call: Call) -> Reply:
        return _redrive_reply(call, call.params["id"], call.params["aggregate"])


def _reconciliation(api: Api) -> None:
    """Each organisation's reconciliation is a separate job. Completed work is not repeated."""

    @api.route(
        "/v1/ops/walk",
        method="POST",
        summary="Order a reconciliation of all organisations: their hourly jobs relay events that were lost",
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
        summary="Reconcile an organisation now: relay events that were lost",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["conflict"],
    )
    def ops_walk(call: Call) -> Reply:
        job = reconciliation_orders.start_now(call.wiring, call.params["id"], call.now)
        return Reply({"ordered_at": to_text(call.now), "job": job}, 202)


def _redrive_reply(call: Call, tenant: str = "", aggregate: str = "") -> Reply:
    found = redrive(call.wiring, tenant, aggregate, cursors.unseal(call, call.query.cursor))
    counts = {"redriven": found.redriven, "failed": found.failed, "left": found.left}
    return Reply({**counts, "cursor": cursors.seal(call, found.after)})
