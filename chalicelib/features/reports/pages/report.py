"""The desk's page of a report: what it says in a sentence, the figures, a chart with its table, what each counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from chalicelib.features.reports import layouts, queries
from chalicelib.features.reports.layouts import CsvForm
from chalicelib.features.reports.overview import Overview, get_overview
from chalicelib.features.reports.pages import grids, periods
from chalicelib.features.reports.pages.asked import ReportPageQuery, here, question_in
from chalicelib.features.reports.pages.grids import Grid, GridWords
from chalicelib.features.reports.pages.offered import Choices
from chalicelib.features.reports.pages.sentence import ToldFigure, sentence
from chalicelib.features.reports.pages.shown import NO_NUMBER, FigureWords
from chalicelib.features.reports.query import REPORTS, ReportQuery
from chalicelib.features.reports.report import FiguresView, MeasureView, ValueView
from chalicelib.kit.problem import Problem
from chalicelib.statistics import dimensions
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import MOST_DIMENSIONS, allows
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

REPORT = DESK + "/reports/{report}"
CSV = "text/csv; charset=utf-8"
_FIRST = {
    "inflow": ("received", "accepted", "refused", "withdrawn", "repeat_complainants"),
    "results": ("closed", "decided", "disputed", "reopened", "closed_without_decision"),
    "deadlines": ("met_as_first_promised", "missed", "missed_and_open", "time_to_decision", "escalated"),
    "workload": ("open", "deadlines_open", "at_risk_1", "at_risk_5", "tasks_done"),
    "all": ("received", "met_as_first_promised", "missed", "time_to_decision", "open"),
}
"""By report: the figures with which its page begins."""
_STACKED = ("deadlines",)
"""Reports whose chart shows deadlines met and missed in one."""


def register(api: Api) -> None:
    @desk_page(api, REPORT, "A report: figures of a period as table and chart", query=ReportPageQuery)
    def get_desk_report(call: Call) -> Reply:
        desk, name = desk_of(call), call.params["report"]
        choices = Choices(desk.member, desk.reader, call.query, name)
        try:
            found = get_overview(call.wiring, member_request(call), name, _question(call.query, name))
        except Problem as problem:
            if problem.kind != "invalid":
                raise
            return _impossible(desk, choices, problem)
        return _page(desk, choices, found)

    @desk_page(api, REPORT + "/table.csv", "The figures of a report", query=ReportPageQuery, produces=CSV)
    def get_desk_report_csv(call: Call) -> Reply:
        desk, name, request = desk_of(call), call.params["report"], member_request(call)
        found = queries.get_report(call.wiring, request, name, question_in(call.query))
        form = CsvForm(queries.labels(call.wiring, request), desk.reader.language, "wide")
        attached = {"Content-Disposition": f'attachment; filename="{name}-{found.first}-{found.last}.csv"'}
        return Reply("\ufeff" + layouts.as_csv(found, form), headers=attached)  # spreadsheets know UTF-8 by the mark


def _question(query: ReportPageQuery, report: str) -> ReportQuery:
    """By two dimensions a page has one measure; the CSV has all."""
    asked = question_in(query)
    if len(asked.by) < MOST_DIMENSIONS or asked.measure or report not in REPORTS:
        return asked
    return replace(asked, measure=_divisible(report, asked.by)[:1])


def _divisible(report: str, by: list[str]) -> list[str]:
    """The measures of the report that have all these dimensions."""
    named = [one for one in by if not dimensions.of(one).is_period]
    return [one for one in REPORTS[report] if all(allows(MEASURES[one], name) for name in named)]


def _page(desk: Desk, choices: Choices, found: Overview) -> Reply:
    words = FigureWords(desk.reader, desk.path)
    view, first = found.present, _first(found.present, choices)
    sheet = GridWords(words, choices.labels, found.today)
    figures = [] if view.by else [_figure(one, found, words) for one in view.measures]
    values = {
        **_around(desk, choices, found),
        "sentence": sentence(found, figures, first, sheet),
        "strip": _strip(figures, first),
        "figures": figures,
        "grid": _grid(found, sheet, first, choices),
        "others": _others(choices, view) if len(view.by) == MOST_DIMENSIONS else [],
        "definitions": view.measures if not view.by else first,
        "is_empty": not view.rows and not (found.months and found.months.rows),
    }
    return desk.page("reports/report.html", values)


def _strip(figures: list[ToldFigure], first: list[MeasureView]) -> list[ToldFigure]:
    """The figures in large type. A report without first figures begins with those that say something."""
    said = [one for one in figures if one.measure in first]
    if all(one.shown.text == NO_NUMBER for one in said):
        said = [one for one in figures if one.shown.text != NO_NUMBER]
    return said[: grids.MOST_MEASURES]


def _around(desk: Desk, choices: Choices, found: Overview) -> dict[str, Any]:
    """The period, the ways to other ones, and the form."""
    view, reader, query = found.present, desk.reader, choices.query
    fresh = None if view.fresh_until is None else time_text(desk.member.policy.calendar, reader, view.fresh_until)
    offered = [(one, here(query, first=one.first, last=one.last)) for one in periods.offered(found.today)]
    before = found.before
    return {
        **form_values(choices, view.first, view.last),
        "period": periods.period_text(reader, view.first, view.last),
        "before": None if before is None else periods.period_text(reader, before.first, before.last),
        "ended": view.period_ended,
        "fresh": fresh,
        "today": found.today.isoformat(),
        "periods": [(name, at, (name.first, name.last) == (view.first, view.last)) for name, at in offered],
        "csv": here(query, f"{desk.path}/reports/{choices.report}/table.csv"),
        "divided": [
            (label, here(query, by=[name], measure=[]), view.by == [name]) for name, label in choices.dimensions()
        ],
        "undivided": here(query, by=[], measure=[]),
        "draft": _draft(desk, choices, view),
    }


def form_values(choices: Choices, first: str, last: str) -> dict[str, Any]:
    """For the form of a report, and its address without one filter."""
    return {
        "report": choices.report,
        "query": choices.query,
        "first": first,
        "last": last,
        "dimensions": choices.dimensions(),
        "measures": choices.measures(),
        "filters": choices.filters(),
        "chips": choices.chosen(),
    }


def _draft(desk: Desk, choices: Choices, view: FiguresView) -> str:
    """The address of the same report under the draft procedure; empty for those who may not read it."""
    below = "/reports/{report}/draft"
    if not desk.person.owner or not desk.has_page(below) or choices.report not in ("inflow", "results", "deadlines"):
        return ""
    return here(choices.query, f"{desk.path}/reports/{choices.report}/draft", first=view.first, last=view.last)


def _impossible(desk: Desk, choices: Choices, problem: Problem) -> Reply:
    """What is wrong with the question, and what can be asked."""
    query, plain = choices.query, f"{desk.path}/reports/{choices.report}"
    values = {
        **form_values(choices, _day(query.first), _day(query.last)),
        "problem": languages.say(problem.text, desk.reader.language),
        "faults": [languages.say(one.text, desk.reader.language) for one in problem.places],
        "possible": [(label, desk.reader.link(plain, by=name)) for name, label in choices.dimensions()],
        "plain": desk.reader.link(plain),
    }
    return desk.page("reports/impossible.html", values, status=422)


def _day(text: str) -> str:
    """What an input for a day takes; empty for any other text."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _first(view: FiguresView, choices: Choices) -> list[MeasureView]:
    """The measures with which the page begins: those that were chosen, or those that the report begins with."""
    if choices.query.measure or len(view.by) == MOST_DIMENSIONS:
        return view.measures
    wanted = [one for name in _FIRST.get(view.report, ()) for one in view.measures if one.name == name]
    return wanted or view.measures[: grids.MOST_MEASURES]


def _figure(measure: MeasureView, found: Overview, words: FigureWords) -> ToldFigure:
    value, before = _whole(found.present, measure), None if found.before is None else _whole(found.before, measure)
    change = None if found.before is None else words.change(measure, value, before)
    place, past = ("", "") if value is None else (words.place(value), words.past(value))
    return ToldFigure(measure, words.value(measure, value), change, place, past)


def _whole(view: FiguresView, measure: MeasureView) -> ValueView | None:
    return view.rows[0].values.get(measure.name) if view.rows else None


def _grid(found: Overview, sheet: GridWords, first: list[MeasureView], choices: Choices) -> Grid | None:
    view = found.present
    if not view.by:
        months = found.months
        if months is None or not months.rows or view.report == "indicators":
            return None
        shown = [one for one in first if one in months.measures] or months.measures[:1]
        stacked = grids.STACKED if view.report in _STACKED and not choices.query.measure else ()
        return grids.by_steps(months, sheet, shown, stacked)
    if not view.rows:
        return None
    if len(view.by) == MOST_DIMENSIONS:
        return grids.by_two(view, sheet, view.measures[0])
    if dimensions.of(view.by[0]).is_period:
        return grids.by_steps(view, sheet, first)
    return grids.by_values(view, found.before, sheet, first)


def _others(choices: Choices, view: FiguresView) -> list[tuple[str, str, bool]]:
    """By two dimensions: the measures that can be shown instead."""
    known = {one.value: one.label for one in choices.measures()}
    shown = view.measures[0].name
    return [
        (known[name], here(choices.query, measure=[name]), name == shown) for name in _divisible(view.report, view.by)
    ]
