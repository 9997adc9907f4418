"""Cancel a bulk at the desk: what this means, and the last click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.bulk import queries
from chalicelib.features.bulk.cancel import cancel
from chalicelib.features.bulk.pages.ask import BULK
from chalicelib.features.bulk.pages.asked import name_of
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_CANCEL = BULK + "/{bulk}/cancel"


def register(api: Api) -> None:
    @desk_page(api, _CANCEL, "Cancel a bulk: what is done stays, the rest is listed as not done")
    def get_desk_bulk_cancel(call: Call) -> Reply:
        desk = desk_of(call)
        job = queries.seen_job(call.wiring.store, tenant_of(call), sub_of(call), call.params["bulk"])
        if job.over:
            return see_other(desk.reader.link(_back(desk, call, job.by)))
        bulk = queries.bulk_view(job)
        values = {"bulk": bulk, "name": name_of(bulk.act, desk), "back": _back(desk, call, job.by)}
        return desk.page("bulk/cancel.html", values)

    @desk_form(api, _CANCEL, "Cancel a bulk")
    def post_desk_bulk_cancel(call: Call) -> Reply:
        desk, bulk = desk_of(call), call.params["bulk"]
        by = queries.seen_job(call.wiring.store, tenant_of(call), sub_of(call), bulk).by
        try:
            cancel(call.wiring, tenant_of(call), sub_of(call), bulk, call.now)
        except Problem as problem:
            if problem.kind != "conflict":  # it has ended meanwhile
                raise
            return see_other(desk.reader.link(_back(desk, call, by)))
        return see_other(desk.reader.link(_back(desk, call, by), told="cancelled"))


def _back(desk: Desk, call: Call, by: str) -> str:
    """To the bulk for who started it, who alone sees its list. Owners come from the list of jobs."""
    return f"{desk.path}/bulk/{call.params['bulk']}" if by == sub_of(call) else f"{desk.path}/jobs"
