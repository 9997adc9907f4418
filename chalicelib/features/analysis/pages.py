"""The desk's pages of the analysis: what is frequent and how it changed, and groups of similar complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from chalicelib.features.analysis import frequency, queries, table
from chalicelib.features.analysis.frequency import ANSWER, AnalysisRowView, AnalysisView
from chalicelib.features.analysis.query import AnalysisQuery, PeriodQuery
from chalicelib.features.reports.pages import periods
from chalicelib.features.reports.pages.asked import dimension_label
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.statistics.days import day_of
from chalicelib.web import request_parts
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page, read_route
from chalicelib.web.pages.parts import charts
from chalicelib.web.pages.reader import PageQuery, written

if TYPE_CHECKING:
    from chalicelib.web.api import Api

ANALYSIS = DESK + "/oversight/analysis"
_CSV = "text/csv; charset=utf-8"
_Text = Annotated[str, msgspec.Meta(max_length=200)]
_CHANGED = ("up", "down")


class PeriodPageQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """As `PeriodQuery`. A form sends its empty inputs too."""

    first: _Text = ""
    last: _Text = ""


class AnalysisPageQuery(PeriodPageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    by: _Text = ""


class RankedRow(msgspec.Struct, frozen=True, kw_only=True):
    """`trend`: empty where chance explains the change. `low`, `high`: of the ratio; empty without an end."""

    rank: int
    label: str
    view: AnalysisRowView
    href: str
    share: str
    cumulative: str
    trend: str
    limits: str
    bar: str


def register(api: Api) -> None:
    _analysis(api)
    _groups(api)


def _analysis(api: Api) -> None:
    @desk_page(
        api,
        ANALYSIS,
        "What is frequent, and how it changed",
        query=AnalysisPageQuery,
        listed=("oversight", "desk_analysis.title"),
        weight=10,
    )
    def get_desk_analysis(call: Call) -> Reply:
        desk = desk_of(call)
        asked = _asked(call, desk)
        view = queries.get_analysis(call.wiring, member_request(call), asked)
        rows = [_row(at, one, desk, view) for at, one in enumerate(view.rows, start=1)]
        values = {
            "view": view,
            "rows": rows,
            "changed": [(name, [one for one in rows if one.view.trend == name]) for name in _CHANGED],
            "kinds": [(name, _kind(desk, name), name == asked.by) for name in frequency.subjects(desk.member.policy)],
            "period": periods.period_text(desk.reader, view.first, view.last),
            "before": periods.period_text(desk.reader, view.before_from, view.before_to),
            "csv": f"{ANALYSIS.format(**call.params)}/table.csv?{written(call.query)}",
            "groups": f"{ANALYSIS.format(**call.params)}/groups?{written(call.query, by='')}",
        }
        return desk.page("analysis/analysis.html", values)

    @desk_page(
        api, ANALYSIS + "/table.csv", "The analysis as a file", query=AnalysisPageQuery, produces=_CSV, weight=10
    )
    def get_desk_analysis_csv(call: Call) -> Reply:
        desk = desk_of(call)
        asked = _asked(call, desk)
        view = queries.get_analysis(call.wiring, member_request(call), asked)
        attached = {"Content-Disposition": f'attachment; filename="analysis-{view.first}-{view.last}.csv"'}
        return Reply("\ufeff" + table.as_csv(view, desk.reader.language, asked.layout), headers=attached)


def _groups(api: Api) -> None:
    @desk_page(api, ANALYSIS + "/groups", "Groups of similar complaints", query=PeriodPageQuery, weight=20)
    def get_desk_groups(call: Call) -> Reply:
        desk = desk_of(call)
        asked = request_parts.decode(_period(call.query), PeriodQuery, prefix="/query")
        found = queries.similar_groups(call.wiring, member_request(call), asked, read_route(call))
        days = [[_day(desk, at) for at in (one.first_at, one.last_at)] for one in found.groups]
        values = {
            "groups": list(zip(found.groups, days, strict=True)),
            "complete": found.complete,
            "period": periods.period_text(desk.reader, found.first, found.last),
            "back": f"{ANALYSIS.format(**call.params)}?{written(call.query)}",
        }
        return desk.page("analysis/groups.html", values)


def _day(desk: Desk, at: str) -> str:
    day = day_of(desk.member.policy.calendar, from_text(at))
    return periods.period_text(desk.reader, day, day)


def _asked(call: Call, desk: Desk) -> AnalysisQuery:
    """By the first kind of category, unless the address says more. Raises `Problem("invalid")`."""
    by = call.query.by or frequency.subjects(desk.member.policy)[0]
    found = request_parts.decode({**_period(call.query), "by": by}, AnalysisQuery, prefix="/query")
    assert isinstance(found, AnalysisQuery)
    return found


def _period(query: PeriodPageQuery) -> dict[str, str]:
    return {name: value for name, value in (("from", query.first), ("to", query.last)) if value}


def _kind(desk: Desk, by: str) -> str:
    """The name of what is counted: a dimension, or the field of which people chose a value."""
    document = desk.member.policy.document
    if not by.startswith(ANSWER):
        return dimension_label(document, by, desk.reader)
    field = document.fields[by.removeprefix(ANSWER)]
    return desk.reader.label(None if field.name is None else field.name.to_json(), by.removeprefix(ANSWER))


def _row(rank: int, one: AnalysisRowView, desk: Desk, view: AnalysisView) -> RankedRow:
    reader, path = desk.reader, one.cases.partition("/reports/")[2]
    language = f"&lang={reader.language}" if reader.chosen else ""
    greatest = max(row.number for row in view.rows) or 1
    high = "∞" if one.high is None else f"{one.high:g}"
    return RankedRow(
        rank=rank,
        label=one.label[reader.language] or reader.text("reports.absent"),
        view=one,
        href=f"{desk.path}/reports/{path}{language}" if one.number else "",
        share=f"{one.share:.1%}",
        cumulative=f"{one.cumulative:.1%}",
        trend="" if one.trend == "unclear" else catalogue.words("trends", reader.language)[one.trend],
        limits="–" if one.ratio is None else f"{one.ratio:g} ({one.low:g}–{high})",
        bar=charts.in_row(one.number / greatest),
    )
