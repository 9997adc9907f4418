"""The desk's pages of the figures to publish: each edition with what is left out and why, what comes next, and the
correction of an edition. For those who may read the counts of the whole organisation."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.features.figures import compose, correct, edition, pages, proposal
from chalicelib.features.figures.correct import FiguresCorrection
from chalicelib.features.figures.edition import EditionSummary, EditionView
from chalicelib.features.figures.pages import ShownEdition, ShownTable
from chalicelib.features.figures.proposal import ProposedEdition
from chalicelib.features.figures.reasons import Reasons
from chalicelib.features.register.input import MOST_REASON
from chalicelib.features.register.register import USERS
from chalicelib.features.reports.queries import check_whole_reader, is_whole_reader
from chalicelib.kit.problem import Problem
from chalicelib.web import languages, request_parts
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner
from chalicelib.web.pages.times import day_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

FIGURES = DESK + "/oversight/figures"
_ONE = FIGURES + "/{period}"
_NEXT = FIGURES + "/next"
_WEIGHT = 10
"""It counts a period."""
_THEN = "then"
"""Why a number is left out that today's counts would not leave out."""


class FiguresPageQuery(ToldQuery, frozen=True, kw_only=True):
    """`edition`: by default the newest."""

    edition: str = ""


class EditionLine(msgspec.Struct, frozen=True, kw_only=True):
    period: str
    edition: int
    days: str
    published: str
    audience: str
    corrects: str


class MarkedEdition(msgspec.Struct, frozen=True, kw_only=True):
    """`marks`: by the place of a number that is left out, that of its reason in `reasons`, from 1. `left_out`, `of`:
    how many numbers."""

    shown: ShownEdition
    marks: dict[str, int]
    reasons: list[str]
    left_out: int
    of: int


class ChangedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A number that a correction would change; empty where it is left out."""

    table: str
    row: str
    measure: str
    was: str
    now: str


def _shown_to(member: Member) -> bool:
    return proposal.wanted(member.policy) is not None and is_whole_reader(member.asker)


def register(api: Api) -> None:
    _list(api)
    _one(api)
    _correct(api)


def _list(api: Api) -> None:
    @desk_page(api, FIGURES, "The figures to publish", listed=("oversight", "desk_figures.title"), is_for=_shown_to)
    def get_desk_figures(call: Call) -> Reply:
        desk, due = _desk(call), None
        found = edition.listed(call.wiring.store, tenant_of(call), USERS)
        due = proposal.next_due(call.wiring, desk.member.org, desk.member.policy, call.now)
        values = {
            "lines": [_line(one, desk.reader) for one in found],
            "next": "" if due is None else _days(due.period.first, due.period.last, desk.reader),
            "on": "" if due is None else day_text(desk.reader, compose.published_on(due.period)),
            "ended": due is not None and call.now >= due.period.end(due.policy.calendar.zone),
        }
        return desk.page("figures/desk_list.html", values)

    @desk_page(api, _NEXT, "The next figures, as they would be published now", weight=_WEIGHT)
    def get_desk_figures_next(call: Call) -> Reply:
        desk = _desk(call)
        due = proposal.next_due(call.wiring, desk.member.org, desk.member.policy, call.now)
        if due is None:
            raise Problem("not-found", "There are no such figures.")
        found = proposal.preview(call.wiring, due, call.now)
        values = {
            "days": _days(due.period.first, due.period.last, desk.reader),
            "on": day_text(desk.reader, compose.published_on(due.period)),
            "ended": call.now >= due.period.end(due.policy.calendar.zone),
            "edition": None if found is None else _marked(desk, found.view, found.why),
        }
        return desk.page("figures/desk_next.html", values)


def _one(api: Api) -> None:
    @desk_page(api, _ONE, "An edition of the figures", query=FiguresPageQuery, weight=_WEIGHT)
    def get_desk_figures_edition(call: Call) -> Reply:
        desk = _desk(call)
        kept = kept_forms.find(call, call.query.form, _path(call)) or kept_forms.NONE
        return _edition(desk, kept)


def _correct(api: Api) -> None:
    @desk_form(api, _ONE, "Publish a corrected edition of the figures", weight=_WEIGHT)
    def post_desk_figures_edition(call: Call) -> Reply:
        desk, given = _desk(call), Answers(call.body)
        try:
            order = request_parts.decode(
                {"reason": given.one("reason"), "checked": given.one("checked") == "yes"}, FiguresCorrection
            )
            correct.correct(call.wiring, owner_form(call, given), call.params["period"], order)
        except Problem as problem:
            return _refused(desk, given, problem)
        return see_other(desk.reader.link(_path(call), told="corrected"))


def _desk(call: Call) -> Desk:
    desk = desk_of(call)
    check_whole_reader(desk.member.asker)
    return desk


def _path(call: Call) -> str:
    return _ONE.format(**call.params)


def _refused(desk: Desk, given: Answers, problem: Problem) -> Reply:
    """At the form. Raises the problem again if it is not about the reason."""
    if problem.kind != "invalid":
        raise problem

    def say(reader: Reader) -> list[InputFault]:
        return [InputFault("reason", languages.say(one.text, reader.language)) for one in problem.places]

    kept = kept_forms.again(desk.call, _path(desk.call), given, say)
    return kept or _edition(desk, kept_forms.KeptForm("", given, say(desk.reader)), status=422)


def _edition(desk: Desk, kept: kept_forms.KeptForm, *, status: int = 200) -> Reply:
    call = desk.call
    summaries = [
        one for one in edition.listed(call.wiring.store, tenant_of(call), USERS) if one.period == call.params["period"]
    ]
    editions = [edition.read_edition(call.wiring.store, tenant_of(call), one) for one in reversed(summaries)]
    asked = getattr(call.query, "edition", "")
    view = next((one for one in reversed(editions) if asked in ("", str(one.summary.edition))), None)
    if view is None:
        raise Problem("not-found", "There are no such figures.")
    present = _proposed(call, editions)
    is_newest = view is editions[-1]
    values = {
        "edition": _marked(desk, view, None if present is None else present.why),
        "path": _path(call),
        "editions": [_line(one, desk.reader) for one in summaries],
        "audience": desk.reader.text(f"desk_figures.audience.{view.summary.audience}"),
        "audience_public": view.summary.audience == "public",
        "is_newest": is_newest,
        "counting": present is None,
        "changes": _changes(desk, editions[-1], present.view) if present is not None and is_newest else [],
        "corrects": is_owner(desk.member),
        "given": kept.answers,
        "faults": kept.faults,
        "form": kept.id,
        "most": MOST_REASON,
        "key": kept.answers.one("key") or str(uuid.uuid4()),
        "told": getattr(call.query, "told", None),
    }
    return desk.page("figures/desk_edition.html", values, status=status)


def _proposed(call: Call, editions: Sequence[EditionView]) -> ProposedEdition | None:
    """None while changes are counted."""
    try:
        return correct.proposed(call.wiring, tenant_of(call), editions, "", call.now)
    except Problem as problem:
        if problem.kind != "conflict":
            raise
        return None


def _line(one: EditionSummary, reader: Reader) -> EditionLine:
    return EditionLine(
        period=one.period,
        edition=one.edition,
        days=_days(date.fromisoformat(one.first), date.fromisoformat(one.last), reader),
        published=day_text(reader, date.fromisoformat(one.published_on)),
        audience=reader.text(f"desk_figures.audience.{one.audience}"),
        corrects=one.corrects or "",
    )


def _days(first: date, last: date, reader: Reader) -> str:
    return reader.text("figures.period", first=day_text(reader, first), last=day_text(reader, last))


def _marked(desk: Desk, view: EditionView, why: Reasons | None) -> MarkedEdition:
    """`why`: by today's counts; without them no reason is told."""
    shown = pages.shown(view, desk.member.policy.document, desk.reader)
    cells = [cell for table in shown.tables for row in table.rows for cell in zip(row.places, row.values, strict=True)]
    absent = [at for at, value in cells if not value]
    codes = {} if why is None else {at: _code(why, at) for at in absent}
    order = [code for code in _ORDER if code in codes.values()]
    return MarkedEdition(
        shown=shown,
        marks={at: order.index(code) + 1 for at, code in codes.items()},
        reasons=[desk.reader.text(f"desk_figures.why.{code}") for code in order],
        left_out=len(absent),
        of=len(cells),
    )


_ORDER = ("small", "beside", "tied", "notices", "earlier", _THEN)


def _code(why: Reasons, at: str) -> str:
    found = why.get(at, _THEN)
    return _THEN if found == "earlier" else found


def _changes(desk: Desk, before: EditionView, after: EditionView) -> list[ChangedFigure]:
    document, reader = desk.member.policy.document, desk.reader
    known = {at: value for _, _, at, value, _ in _cells(pages.shown(before, document, reader).tables)}
    return [
        ChangedFigure(table=table, row=row, measure=measure, was=known[at], now=value)
        for table, row, at, value, measure in _cells(pages.shown(after, document, reader).tables)
        if at in known and known[at] != value
    ]


def _cells(tables: Sequence[ShownTable]) -> list[tuple[str, str, str, str, str]]:
    """Table, row, place, value and measure."""
    return [
        (table.title, row.label, at, value, measure)
        for table in tables
        for row in table.rows
        for at, value, measure in zip(row.places, row.values, table.columns, strict=True)
    ]
