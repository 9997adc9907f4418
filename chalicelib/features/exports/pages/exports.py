"""The desk's pages of exports, for owners: start one, follow it, download it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.exports import export_job, queries
from chalicelib.features.exports.export_job import ExportView
from chalicelib.jobs.job import ENDED, Job
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.tenants import names
from chalicelib.tenants.people.queries import people_by_sub
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts.job_reasons import reason_text
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

EXPORTS = DESK + "/organisation/exports"
_ONE = EXPORTS + "/{export}"
_KILOBYTE, _MEGABYTE = 1_000, 1_000_000


class ExportLine(msgspec.Struct, frozen=True, kw_only=True):
    """`ready`: the reader can download it. `size`: with its unit; empty until something is written."""

    id: str
    format: str
    by: str
    state: str
    over: bool
    ready: bool
    progress: str
    reason: str
    size: str
    started_at: str
    until: str


def register(api: Api) -> None:
    _list(api)
    _one(api)


def _list(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "exports",
        "The exports of the organisation's data",
        group="data",
        shown_to=is_owner,
        listed=("oversight", "exports.for_mining"),
        is_for=is_owner,
    )
    def get_desk_exports(call: Call) -> Reply:
        return _exports(call, section_desk(call, "organisation"))

    @desk_form(api, EXPORTS, "Start an export", while_closed=True)
    def post_desk_exports(call: Call) -> Reply:
        desk, given = section_desk(call, "organisation"), Answers(call.body)
        format_: export_job.Format = "event-log" if given.one("format") == "event-log" else "archive"
        try:
            answer = export_job.start(call.wiring, owner_form(call, given), format_)
        except Problem as problem:
            if problem.kind not in ("conflict", "practice"):
                raise
            return _exports(call, desk, languages.say(problem.text, desk.reader.language), status=409)
        return see_other(desk.reader.link(_ONE.format(tenant=tenant_of(call), export=answer.body["id"])))


def _one(api: Api) -> None:
    @desk_page(api, _ONE, "An export with its progress")
    def get_desk_export(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        job = export_job.stored(call.wiring, tenant_of(call), sub_of(call), call.params["export"])
        [line] = _lines(call, desk, [job])
        return desk.page("exports/export.html", {"export": line})

    @desk_page(api, _ONE + "/file", "Download an export")
    def get_desk_export_file(call: Call) -> Reply:
        section_desk(call, "organisation")
        found = export_job.get_export(call.wiring, tenant_of(call), sub_of(call), call.params["export"])
        if found.url is None:
            raise Problem("not-found", "The export is not ready, or another owner has asked for it.")
        return see_other(found.url)


def _exports(call: Call, desk: Desk, refused: str = "", *, status: int = 200) -> Reply:
    jobs = queries.latest(call.wiring.store, call.wiring.real_clock, tenant_of(call))
    values = {
        "lines": _lines(call, desk, jobs),
        "refused": refused,
        "practice": names.is_practice(tenant_of(call)),
        "key": str(uuid.uuid4()),
    }
    return desk.page("exports/list.html", values, status=status)


def _lines(call: Call, desk: Desk, jobs: Sequence[Job]) -> list[ExportLine]:
    subs = sorted({one.by for one in jobs})
    people = people_by_sub(call.wiring.store, tenant_of(call), subs) if subs else ()
    labels = labels_of(desk)
    known = {one.sub: labels.person(one) for one in people}
    return [_line(desk, export_job.view(one), one, known.get(one.by, "")) for one in jobs]


def _line(desk: Desk, one: ExportView, job: Job, by: str) -> ExportLine:
    reader, calendar = desk.reader, desk.member.policy.calendar
    done, of = one.progress["done"], one.progress["of"]
    return ExportLine(
        id=one.id,
        format=one.format,
        by=by or reader.text("exports.gone"),
        state=one.state,
        over=one.state in ENDED,
        ready=one.state == "done" and job.by == desk.person.sub,
        progress="" if of is None else reader.text("exports.progress", done=done, of=of),
        reason="" if one.reason is None else reason_text(one.reason, reader),
        size=_size(one.size),
        started_at=time_text(calendar, reader, one.started_at),
        until=time_text(calendar, reader, to_text(job.started + export_job.KEPT)),
    )


def _size(count: int) -> str:
    if count < _MEGABYTE:
        return f"{max(1, count // _KILOBYTE)} KB" if count else ""
    return f"{count / _MEGABYTE:,.1f} MB"
