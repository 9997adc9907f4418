"""Query: a report beside the period before and the months before it, as a page shows it. One reading gives all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.features.reports import report
from chalicelib.features.reports.comparing import comparison
from chalicelib.features.reports.queries import asked_question
from chalicelib.features.reports.query import ReportQuery
from chalicelib.features.reports.report import FiguresView
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.statistics import dimensions
from chalicelib.statistics.days import day_of
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer_each
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.tenants import organisation
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring

MONTHS = 12
_A_DAY = timedelta(days=1)


class Overview(NamedTuple):
    """`before`: None where there is nothing to compare with, as by periods. `months`: the last twelve, of a report
    without dimensions. `today`, `founded`: the days between which there are figures."""

    present: FiguresView
    before: FiguresView | None
    months: FiguresView | None
    today: date
    founded: date


def get_overview(wiring: Wiring, request: MemberRequest, name: str, query: ReportQuery) -> Overview:
    """Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict`. The caller binds the tenant."""
    question = asked_question(wiring, request, name, query)
    horizon, org = horizon_of(wiring, request.tenant, request.now), organisation.load(wiring.store, request.tenant)
    today, founded = horizon.today, date.fromisoformat(day_of(horizon.calendar, org.created))
    check_begun(question, today, founded)
    before = _with_measures(before_of(question, today)) if _is_compared(question, today, founded) else None
    months = None if question.by else months_of(question, founded)
    asked = {part: one for part, one in (("before", before), ("months", months)) if one is not None}
    first, *rest = answer_each(wiring, request.tenant, [question, *asked.values()], request.now)
    compared = comparison(wiring, request.tenant, name, question, request.now)
    further = {
        part: report.view(wiring, name, asked[part], found, None, request.now)
        for part, found in zip(asked, rest, strict=True)
    }
    present = report.view(wiring, name, question, first, compared, request.now)
    return Overview(present, further.get("before"), further.get("months"), today, founded)


def check_begun(question: Question, today: date, founded: date) -> None:
    """Raises `Problem("invalid")` for a period of which nothing can be known."""
    if question.first <= today and question.last >= founded:
        return
    wrong = Text("There are figures from {first} to {last}.", first=founded.isoformat(), last=today.isoformat())
    detail = (
        "This period has not begun." if question.first > today else "The organisation did not exist in this period."
    )
    raise Problem("invalid", detail, places=[Place("/query/from", wrong)])


def before_of(question: Question, today: date) -> Question:
    """The same question about the period before: as many whole months, or as many days. Of a period that has not ended
    it has as many days as have begun."""
    end = question.first - _A_DAY
    months = _whole_months(question.first, question.last)
    first = _months_before(question.first, months) if months else end - (question.last - question.first)
    last = min(end, first + (today - question.first)) if question.last >= today else end
    return replace(question, first=first, last=last)


def months_of(question: Question, founded: date) -> Question:
    """By month, up to the last day of the question."""
    first = _months_before(question.last.replace(day=1), MONTHS - 1)
    return replace(_with_measures(question), by=("month",), first=max(first, founded))


def _is_compared(question: Question, today: date, founded: date) -> bool:
    by_period = any(dimensions.of(name).is_period for name in question.by)
    past = before_of(question, today)
    return not by_period and past.first >= founded and any(map(_has_past, question.measures))


def _with_measures(question: Question) -> Question:
    """Without measures of the present, which no earlier period has."""
    kept = tuple(name for name in question.measures if _has_past(name))
    return replace(question, measures=kept or question.measures)


def _has_past(measure: str) -> bool:
    return MEASURES[measure].form != "at_risk"


def _whole_months(first: date, last: date) -> int:
    """How many months the period is; 0 if it begins or ends within one."""
    if first.day != 1 or (last + _A_DAY).day != 1:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _months_before(first: date, months: int) -> date:
    """`first`: of a month."""
    at = first.year * 12 + first.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)
