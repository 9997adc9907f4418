"""Routes for operators of the deployment: organisations, their use, suspension and plan.

Requests to `/v1/ops` need an AWS signature (Version 4); ID tokens are not accepted. `dispatch` logs each call with the
operator's ARN. `{id}` is an organisation's id, but no tenant is bound.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.organisations import change_plan, usage
from chalicelib.kit.decoding import RequestDocument
from chalicelib.tenants import suspension
from chalicelib.tenants.directory import Directory
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply

_TENANTS = "/v1/ops/tenants"
_TENANT = _TENANTS + "/{id}"
_PAGE = 50


class OpsTenantsQuery(RequestDocument, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class OpsTenantsView(msgspec.Struct, frozen=True, kw_only=True):
    tenants: list[suspension.OpsTenantView]
    cursor: str | None


def register(api: Api) -> None:
    _list(api)
    _tenant(api)
    _usage(api)
    _suspension(api)
    _plan(api)


def _list(api: Api) -> None:
    @api.route(
        _TENANTS,
        method="GET",
        summary="List the organisations of the deployment by id, also suspended, leaving and erased ones",
        allow=["operator"],
        query=OpsTenantsQuery,
        response=OpsTenantsView,
        problems=["not-found"],
    )
    def ops_list_tenants(call: Call) -> Reply:
        directory = Directory(call.wiring.store, call.wiring.real_clock)
        found, after = directory.page(_PAGE, cursors.position(call, call.query.cursor))
        rows = [suspension.status_view(tenant, listing) for tenant, listing in found]
        return Reply(OpsTenantsView(tenants=rows, cursor=cursors.sign(call, after)))


def _tenant(api: Api) -> None:
    @api.route(
        _TENANT,
        method="GET",
        summary="Get an organisation's state and plan",
        allow=["operator"],
        response=suspension.OpsTenantView,
    )
    def ops_get_tenant(call: Call) -> Reply:
        return Reply(suspension.organisation_status(call.wiring.store, call.wiring.real_clock, call.params["id"]))


def _usage(api: Api) -> None:
    @api.route(
        _TENANT + "/usage",
        method="GET",
        summary="Get the limits of an organisation's plan and their use",
        allow=["operator"],
        response=usage.Usage,
    )
    def ops_get_usage(call: Call) -> Reply:
        return Reply(usage.usage_for_operators(call.wiring, call.params["id"], call.now))


def _suspension(api: Api) -> None:
    @api.route(
        _TENANT + "/suspend",
        method="POST",
        summary="Suspend an organisation, with a reason: its data can be read but not changed",
        allow=["operator"],
        request=suspension.Suspension,
        response=suspension.OpsTenantView,
        problems=["conflict"],
    )
    def ops_suspend(call: Call) -> Reply:
        return Reply(suspension.suspend(call.wiring, call.params["id"], call.body))

    @api.route(
        _TENANT + "/resume",
        method="POST",
        summary="End an organisation's suspension",
        allow=["operator"],
        response=suspension.OpsTenantView,
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
        response=suspension.OpsTenantView,
        problems=["conflict"],
    )
    def ops_change_plan(call: Call) -> Reply:
        return Reply(change_plan.change_plan(call.wiring, call.params["id"], call.body, call.now))
