"""The desk's page of a report under the draft procedure: as it was, as it would have been, and the difference.

The figures are those of a back-test, which an owner starts here for the period of the report.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.features.backtests import item, start
from chalicelib.features.backtests.figures import report_queries
from chalicelib.features.backtests.figures.report import DRAFT_REPORTS, Compared, ComparedRow, DraftReportView
from chalicelib.features.backtests.figures.report_queries import ValueQuery
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.queries import AskedBacktest
from chalicelib.features.backtests.start import BacktestRequest
from chalicelib.features.policies import draft
from chalicelib.features.reports.pages import cases, periods
from chalicelib.features.reports.pages.asked import ReportPageQuery, here, question_in
from chalicelib.features.reports.pages.report import REPORT
from chalicelib.features.reports.pages.shown import FigureWords, LinkedNumber, ToldChange
from chalicelib.features.reports.report import MeasureView
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.days import day_of
from chalicelib.statistics.dimensions import Labels
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import owner_desk
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

DRAFT = REPORT + "/draft"
_LOOKED_AT = 50
"""Jobs among which back-tests are looked for, the latest."""
_Name = Annotated[str, msgspec.Meta(max_length=60)]


class DraftPageQuery(ReportPageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`test`: the id of the back-test; by default the latest."""

    test: _Name = ""


class DraftCasesPageQuery(DraftPageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`column`: of the value whose complaints are listed."""

    column: _Name = "after"
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class DraftRow(NamedTuple):
    label: str
    before: LinkedNumber
    after: LinkedNumber
    change: ToldChange | None


class BacktestLine(NamedTuple):
    """A back-test that can be shown."""

    period: str
    at: str
    href: str
    is_shown: bool


def register(api: Api) -> None:
    _report(api)
    _cases(api)


def _report(api: Api) -> None:
    @desk_page(api, DRAFT, "A report under the draft procedure", query=DraftPageQuery)
    def get_desk_draft_report(call: Call) -> Reply:
        desk = _owners_desk(call)
        found = backtests(call)
        wanted = call.query.test or next((one.at(Backtest).id for one in found), "")
        values: dict[str, Any] = {
            "report": call.params["report"],
            "tests": [_line(one, desk, wanted) for one in found],
            "has_draft": draft.stored_draft(desk.entries, tenant_of(call)) is not None,
            "key": uuid.uuid4().hex,
            "first": call.query.first,
            "last": call.query.last,
            "shown": _figures(call, desk, wanted) if wanted else None,
        }
        return desk.page("backtests/report.html", values)

    @desk_form(api, DRAFT, "Replay the complaints of a period under the draft", weight=30)
    def post_desk_draft_report(call: Call) -> Reply:
        desk, given, tenant = _owners_desk(call), Answers(call.body), tenant_of(call)
        saved = draft.require_draft(desk.entries, tenant)
        asked = period_of(given, desk)
        request = request_of(call, given, sub_of(call), [saved.draft.etag, asked])
        command = OwnerCommand(tenant=tenant, sub=sub_of(call), now=call.now, request=request)
        answer = start.start(
            call.wiring, command, BacktestRequest(policy=saved.document, first=asked[0], last=asked[1])
        )
        path = DRAFT.format(**call.params)
        return see_other(desk.reader.link(path, test=answer.body["id"]))


def _cases(api: Api) -> None:
    @desk_page(api, DRAFT + "/cases", "The complaints that such a figure counts", query=DraftCasesPageQuery)
    def get_desk_draft_report_cases(call: Call) -> Reply:
        desk, name, query = _owners_desk(call), call.params["report"], call.query
        after = cursors.position(call, query.cursor)
        column: Any = "before" if query.column == "before" else "after"
        asked = msgspec.convert({**msgspec.to_builtins(question_in(query)), "column": column}, ValueQuery)
        found = report_queries.list_cases(call.wiring, _asked(call, query.test), name, asked, after)
        complaints = snapshot.read_complaints(call.wiring.store, tenant_of(call), found.numbers)
        more = cursors.sign(call, found.after)
        values = {
            "report": name,
            "title": desk.reader.text(f"draft_report.{column}"),
            "period": "",
            "chips": [],
            "rows": cases.rows(complaints, labels_of(desk)),
            "back": desk.reader.link(DRAFT.format(**call.params), test=query.test),
            "next": here(query, cursor=more) if more else "",
            "later": query.cursor is not None,
        }
        return desk.page("reports/cases.html", values)


def _owners_desk(call: Call) -> Desk:
    """With the draft. Raises `Problem`: `forbidden`, and `not-found` for a report that no back-test has."""
    desk = owner_desk(call, draft.draft_keys(tenant_of(call)))
    if call.params["report"] not in DRAFT_REPORTS:
        raise Problem("not-found", "No back-test has this report.")
    return desk


def _asked(call: Call, id_: str) -> AskedBacktest:
    return AskedBacktest(tenant_of(call), sub_of(call), id_, call.now)


def backtests(call: Call) -> list[Job]:
    """Those of the latest jobs that have neither failed nor been stopped, the latest first."""
    store, tenant = call.wiring.store, tenant_of(call)
    ids = [row.id for row in jobs.rows(jobs.listed(store, tenant, _LOOKED_AT, None)) if row.kind == item.JOB_KIND]
    return [one for one in jobs.read_some(store, tenant, ids) if one.state not in ("failed", "stopped")] if ids else []


def _line(job: Job, desk: Desk, wanted: str) -> BacktestLine:
    test, reader, calendar = job.at(Backtest), desk.reader, desk.member.policy.calendar
    period = periods.period_text(reader, day_of(calendar, test.first), day_of(calendar, test.last - 1))
    href = reader.link(DRAFT.format(**desk.call.params), test=test.id)
    return BacktestLine(period, time_text(calendar, reader, to_text(test.at)), href, test.id == wanted)


def period_of(given: Answers, desk: Desk) -> tuple[str, str]:
    """The instants at which the days begin and end, not later than now. Raises `Problem("invalid")`."""
    calendar, now = desk.member.policy.calendar, desk.call.now
    try:
        first, last = (date.fromisoformat(given.one(name)) for name in ("from", "to"))
    except ValueError:
        raise Problem("invalid", "The back-test's request is not valid.") from None
    begin, end = (midnight(calendar.zone, day.toordinal()) for day in (first, last + timedelta(days=1)))
    return to_text(begin), to_text(min(end, now + 1))


def _figures(call: Call, desk: Desk, test: str) -> dict[str, Any]:
    query = call.query
    asked = replace(question_in(query), first=None, last=None)  # the whole time of the back-test
    if asked.by and not asked.measure:
        asked = replace(asked, measure=list(DRAFT_REPORTS[call.params["report"]][:1]))
    view = report_queries.get_report(call.wiring, _asked(call, test), call.params["report"], asked)
    words = FigureWords(desk.reader, desk.path, "/draft", f"&test={test}")
    labels = Labels(desk.member.policy.document, desk.member.org)
    first = view.measures[0]
    return {
        "view": view,
        "done": view.state == "done",
        "period": periods.period_text(desk.reader, view.first, view.last),
        "rows": _by_measure(view, words) if not view.by else [_row(one, first, labels, words) for one in view.rows],
        "measure": first.label[desk.reader.language] if view.by else "",
        "unknown": [desk.reader.label(one) for one in view.unknown],
        "whole": here(query, by=[], measure=[]),
    }


def _by_measure(view: DraftReportView, words: FigureWords) -> list[DraftRow]:
    found = view.rows[0].values if view.rows else {}
    return [_told(one.label[words.reader.language], one, found.get(one.name), words) for one in view.measures]


def _row(row: ComparedRow, measure: MeasureView, labels: Labels, words: FigureWords) -> DraftRow:
    named = (labels.of(name, value)[words.reader.language] for name, value in row.keys.items())
    label = " · ".join(one or words.reader.text("reports.absent") for one in named)
    return _told(label, measure, row.values.get(measure.name), words)


def _told(label: str, measure: MeasureView, value: Compared | None, words: FigureWords) -> DraftRow:
    before, after = (None, None) if value is None else (value.before, value.after)
    change = words.change(measure, after, before)
    return DraftRow(label, words.value(measure, before), words.value(measure, after), change)
