"""Routes to export all of an organisation's data."""

from __future__ import annotations

from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.idempotent_requests import reply_of
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.record.export import export_job


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/exports",
        method="POST",
        summary="Start an export of all the organisation's data",
        allow=["person"],
        response=export_job.ExportView,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
        while_closed=True,
    )
    def start_export(call: Call) -> Reply:
        return reply_of(export_job.start(call.wiring, owner_command(call)))

    @api.route(
        "/v1/t/{tenant}/exports/{export}",
        method="GET",
        summary="Get an export's progress and, when it is done, a link to the archive",
        allow=["person"],
        response=export_job.ExportView,
        problems=["forbidden", "not-found"],
    )
    def get_export(call: Call) -> Reply:
        return Reply(export_job.get_export(call.wiring, tenant_of(call), sub_of(call), call.params["export"]))
