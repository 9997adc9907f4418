"""A bulk at the desk: what its dry run has found, the last click, its progress, and the list of what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.bulk import commands, queries
from chalicelib.features.bulk.commands import AskForBulk
from chalicelib.features.bulk.pages.ask import BULK
from chalicelib.features.bulk.pages.asked import name_of
from chalicelib.features.bulk.pages.sample import sample_of
from chalicelib.features.bulk.queries import BulkLine
from chalicelib.jobs.job import ENDED
from chalicelib.kit.csv_text import csv_text
from chalicelib.kit.problem import Problem
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.parts.job_reasons import reason_text
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

CSV = "text/csv; charset=utf-8"
_JOB = BULK + "/{bulk}"
_COLUMNS = ("number", "outcome", "reason")


class BulkPageQuery(ToldQuery, frozen=True, kw_only=True):
    cursor: str | None = None


def register(api: Api) -> None:
    @desk_page(api, _JOB, "A bulk: its progress, and what became of each complaint", query=BulkPageQuery)
    def get_desk_bulk_job(call: Call) -> Reply:
        return _shown(call, desk_of(call))

    @desk_form(api, _JOB, "Do what a dry run found possible")
    def post_desk_bulk_job(call: Call) -> Reply:
        desk, asked = desk_of(call), AskForBulk(tenant_of(call), sub_of(call), call.now)
        try:
            done = commands.run(call.wiring, asked, call.params["bulk"]).body["id"]
        except Problem as problem:
            if problem.kind not in ("stale", "conflict"):
                raise
            return see_other(desk.reader.link(f"{desk.path}/bulk/{call.params['bulk']}", told="overtaken"))
        return see_other(desk.reader.link(f"{desk.path}/bulk/{done}"))

    @desk_page(api, _JOB + "/list.csv", "The list of a bulk", produces=CSV)
    def get_desk_bulk_list(call: Call) -> Reply:
        desk = desk_of(call)
        _, found = queries.all_lines(call.wiring.store, tenant_of(call), sub_of(call), call.params["bulk"])
        head = [desk.reader.text(f"bulk.column.{name}") for name in _COLUMNS]
        lines = [list(_cells(one, desk)) for one in found]
        attached = {"Content-Disposition": 'attachment; filename="list.csv"'}
        return Reply("\ufeff" + csv_text([head, *lines]), headers=attached)  # spreadsheets know UTF-8 by the mark


def _cells(line: BulkLine, desk: Desk) -> tuple[str, str, str]:
    """The cells of `_COLUMNS`."""
    return line.number, desk.reader.text(f"bulk.outcome.{line.outcome}"), desk.reader.label(line.text)


def _shown(call: Call, desk: Desk) -> Reply:
    position = cursors.position(call, call.query.cursor) or {"slice": "0"}
    job, found, after = queries.listed(
        call.wiring.store, tenant_of(call), sub_of(call), call.params["bulk"], int(position["slice"])
    )
    reader, bulk = desk.reader, queries.bulk_view(job)
    can_run = bulk.state == "done" and bulk.checked is None and bulk.counts.get("possible", 0) > 0
    values = {
        "bulk": bulk,
        "name": name_of(bulk.act, desk),
        "over": bulk.state in ENDED,
        "can_run": can_run,
        "sample": sample_of(call, desk, job) if can_run else None,
        "counts": [(reader.text(f"bulk.outcome.{name}"), number) for name, number in sorted(bulk.counts.items())],
        "reasons": [(reader.label(one.text), one.complaints) for one in bulk.reasons],
        "why": "" if bulk.reason is None else reason_text(bulk.reason, reader),
        "lines": [_cells(one, desk) for one in found],
        "later": call.query.cursor is not None,
        "more": cursors.sign(call, None if after is None else {"slice": str(after)}),
        "told": call.query.told,
        "path": f"{desk.path}/bulk/{bulk.id}",
    }
    return desk.page("bulk/job.html", values)
