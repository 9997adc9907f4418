"""The desk's page of long work: jobs of any kind, with who started each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.organisations import job_list
from chalicelib.features.organisations.job_list import ListedJob
from chalicelib.jobs.job import ENDED
from chalicelib.tenants.people import queries
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts.job_reasons import reason_text
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ROWS = 50


class JobsPageQuery(ToldQuery, frozen=True, kw_only=True):
    cursor: str | None = None


class JobLine(msgspec.Struct, frozen=True, kw_only=True):
    """`href`: of the job's own page; empty for a kind without one, and for another person's job. `cancel`: of the page
    that cancels it; empty if it has ended or cannot be cancelled. `progress`: in words; empty if nothing is counted."""

    name: str
    href: str
    cancel: str
    by: str
    state: str
    progress: str
    reason: str
    started_at: str
    ended_at: str


def register(api: Api) -> None:
    @desk_page(api, DESK + "/jobs", "Long work of any kind, with who started it", query=JobsPageQuery)
    def get_desk_jobs(call: Call) -> Reply:
        desk, store, tenant = desk_of(call), call.wiring.store, tenant_of(call)
        after = cursors.position(call, call.query.cursor)
        only = None if desk.person.owner else desk.person.sub
        page = job_list.seen_jobs(store, tenant, only, _ROWS, after)
        known = queries.actors_by_sub(store, tenant, sorted({one.by for one in page.jobs}))
        labels = labels_of(desk)
        names = {one.sub: labels.person(one) for one in known}
        values = {
            "lines": [_line(one, desk, names) for one in page.jobs],
            "more": cursors.sign(call, page.after),
            "cancelled": call.query.told == "cancelled",
        }
        return desk.page("jobs/jobs.html", values)


def _line(job: ListedJob, desk: Desk, names: dict[str, str]) -> JobLine:
    reader, path, end = desk.reader, job_list.page_of(job.kind), job_list.end_of(job.kind)
    calendar, done, of = desk.member.policy.calendar, job.progress["done"], job.progress["of"]
    return JobLine(
        name=reader.label(job.label),
        href="" if path is None or job.by != desk.person.sub else desk.path + path.format(job=job.id),
        cancel="" if end is None or job.state in ENDED else desk.path + end.format(job=job.id),
        by=names.get(job.by) or reader.of_code("jobs.by.", job.by),
        state=reader.text(f"jobs.state.{job.state}"),
        progress="" if not (done or of) else reader.text("jobs.some" if of is None else "jobs.of", done=done, of=of),
        reason="" if job.reason is None else reason_text(job.reason, reader),
        started_at=time_text(calendar, reader, job.started_at),
        ended_at="" if job.ended_at is None else time_text(calendar, reader, job.ended_at),
    )
