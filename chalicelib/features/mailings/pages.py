"""The desk's pages of mailings: what is mailed, for the owners; and the report to which a mail leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from chalicelib.features.mailings import commands, queries
from chalicelib.features.mailings.commands import WantedMailing
from chalicelib.features.mailings.readers import DOCUMENTS, may_read
from chalicelib.features.reports import layouts
from chalicelib.features.reports import queries as report_queries
from chalicelib.features.reports.layouts import CsvForm
from chalicelib.features.reports.query import ReportQuery
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime import periods
from chalicelib.tenants.people import queries as people_queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import PageQuery, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

SCHEDULE = DESK + "/reports/schedule"
_CSV = "text/csv; charset=utf-8"
_EVERY = ("month", "quarter", "year")
_LAST_DAY = 31
_OF_ID = 6


class MailedQuery(PageQuery, frozen=True, kw_only=True):
    """`period`: a year, a quarter or a month."""

    report: Annotated[str, msgspec.Meta(max_length=100)] = ""
    period: Annotated[str, msgspec.Meta(max_length=20)] = ""


class _Typed(NamedTuple):
    document: str = DOCUMENTS[0]
    every: str = _EVERY[0]
    day: str = "5"
    to: tuple[str, ...] = ()


def register(api: Api) -> None:
    _schedule(api)
    _mailed(api)


def _schedule(api: Api) -> None:
    @desk_page(api, SCHEDULE, "What goes to members by mail", query=ToldQuery)
    def get_desk_mailings(call: Call) -> Reply:
        return _page(desk_of(call), _Typed(), [], told=call.query.told)

    @desk_form(api, SCHEDULE, "Set a mailing")
    def post_desk_mailing(call: Call) -> Reply:
        desk, given = desk_of(call), Answers(call.body)
        typed = _Typed(given.one("document"), given.one("every"), given.one("day"), tuple(given.all("to")))
        faults = _missing(desk, typed) or _refused(desk, typed)
        return _page(desk, typed, faults, status=422) if faults else _back(desk, "set")

    @desk_form(api, SCHEDULE + "/{mailing}/end", "End a mailing")
    def post_desk_mailing_end(call: Call) -> Reply:
        commands.end(call.wiring, owner_command(call), call.params["mailing"])
        return _back(desk_of(call), "ended")


def _mailed(api: Api) -> None:
    @desk_page(api, DESK + "/reports/mailed.csv", "A report of a period, as CSV", query=MailedQuery, produces=_CSV)
    def get_desk_mailed_report(call: Call) -> Reply:
        request, language = member_request(call), desk_of(call).reader.language
        try:
            period = periods.parse(call.query.period)
        except ValueError:
            raise Problem("not-found", "There is no such report.") from None
        asked = ReportQuery(first=period.first.isoformat(), last=period.last.isoformat())
        found = report_queries.get_report(call.wiring, request, call.query.report, asked)
        text = layouts.as_csv(found, CsvForm(report_queries.labels(call.wiring, request), language, "long"))
        name = f"{found.report}-{period.name}.csv"
        attached = {"Content-Disposition": f'attachment; filename="{name}"', **languages.headers_of(language)}
        return Reply("\ufeff" + text, headers=attached)  # spreadsheets know UTF-8 by the mark


def _back(desk: Desk, told: str) -> Reply:
    return see_other(desk.reader.link(f"{desk.path}/reports/schedule", told=told))


def _missing(desk: Desk, typed: _Typed) -> list[InputFault]:
    """What no browser sends from the form, and no people."""
    faults = [
        ("document", typed.document in DOCUMENTS),
        ("every", typed.every in _EVERY),
        ("day", typed.day.isascii() and typed.day.isdigit() and 1 <= int(typed.day[:4]) <= _LAST_DAY),
        ("to", bool(typed.to)),
    ]
    return [InputFault(name, desk.reader.text(f"mailings.wrong.{name}")) for name, good in faults if not good]


def _refused(desk: Desk, typed: _Typed) -> list[InputFault]:
    """What the use case refuses, at its inputs. Sets the mailing if there is nothing."""
    wanted = msgspec.convert(
        {"document": typed.document, "every": typed.every, "day": int(typed.day), "to": list(typed.to)}, WantedMailing
    )
    try:
        commands.add(desk.call.wiring, owner_command(desk.call), wanted)
    except Problem as problem:
        if problem.kind not in ("invalid", "limit-reached"):
            raise
        places = {place.pointer.split("/")[1] for place in problem.places} or {"limit"}
        return [InputFault(name, desk.reader.text(f"mailings.refused.{name}")) for name in sorted(places)]
    return []


def _page(desk: Desk, typed: _Typed, faults: list[InputFault], *, told: str = "", status: int = 200) -> Reply:
    call = desk.call
    found = queries.listed(call.wiring, member_request(call)).mailings
    people = list(people_queries.all_people(call.wiring.store, tenant_of(call)))
    names = {one.sub: _name(desk, one) for one in people}
    left = {one.sub for one in people if not one.active}
    return desk.page(
        "mailings/schedule.html",
        {
            "mailings": found,
            "names": names,
            "left": left,
            "barred": {one.id: _barred(desk, people, one.document) for one in found},
            "people": sorted((names[one.sub], one.sub) for one in people if one.active and not one.is_party),
            "documents": DOCUMENTS,
            "every": _EVERY,
            "typed": typed,
            "faults": faults,
            "told": told,
        },
        status=status,
    )


def _name(desk: Desk, one: Membership) -> str:
    """Without a name the end of the id: an answer that says what is wrong has no mail address."""
    if one.sub == desk.person.sub:
        return one.name or desk.reader.text("mailings.you")
    return one.name or desk.reader.text("desk.unnamed", id=one.sub[-_OF_ID:])


def _barred(desk: Desk, people: Sequence[Membership], document: str) -> set[str]:
    """Who gets no mail any more, because they may not read the document."""
    return {one.sub for one in people if not may_read(desk.member.policy, one, document)}
