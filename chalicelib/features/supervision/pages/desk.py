"""The desk's pages of reports about the office, for those who may handle them: the list, one report with its acts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import handle, reference, views
from chalicelib.features.supervision.acts import ReportAct
from chalicelib.features.supervision.views import ReportEventView, ReportView
from chalicelib.kit.problem import Place, Problem
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.web import cursors, languages, request_parts
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page, read_route
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.kept_forms import KeptForm
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import CursorQuery, Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

REPORTS = DESK + "/oversight/reports"
_ONE = REPORTS + "/{reference}"
_PAGE = 25
_OVERTAKEN = ("conflict", "act-not-open")
_MOST_TEXT = 4000


class ReportLine(msgspec.Struct, frozen=True):
    id: str
    at: str
    changed: str
    state: str


class ReportStep(msgspec.Struct, frozen=True):
    """`by`: a person's name, or who else did it."""

    at: str
    what: str
    by: str
    text: str


def _may_handle(member: Member) -> bool:
    """Whether reports can come to the member. Of each one, its independence decides."""
    supervision = member.policy.document.supervision
    roles = {OWNER, *(() if supervision is None else supervision.by)}
    return any(one.role in roles for one in member.asker.grants)


def register(api: Api) -> None:
    _list(api)
    _one(api)


def _list(api: Api) -> None:
    @desk_page(
        api,
        REPORTS,
        "The reports about the office that the reader handles",
        query=CursorQuery,
        listed=("oversight", "desk_reports.title"),
        is_for=_may_handle,
    )
    def get_desk_office_reports(call: Call) -> Reply:
        desk = desk_of(call)
        after = cursors.position(call, call.query.cursor or None)
        found = views.reports_of(call.wiring, tenant_of(call), sub_of(call), _PAGE, after, call.now)
        more = cursors.sign(call, found.after)
        values = {
            "lines": [_line(desk, one) for one in found.rows],
            "more": desk.reader.link(REPORTS.format(tenant=tenant_of(call)), cursor=more) if more else "",
        }
        return desk.page("report/desk_list.html", values)


def _one(api: Api) -> None:
    @desk_page(api, _ONE, "A report about the office, and the acts on it", query=ToldQuery)
    def get_desk_office_report(call: Call) -> Reply:
        desk = desk_of(call)
        return _page(desk, kept_forms.find(call, call.query.form, _path(call)) or kept_forms.NONE)

    @desk_form(api, _ONE + "/acts/{act}", "Act on a report about the office", while_closed=True)
    def post_desk_office_report(call: Call) -> Reply:
        desk, given, path, act = desk_of(call), Answers(call.body), _path(call), call.params["act"]
        typed = {name: text for name in ("text", "finding", "person") if (text := given.one(name))}
        try:
            handle.act(call.wiring, _command(call, given, request_parts.decode(typed, ReportAct)))
        except Problem as problem:
            if problem.kind in _OVERTAKEN:
                return see_other(desk.reader.link(path, told="overtaken"))
            say = _saying(problem, act)
            again = Answers({**given.given, "act": [act]})
            return kept_forms.again(call, path, again, say) or _page(
                desk, KeptForm("", again, say(desk.reader)), status=422
            )
        kept_forms.forget_one(call, given.one("form"))
        return see_other(desk.reader.link(path, told=act))


def _path(call: Call) -> str:
    return _ONE.format(tenant=tenant_of(call), reference=call.params["reference"])


def _request(call: Call) -> handle.ReportRequest:
    return handle.ReportRequest(
        tenant=tenant_of(call),
        report=reference.read(call.params["reference"]),
        sub=sub_of(call),
        route=read_route(call),
        now=call.now,
    )


def _command(call: Call, given: Answers, payload: ReportAct) -> handle.ActOnReport:
    return handle.ActOnReport(
        **msgspec.structs.asdict(_request(call)),
        act=call.params["act"],
        payload=payload,
        request=request_of(call, given, principal(call.caller), given.kept()),
        notice=message.notice,
    )


def _saying(problem: Problem, act: str) -> kept_forms.Saying:
    """At the inputs of the act. Raises the problem again if it is not about what was typed."""
    if problem.kind != "invalid":
        raise problem
    return lambda reader: [InputFault(_input(one, act), _said(one, reader)) for one in problem.places]


def _input(place: Place, act: str) -> str:
    return f"{act}-{place.pointer.strip('/')}"


def _said(place: Place, reader: Reader) -> str:
    return languages.say(place.text, reader.language)


def _line(desk: Desk, one: views.ReportRow) -> ReportLine:
    reader, calendar = desk.reader, desk.member.policy.calendar
    return ReportLine(
        id=one.id,
        at=time_text(calendar, reader, one.at),
        changed=time_text(calendar, reader, one.changed),
        state=reader.of_code("report.state_", one.state),
    )


def _page(desk: Desk, kept: KeptForm, *, status: int = 200) -> Reply:
    call = desk.call
    found = handle.get_report(call.wiring, _request(call))
    people = list(queries.all_people(call.wiring.store, desk.member.org.id))
    labels = labels_of(desk)
    names = {one.sub: labels.person(one) for one in people}
    acts = list(found.acts) if isinstance(found.acts, list) else []
    values = {
        "one": _line(desk, views.ReportRow(id=found.id, at=found.at, changed=found.changed, state=found.state)),
        "finding": "" if found.finding is None else desk.reader.of_code("report.finding_", found.finding),
        **_particulars(desk, found, names),
        "steps": [_step(desk, one, names) for one in found.events],
        "acts": acts,
        "supervisors": _supervisors(desk, people, names) if "admit" in acts else [],
        "path": _path(call),
        "typed": kept.answers,
        "tried": kept.answers.one("act"),
        "faults": kept.faults,
        "form": kept.id,
        "key": str(uuid.uuid4()),
        "most": _MOST_TEXT,
        "told": getattr(call.query, "told", None),
    }
    return desk.page("report/desk_report.html", values, status=status)


def _particulars(desk: Desk, found: ReportView, names: dict[str, str]) -> dict[str, Any]:
    """What only those who handle it see."""
    about = found.about
    if isinstance(about, msgspec.UnsetType):
        return {"about": [], "complaint": None, "contact": None, "reporter": "", "handled_by": ""}
    office = [desk.reader.text("report.about_office")] if about.office else []
    return {
        "about": [*office, *(_name(desk, sub, names) for sub in about.people), *about.names],
        "complaint": found.complaint,
        "contact": found.contact,
        "reporter": _name(desk, found.reported_by, names) if isinstance(found.reported_by, str) else "",
        "handled_by": desk.reader.text(f"desk_reports.handled_by.{found.handled_by}"),
    }


def _step(desk: Desk, one: ReportEventView, names: dict[str, str]) -> ReportStep:
    reader = desk.reader
    by = _name(desk, one.person, names) if isinstance(one.person, str) else reader.text(f"desk_reports.by.{one.by}")
    admitted = _name(desk, one.admitted, names) if isinstance(one.admitted, str) else ""
    return ReportStep(
        at=time_text(desk.member.policy.calendar, reader, one.at),
        what=reader.of_code("desk_reports.event.", one.type),
        by=by,
        text=one.text or admitted,
    )


def _name(desk: Desk, sub: str, names: dict[str, str]) -> str:
    return names.get(sub) or desk.reader.text("desk_reports.gone")


def _supervisors(desk: Desk, people: Sequence[Membership], names: dict[str, str]) -> list[tuple[str, str]]:
    """Those who have the role now, by name. Whether one is independent is decided when they look."""
    supervision = desk.member.policy.document.supervision
    roles = set() if supervision is None else {*supervision.by}
    found = [(names[one.sub], one.sub) for one in people if one.active and roles & {*one.roles}]
    return sorted(found, key=lambda pair: pair[0].casefold())
