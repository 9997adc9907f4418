"""Complaints per 1,000 of what the owners entered for each month, such as customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from chalicelib.statistics import dimensions
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.picking import Counts, RowKey
from chalicelib.statistics.tabulating.value import PerThousand

_A_DAY = timedelta(days=1)
NO_DENOMINATOR, NO_WHOLE_MONTHS = "no_denominator", "no_whole_months"
"""Why a rate has no value."""


def rates(
    question: Question, counts: Counts, denominators: Mapping[str, float]
) -> Iterator[tuple[RowKey, PerThousand]]:
    """The rate of each row. Without complaints, of the row of all if the owners entered something for its period."""
    rows = counts.keys() if question.by else {()}
    for key in sorted(rows):
        number = counts[key]
        rate = _rate(number, _months(question, key), denominators)
        if number or rate.of is not None:
            yield key, rate


def _rate(number: int, months: list[str], denominators: Mapping[str, float]) -> PerThousand:
    if not months:
        return PerThousand(number, None, NO_WHOLE_MONTHS)
    if any(month not in denominators for month in months):
        return PerThousand(number, None, NO_DENOMINATOR)
    return PerThousand(number, sum(denominators[month] for month in months))


def _months(question: Question, key: RowKey) -> list[str]:
    """The months of the row's period; none if it begins or ends within a month."""
    first, last = question.first, question.last
    for name, value in zip(question.by, key, strict=True):
        if (span := dimensions.of(name).span) is not None:
            begin, end = span(value)
            first, last = max(first, begin), min(last, end)
    if first.day != 1 or (last + _A_DAY).day != 1:
        return []
    found, month = list[str](), first
    while month <= last:
        found.append(month.isoformat()[:7])
        month = _following(month)
    return found


def _following(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
