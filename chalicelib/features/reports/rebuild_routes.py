"""Routes of the statistics: the rebuild of all figures from the records."""

from __future__ import annotations

from chalicelib.jobs.job_view import JobView
from chalicelib.statistics.rebuild import start
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command
from chalicelib.web.idempotent_requests import reply_of


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/statistics/rebuild",
        method="POST",
        summary="Count all figures again from the records",
        allow=["person"],
        response=JobView,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def rebuild_statistics(call: Call) -> Reply:
        return reply_of(start.start(call.wiring, owner_command(call)))
