"""Routes for units: the points that complaints add to a unit, its tasks, and those of the organisation as a whole."""

from __future__ import annotations

import msgspec

from chalicelib.casework.record_views import RecordView
from chalicelib.casework.unit_access import UnitRequest
from chalicelib.casework.views.read_log import ReadsView
from chalicelib.features.record import verification
from chalicelib.features.record.verification_view import VerificationView
from chalicelib.features.units import act_on_unit, add_unit
from chalicelib.features.units import queries as unit_look
from chalicelib.tenants import organisation_views
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply, etag
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of


class Units(msgspec.Struct, frozen=True):
    units: list[organisation_views.UnitView]


_UNIT = "/v1/t/{tenant}/units/{unit}"


def register(api: Api) -> None:
    _units(api)
    _change(api)
    _views(api)
    _record(api)
    _acts(api)
    _organisation_tasks(api)
    _organisation_record(api)


def _units(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/units",
        method="POST",
        summary="Add a unit, such as a management office",
        allow=["person"],
        request=add_unit.NewUnit,
        response=organisation_views.UnitView,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def create_unit(call: Call) -> Reply:
        return reply_of(add_unit.add_unit(call.wiring.store, call.wiring.real_clock, owner_command(call), call.body))

    @api.route(
        "/v1/t/{tenant}/units",
        method="GET",
        summary="List the organisation's units, for its people",
        allow=["person"],
        programs=True,
        response=Units,
        problems=["forbidden"],
    )
    def list_units(call: Call) -> Reply:
        return Reply(Units(unit_look.list_units(call.wiring.store, tenant_of(call), sub_of(call))))


def _change(api: Api) -> None:
    @api.route(
        _UNIT,
        method="PUT",
        summary="Choose the unit's calendar and its parent",
        allow=["person"],
        request=add_unit.UnitChange,
        response=organisation_views.UnitView,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def put_unit(call: Call) -> Reply:
        wiring = call.wiring
        return reply_of(
            add_unit.change_unit(wiring.store, wiring.real_clock, owner_command(call), call.params["unit"], call.body)
        )


def _views(api: Api) -> None:
    @api.route(
        _UNIT,
        method="GET",
        summary="Get a unit: its current points and open tasks",
        allow=["person"],
        response=unit_look.UnitStateView,
        problems=["forbidden", "conflict"],
    )
    def get_unit(call: Call) -> Reply:
        view = unit_look.unit(call.wiring.store, call.wiring.compiled, _unit_request(call))
        return Reply(view, headers=etag(view.version))


def _record(api: Api) -> None:
    @api.route(
        _UNIT + "/record",
        method="GET",
        summary="Get the unit's record: all events, with the private values",
        allow=["person"],
        response=RecordView,
        problems=["forbidden"],
    )
    def get_unit_record(call: Call) -> Reply:
        return Reply(unit_look.record(call.wiring, _unit_request(call, f"GET {_UNIT}/record")))

    @api.route(
        _UNIT + "/reads",
        method="GET",
        summary="List the read log: who viewed the unit's private values, newest first",
        allow=["person"],
        query=cursors.ListQuery,
        response=ReadsView,
        problems=["forbidden"],
    )
    def list_unit_reads(call: Call) -> Reply:
        return _reads(call, _unit_request(call))

    @api.route(
        _UNIT + "/record/verify",
        method="GET",
        summary="Verify the unit's record",
        allow=["person"],
        response=VerificationView,
        problems=["forbidden"],
    )
    def verify_unit_record(call: Call) -> Reply:
        return Reply(verification.verify_unit(call.wiring, _unit_request(call)))


def _reads(call: Call, target: UnitRequest) -> Reply:
    after = cursors.position(call, call.query.cursor)
    found = unit_look.list_reads(call.wiring.store, call.wiring.compiled, target, call.query.limit, after)
    return Reply(ReadsView(reads=found.reads, cursor=cursors.sign(call, found.after)))


def _acts(api: Api) -> None:
    @api.route(
        _UNIT + "/acts/{act}",
        method="POST",
        summary="Do a task of the unit (`do_task`); the response lists the open tasks",
        allow=["person"],
        request=act_on_unit.UnitFields,
        response=act_on_unit.UnitTasksView,
        problems=["forbidden", "act-not-open", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def post_unit_act(call: Call) -> Reply:
        return answer_act(call, _unit_request(call))


def answer_act(call: Call, target: UnitRequest) -> Reply:
    """Does the act of the path on a unit, or on the organisation as a whole."""
    command = act_on_unit.UnitActCommand(
        target=target,
        act=call.params["act"],
        fields=call.body.fields,
        request=idempotent_request(call),
        if_match=call.if_match,
    )
    answer = act_on_unit.act(call.wiring, command)
    reply = reply_of(answer)
    return Reply(reply.body, reply.status, {**reply.headers, **etag(answer.body["version"])})


def _unit_request(call: Call, route: str = f"GET {_UNIT}") -> UnitRequest:
    return UnitRequest(tenant=tenant_of(call), unit=call.params["unit"], sub=sub_of(call), now=call.now, route=route)


_ORGANISATION = "/v1/t/{tenant}/organisation"


def _organisation_tasks(api: Api) -> None:
    @api.route(
        _ORGANISATION,
        method="GET",
        summary="Get the open tasks of the organisation as a whole",
        allow=["person"],
        response=unit_look.OrganisationTasksView,
        problems=["forbidden"],
    )
    def get_organisation_tasks(call: Call) -> Reply:
        view = unit_look.organisation(call.wiring.store, call.wiring.compiled, _organisation_request(call))
        return Reply(view, headers=etag(view.version))

    @api.route(
        _ORGANISATION + "/acts/{act}",
        method="POST",
        summary="Do a task of the organisation (`do_task`); the response lists the open tasks",
        allow=["person"],
        request=act_on_unit.UnitFields,
        response=act_on_unit.UnitTasksView,
        problems=["forbidden", "act-not-open", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def post_organisation_act(call: Call) -> Reply:
        return answer_act(call, _organisation_request(call))


def _organisation_record(api: Api) -> None:
    @api.route(
        _ORGANISATION + "/record",
        method="GET",
        summary="Get the record of the organisation's tasks: all events, with the private values",
        allow=["person"],
        response=RecordView,
        problems=["forbidden"],
    )
    def get_organisation_record(call: Call) -> Reply:
        return Reply(unit_look.record(call.wiring, _organisation_request(call, f"GET {_ORGANISATION}/record")))

    @api.route(
        _ORGANISATION + "/reads",
        method="GET",
        summary="List the read log: who viewed the private values of the organisation's tasks, newest first",
        allow=["person"],
        query=cursors.ListQuery,
        response=ReadsView,
        problems=["forbidden"],
    )
    def list_organisation_reads(call: Call) -> Reply:
        return _reads(call, _organisation_request(call))

    @api.route(
        _ORGANISATION + "/record/verify",
        method="GET",
        summary="Verify the record of the organisation's tasks",
        allow=["person"],
        response=VerificationView,
        problems=["forbidden"],
    )
    def verify_organisation_record(call: Call) -> Reply:
        return Reply(verification.verify_unit(call.wiring, _organisation_request(call)))


def _organisation_request(call: Call, route: str = f"GET {_ORGANISATION}") -> UnitRequest:
    return UnitRequest(tenant=tenant_of(call), unit=None, sub=sub_of(call), now=call.now, route=route)
