"""Choosing the tuples that a measure counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from chalicelib.statistics import dimensions
from chalicelib.statistics.counting.series import SERIES, Increments, Tuple, index
from chalicelib.statistics.measures.deadlines import OFFICE
from chalicelib.statistics.measures.measure import Pick
from chalicelib.statistics.question import Question

if TYPE_CHECKING:
    from chalicelib.statistics.tabulating.horizon import Horizon

RowKey = tuple[str, ...]
Counts = Counter[RowKey]
Dated = dict[str, list[tuple[str, Tuple, int]]]
"""By series: the civil day on which a tuple counts, the tuple, its count."""
ValueOf = Callable[[Tuple, str], str]
"""Of a tuple and the civil day on which it counts."""


def value_of(series: str, dimension: str) -> ValueOf:
    row = dimensions.of(dimension)
    if row.is_period:
        return lambda _key, day: row.value("", day)
    at = index(series, row.column)
    return lambda key, day: row.value(key[at], day)


def dated(increments: Increments) -> Dated:
    found: Dated = defaultdict(list)
    for address, counts in increments.items():
        for key, number in counts.items():
            found[key[0]].append((address.period, key, number))
    return found


def fits(question: Question, pick: Pick, horizon: Horizon) -> Callable[[Tuple, str], bool]:
    """Whether the measure and the question's filters count a tuple."""
    where = [(index(pick.series, name), frozenset(values)) for name, values in pick.where.items()]
    filters = [(value_of(pick.series, name), values) for name, values in _filters(question, pick).items()]
    present = horizon.today.isoformat() if pick.once_due else ""
    outcome = index(pick.series, "outcome") if pick.once_due else 0

    def fitting(key: Tuple, day: str) -> bool:
        return (
            all(key[at] in values for at, values in where)
            and all(value(key, day) in values for value, values in filters)
            and not (key[outcome] in pick.once_due and day >= present)
        )

    return fitting


def _filters(question: Question, pick: Pick) -> Mapping[str, frozenset[str]]:
    """Of deadlines those of the office, unless the question names duties or single deadlines."""
    if "duty" not in SERIES[pick.series] or {"duty", "clock"} & {*question.by, *question.filters}:
        return question.filters
    return {**question.filters, "duty": frozenset({OFFICE})}


def chosen(question: Question, pick: Pick, found: Dated, horizon: Horizon) -> Iterator[tuple[RowKey, Tuple, int]]:
    """Yields the row, the tuple and its count for each tuple of the period."""
    begin, end = question.first.isoformat(), question.last.isoformat()
    values = [value_of(pick.series, name) for name in question.by]
    fitting = fits(question, pick, horizon)
    for day, key, number in found.get(pick.series, ()):
        if begin <= day <= end and fitting(key, day):
            yield tuple(value(key, day) for value in values), key, number
