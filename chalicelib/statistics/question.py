"""A question to the statistics: measures, at most two dimensions, a period, filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from chalicelib.kit.problem import Text
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import CATEGORY
from chalicelib.statistics.measures.measure import Measure
from chalicelib.statistics.measures.table import MEASURES

MOST_DIMENSIONS = 2
MOST_DAYS = 3 * 366


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: dimensions of the measures, or one period. `first` and `last`: civil days, both included.

    `filters`: the values to count, by dimension; an empty text is an absent value.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    first: date
    last: date
    filters: Mapping[str, frozenset[str]] = {}

    @property
    def asked(self) -> list[Measure]:
        return [MEASURES[name] for name in self.measures]


class QuestionFault(msgspec.Struct, frozen=True):
    """`part`: `measures`, `by`, `last` or `filters`. `value`: what is wrong in it."""

    part: str
    value: str
    problem: Text


def faults(question: Question) -> list[QuestionFault]:
    """Everything that makes the question unanswerable."""
    unknown = [name for name in question.measures if name not in MEASURES]
    if unknown or not question.measures:
        return [QuestionFault("measures", name, Text("is no measure")) for name in unknown or [""]]
    return [*_of_dimensions(question), *_of_period(question)]


def _of_dimensions(question: Question) -> Iterator[QuestionFault]:
    for name in question.by[MOST_DIMENSIONS:]:
        yield QuestionFault("by", name, Text("a question has at most {most} dimensions", most=MOST_DIMENSIONS))
    periods = [name for name in question.by if dimensions.of(name).is_period]
    if len(set(question.by)) < len(question.by) or len(periods) > 1:
        yield QuestionFault("by", question.by[-1], Text("names a dimension twice"))
    for part, names in (("by", question.by), ("filters", question.filters)):
        for name in names:
            lacking = [one.name for one in question.asked if not allows(one, name)]
            if lacking and not (part == "by" and name in periods):
                known = ", ".join(dimensions_of(part, question.asked))
                text = Text(
                    "is no dimension of {measures}; known are: {known}", measures=", ".join(lacking), known=known
                )
                yield QuestionFault(part, name, text)


def dimensions_of(part: str, asked: list[Measure], kinds: Sequence[str] = ("<kind>",)) -> Iterator[str]:
    """The dimensions that all of the measures have. `kinds`: of categories."""
    yield from (
        row.name
        for row in dimensions.DIMENSIONS.values()
        if (row.is_period and part == "by") or all(allows(one, row.name) for one in asked)
    )
    yield from (f"{CATEGORY}{kind}" for kind in kinds)


def _of_period(question: Question) -> Iterator[QuestionFault]:
    if question.last < question.first:
        yield QuestionFault("last", question.last.isoformat(), Text("must not be before the first day"))
    elif (question.last - question.first).days >= MOST_DAYS:
        yield QuestionFault("last", question.last.isoformat(), Text("the period is longer than three years"))


def allows(measure: Measure, dimension: str) -> bool:
    return dimension in measure.dimensions or dimension.startswith(CATEGORY)
