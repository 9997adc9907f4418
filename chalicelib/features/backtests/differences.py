"""The desk's pages of back-tests of the draft: start one, watch it, stop it, and read what would differ, in words."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from chalicelib.features.backtests import cancel, item, pages, queries, start
from chalicelib.features.backtests.backtest_view import BacktestView, LineView
from chalicelib.features.backtests.comparison import DifferenceKind
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.pages import BacktestLine
from chalicelib.features.backtests.queries import AskedBacktest
from chalicelib.features.backtests.start import BacktestRequest
from chalicelib.features.policies import draft
from chalicelib.features.reports.pages import periods
from chalicelib.jobs.job import ENDED, Job
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.statistics.days import day_of
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts.job_reasons import reason_text
from chalicelib.web.pages.reader import PageQuery, ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import owner_desk
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

BACKTESTS = f"{DESK}/procedure/backtests"
_TEST = BACKTESTS + "/{job}"
_KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)


class DifferencesQuery(PageQuery, frozen=True, kw_only=True):
    """`kind`: of the differences of which all are listed, by page."""

    kind: str = ""
    cursor: str | None = None


class DifferenceLine(NamedTuple):
    """A complaint with what differs, in words."""

    number: str
    said: str


class DifferenceGroup(NamedTuple):
    """`title`: of how many complaints. `found`: of all lines, of which the first are shown."""

    kind: str
    title: str
    found: int
    lines: Sequence[DifferenceLine]


def register(api: Api) -> None:
    _starting(api)
    _reading(api)


def _starting(api: Api) -> None:
    @desk_page(api, BACKTESTS, "Back-tests of the draft", query=ToldQuery)
    def get_desk_backtests(call: Call) -> Reply:
        desk = _owners_desk(call)
        values = {
            "tests": [_line(desk, one) for one in pages.backtests(call)],
            "has_draft": draft.stored_draft(desk.entries, tenant_of(call)) is not None,
            "wrong": call.query.told == "wrong",
            "key": uuid.uuid4().hex,
        }
        return desk.page("backtests/backtests.html", values)

    @desk_form(api, BACKTESTS, "Start a back-test of the draft", weight=30)
    def post_desk_backtests(call: Call) -> Reply:
        desk, given, tenant = _owners_desk(call), Answers(call.body), tenant_of(call)
        saved = draft.require_draft(desk.entries, tenant)
        path = BACKTESTS.format(tenant=tenant)
        try:
            asked = pages.period_of(given, desk)
            request = request_of(call, given, sub_of(call), [saved.draft.etag, asked])
            command = OwnerCommand(tenant=tenant, sub=sub_of(call), now=call.now, request=request)
            wanted = BacktestRequest(policy=saved.document, first=asked[0], last=asked[1])
            found = start.start(call.wiring, command, wanted).body["id"]
        except Problem as problem:
            if problem.kind not in ("invalid", "policy-invalid"):
                raise
            return see_other(desk.reader.link(path, told="wrong"))
        return see_other(desk.reader.link(f"{path}/{item.JOB_KIND}-{found}"))


def _reading(api: Api) -> None:
    @desk_page(api, _TEST, "A back-test: its progress, and what would differ", query=DifferencesQuery)
    def get_desk_backtest(call: Call) -> Reply:
        desk = _owners_desk(call)
        view = queries.get_backtest(call.wiring, _asked(call))
        if call.query.kind in _KINDS:
            return _all_of(desk, call.query.kind)
        return desk.page("backtests/differences.html", _values(desk, view))

    @desk_form(api, _TEST + "/stop", "Stop a back-test")
    def post_desk_backtest_stop(call: Call) -> Reply:
        desk = _owners_desk(call)
        try:
            cancel.cancel(call.wiring, _asked(call))
        except Problem as problem:
            if problem.kind != "conflict":  # it has ended: its page says so
                raise
        return see_other(desk.reader.link(_TEST.format(**call.params)))


def _owners_desk(call: Call) -> Desk:
    return owner_desk(call, draft.draft_keys(tenant_of(call)))


def _asked(call: Call) -> AskedBacktest:
    id_ = call.params["job"].removeprefix(f"{item.JOB_KIND}-")
    return AskedBacktest(tenant_of(call), sub_of(call), id_, call.now)


def _line(desk: Desk, job: Job) -> BacktestLine:
    test = job.at(Backtest)
    at = time_text(desk.member.policy.calendar, desk.reader, to_text(test.at))
    href = desk.reader.link(f"{desk.path}/procedure/backtests/{job.id}")
    return BacktestLine(_period(desk, test.first, test.last), at, href, is_shown=False)


def _period(desk: Desk, first: Instant, last: Instant) -> str:
    calendar = desk.member.policy.calendar
    return periods.period_text(desk.reader, day_of(calendar, first), day_of(calendar, last - 1))


def _values(desk: Desk, view: BacktestView) -> dict[str, Any]:
    result, reader = view.result, desk.reader
    figures = [(reader.text(f"backtests.figure.{one}"), getattr(result, one)) for one in ("breaches", "deadlines")]
    return {
        "view": view,
        "over": view.state in ENDED,
        "why": "" if view.reason is None else reason_text(view.reason, reader),
        "period": _period(desk, from_text(view.from_), from_text(view.to)),
        "figures": [*figures, (reader.text("backtests.figure.accepted"), result.accepted)],
        "groups": [_group(desk, view, kind) for kind in _KINDS if result.counts.get(kind)],
        "path": _TEST.format(**desk.call.params),
    }


def _group(desk: Desk, view: BacktestView, kind: DifferenceKind) -> DifferenceGroup:
    result = view.result
    count = result.concerned.get(kind, result.counts[kind])
    lines = [DifferenceLine(one.number, _said(desk, one)) for one in result.shown.get(kind, [])]
    title = desk.reader.text(f"backtests.kind.{kind}", count=count)
    return DifferenceGroup(kind, title, result.counts[kind], lines)


def _all_of(desk: Desk, kind: DifferenceKind) -> Reply:
    call = desk.call
    after = cursors.position(call, call.query.cursor)
    found = queries.list_lines(call.wiring, _asked(call), kind, after)
    values = {
        "title": desk.reader.text(f"backtests.all.{kind}"),
        "kind": kind,
        "lines": [DifferenceLine(one.number, _said(desk, one)) for one in found.lines],
        "more": cursors.sign(call, found.after),
        "later": call.query.cursor is not None,
        "path": _TEST.format(**call.params),
    }
    return desk.page("backtests/lines.html", values)


def _said(desk: Desk, line: LineView) -> str:
    """The deadline with both due times; the act or role with the reason."""
    reader, calendar, labels = desk.reader, desk.member.policy.calendar, labels_of(desk)
    nothing = reader.text("backtests.nothing")
    parts = []
    if line.clock is not None:
        old, new = (nothing if at is None else time_text(calendar, reader, at) for at in (line.before, line.after))
        parts.append(reader.text("backtests.due", clock=labels.clock(line.clock), old=old, new=new))
    if line.act is not None:
        parts.append(reader.text("backtests.act", act=line.act))
    if line.role is not None:
        parts.append(labels.role(line.role))
    if line.reason is not None:
        parts.append(reader.text("backtests.reason", reason=line.reason))
    return reader.text("backtests.semicolon").join(parts)
