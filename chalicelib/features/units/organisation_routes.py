"""Routes for the tasks of the organisation as a whole, which the calendar opens."""

from __future__ import annotations

from chalicelib.casework.record_views import RecordView
from chalicelib.casework.unit_access import UnitRequest
from chalicelib.casework.views.read_log import ReadsView
from chalicelib.features.record import verification
from chalicelib.features.record.verification_view import VerificationView
from chalicelib.features.units import act_on_unit
from chalicelib.features.units import queries as unit_look
from chalicelib.features.units.routes import answer_act
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply, etag
from chalicelib.web.call_context import sub_of, tenant_of

_ORGANISATION = "/v1/t/{tenant}/organisation"


def register(api: Api) -> None:
    _tasks(api)
    _record(api)


def _tasks(api: Api) -> None:
    @api.route(
        _ORGANISATION,
        method="GET",
        summary="Get the open tasks of the organisation as a whole",
        allow=["person"],
        response=unit_look.OrganisationTasksView,
        problems=["forbidden"],
    )
    def get_organisation_tasks(call: Call) -> Reply:
        view = unit_look.organisation(call.wiring.store, call.wiring.compiled, _request(call))
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
        return answer_act(call, _request(call))


def _record(api: Api) -> None:
    @api.route(
        _ORGANISATION + "/record",
        method="GET",
        summary="Get the record of the organisation's tasks: all events, with the private values",
        allow=["person"],
        response=RecordView,
        problems=["forbidden"],
    )
    def get_organisation_record(call: Call) -> Reply:
        return Reply(unit_look.record(call.wiring, _request(call, f"GET {_ORGANISATION}/record")))

    @api.route(
        _ORGANISATION + "/reads",
        method="GET",
        summary="List the read log: who viewed the private values of the organisation's tasks, newest first",
        allow=["person"],
        query=cursors.PageQuery,
        response=ReadsView,
        problems=["forbidden"],
    )
    def list_organisation_reads(call: Call) -> Reply:
        after = cursors.unseal(call, call.query.cursor)
        found = unit_look.list_reads(call.wiring.store, call.wiring.compiled, _request(call), call.query.limit, after)
        return Reply(ReadsView(reads=found.reads, cursor=cursors.seal(call, found.after)))

    @api.route(
        _ORGANISATION + "/record/verify",
        method="GET",
        summary="Verify the record of the organisation's tasks",
        allow=["person"],
        response=VerificationView,
        problems=["forbidden"],
    )
    def verify_organisation_record(call: Call) -> Reply:
        return Reply(verification.verify_unit(call.wiring, _request(call)))


def _request(call: Call, route: str = f"GET {_ORGANISATION}") -> UnitRequest:
    return UnitRequest(tenant=tenant_of(call), unit=None, sub=sub_of(call), now=call.now, route=route)
