"""Routes to export all of an organisation's data."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.idempotent_requests import reply_of
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.record.export import export_job


class ExportView(msgspec.Struct, frozen=True, kw_only=True):
    """`progress`: complaints `done` and in total. `size`: bytes so far. `url`: set when done, valid for five minutes.
    `reason`: of a failure."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    reason: str | None
    progress: dict[str, int | None]
    size: int
    started_at: str
    ended_at: str | None
    url: str | None


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/exports",
        method="POST",
        summary="Start an export of all the organisation's data",
        allow=["person"],
        response=ExportView,
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
        response=ExportView,
        problems=["forbidden", "not-found"],
    )
    def get_export(call: Call) -> Reply:
        return Reply(export_job.get_export(call.wiring, tenant_of(call), sub_of(call), call.params["export"]))
