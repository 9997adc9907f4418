"""The reports with the measures of each, and the query of one: the question that it asks of the statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

import msgspec

from chalicelib.kit.decoding import RequestDocument, SeenText, extended_by
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.statistics.dimensions import CATEGORY, filters, rows_by
from chalicelib.statistics.measures.table import GAMING, MEASURES
from chalicelib.statistics.question import Question, QuestionFault, faults

REPORTS: dict[str, tuple[str, ...]] = {
    "inflow": (
        *("received", "received_per_1000", "accepted", "refused", "refusals_overturned", "withdrawn", "transferred"),
        *("linked", "repeat_complainants"),
    ),
    "results": (
        *("decided", "closed", "disputed", "reopened", "appealed", "overturned", "upheld_again"),
        *("closed_on_silence", "closed_without_decision", "published", "answers"),
        *("first_outcome", "last_outcome", "satisfaction", "redress"),
    ),
    "deadlines": (
        *("met_as_first_promised", "met_after_extension", "met_late", "not_done_as_promised"),
        *("ended_without_answer", "cancelled"),
        *("met", "missed", "missed_and_open", "not_yet_due", "lateness", "lateness_of_escalations"),
        *("escalated", "extended", "extended_on_last_day", "paused", "time_paused", "time_to_first_answer"),
        *("time_to_first_substantive_answer", "time_to_first_substantive_answer_without_waiting"),
        *("time_to_decision", "time_to_decision_without_waiting", "time_to_closing"),
    ),
    "workload": (
        *("open", "deadlines_open", "deadlines_paused", "at_risk_1", "at_risk_3", "at_risk_5"),
        *("tasks_done", "acts"),
    ),
    "indicators": tuple(sorted(GAMING)),
    "all": tuple(MEASURES),
}
"""By name. A request can choose any of a report's measures."""


_Name = Annotated[SeenText, msgspec.Meta(max_length=100)]
_Value = Annotated[str, msgspec.Meta(max_length=200)]
Day = Annotated[str, msgspec.Meta(pattern="^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
_Category = Annotated[str, msgspec.Meta(pattern="^([^:]{1,100}:.{0,100}|[^:]{0,2000})$")]
_Values = Annotated[list[_Value], msgspec.Meta(max_length=50)]
Layout = Literal["long", "wide"]
DEFAULT_LENGTH = timedelta(days=29)
"""From the first to the last day of a report without a first day."""
_PLACES = {"measures": "measure", "by": "by", "last": "to"}


@extended_by((name, Annotated[_Values, text], msgspec.field(default_factory=list)) for name, text in filters().items())
class ReportQuery(RequestDocument, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`measure`: by default all of the report. `by`: up to two dimensions. `first` and `last`: days, both included.

    By default it is about the last 30 days, today included. Every other parameter is a dimension, and keeps what has
    one of the given values. `category`: `<kind>:<value>`, or without a colon the values of all kinds, as in a row.
    """

    measure: Annotated[list[_Name], msgspec.Meta(max_length=60)] = msgspec.field(default_factory=list)
    by: Annotated[list[_Name], msgspec.Meta(max_length=10), rows_by()] = msgspec.field(default_factory=list)
    first: Day | None = None
    last: Day | None = None
    category: Annotated[list[_Category], msgspec.Meta(max_length=50)] = msgspec.field(default_factory=list)


class TableQuery(ReportQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`layout`: of the CSV."""

    layout: Layout = "long"


def question_of(
    report: str, query: ReportQuery, today: Callable[[], date], reports: Mapping[str, tuple[str, ...]] = REPORTS
) -> Question:
    """`today`: in the organisation's zone, called if the query has no last day. `reports`: the measures of each.

    Raises `Problem`: `not-found` for an unknown report, `invalid` with each faulty place.
    """
    if report not in reports:
        raise Problem("not-found", Text("There is no such report. There are: {known}.", known=", ".join(reports)))
    last = today() if query.last is None else day_of("to", query.last)
    first = last - DEFAULT_LENGTH if query.first is None else day_of("from", query.first)
    asked = Question(
        measures=tuple(query.measure) or reports[report],
        by=tuple(query.by),
        first=first,
        last=last,
        filters=_filters(query),
    )
    foreign = [name for name in query.measure if name not in reports[report]]
    places = [Place("/query/measure", _no_measure(name, reports[report])) for name in foreign]
    refuse([], places)
    refuse(faults(asked if query.measure else _answerable(asked)))
    return asked if query.measure else _answerable(asked)


def _no_measure(name: str, measures: tuple[str, ...]) -> Text:
    return Text("{value} is no measure of the report; known are: {known}", value=name, known=", ".join(measures))


def check_undivided(query: ReportQuery) -> None:
    """Raises `Problem("invalid")` for a list of complaints that is asked for by dimensions."""
    if query.by:
        raise Problem("invalid", "The list has no dimensions.", places=[Place("/query/by", "cannot be given here")])


def _answerable(asked: Question) -> Question:
    """Without the measures of a whole report that lack one of the dimensions. With none left, all stay, as faults."""
    kept = [name for name in asked.measures if not faults(msgspec.structs.replace(asked, measures=(name,)))]
    return msgspec.structs.replace(asked, measures=tuple(kept) or asked.measures)


def _filters(query: ReportQuery) -> dict[str, frozenset[str]]:
    found = {name: frozenset(values) for name in filters() if (values := getattr(query, name))}
    for one in query.category:
        kind, colon, value = one.partition(":")
        name, value = (CATEGORY + kind, value) if colon else ("category", one)
        found[name] = found.get(name, frozenset()) | {value}
    return found


def day_of(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        place = Place(f"/query/{name}", "is no day of the calendar")
        raise Problem("invalid", "The report cannot be made as asked.", places=[place]) from None


def refuse(found: Sequence[QuestionFault], places: Sequence[Place] = ()) -> None:
    """Raises `Problem("invalid")` if there are faults or places."""
    if found or places:
        named = [*places, *map(_place, found)]
        raise Problem("invalid", "The report cannot be made as asked.", places=named)


def _place(fault: QuestionFault) -> Place:
    name = _PLACES.get(fault.part, fault.value)
    name = "category" if name.startswith(CATEGORY) else name
    return Place(f"/query/{name}", Text("of {value}: {problem}", value=fault.value, problem=fault.problem))
