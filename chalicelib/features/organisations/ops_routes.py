"""Routes for operators of the deployment: organisations, their suspension and plan, and addresses without mail.

Requests to `/v1/ops` need an AWS signature (Version 4); ID tokens are not accepted. `dispatch` logs each call with the
operator's ARN. `{id}` is an organisation's id, but no tenant is bound.
"""

from __future__ import annotations

from chalicelib.features.messages.mail import lift_stop
from chalicelib.features.organisations import change_plan
from chalicelib.tenants import suspension
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply

_TENANT = "/v1/ops/tenants/{id}"


def register(api: Api) -> None:
    _tenant(api)
    _suspension(api)
    _plan(api)
    _mail(api)


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


def _mail(api: Api) -> None:
    @api.route(
        "/v1/ops/mail-stops/lift",
        method="POST",
        summary="Let mails go to an address again, to which a mail bounced or was reported as spam",
        allow=["operator"],
        request=lift_stop.MailStop,
        response=lift_stop.LiftedStop,
        problems=["not-found"],
    )
    def ops_lift_mail_stop(call: Call) -> Reply:
        wiring = call.wiring
        return Reply(lift_stop.lift(wiring.store, wiring.secrets, wiring.real_clock, call.body))
