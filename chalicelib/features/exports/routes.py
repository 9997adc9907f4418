"""Routes to export all of an organisation's data."""

from __future__ import annotations

from chalicelib.features.exports import export_job
from chalicelib.features.exports.export_job import Format
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of


class ExportQuery(RequestDocument, frozen=True):
    """`format`: `archive` for all data of the organisation, `event-log` for process mining."""

    format: Format = "archive"


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/exports",
        method="POST",
        summary="Start an export of all the organisation's data, or of its event log for process mining",
        allow=["person"],
        query=ExportQuery,
        response=export_job.ExportView,
        status=202,
        problems=["forbidden", "practice", "conflict"],
        idempotency="optional",
        while_closed=True,
    )
    def start_export(call: Call) -> Reply:
        return reply_of(export_job.start(call.wiring, owner_command(call), call.query.format))

    @api.route(
        "/v1/t/{tenant}/exports/{export}",
        method="GET",
        summary="Get an export's progress and, when it is done, a link to the archive",
        allow=["person"],
        response=export_job.ExportView,
        problems=["forbidden", "practice", "not-found"],
    )
    def get_export(call: Call) -> Reply:
        return Reply(export_job.get_export(call.wiring, tenant_of(call), sub_of(call), call.params["export"]))
