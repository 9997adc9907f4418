"""Adds up the tuples of the asked series into the rows of an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalicelib.statistics.counting.histogram import quantile
from chalicelib.statistics.counting.series import Increments, index
from chalicelib.statistics.measures.measure import Measure, Pick
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating import states
from chalicelib.statistics.tabulating.picking import Counts, Dated, RowKey, chosen, dated, fits, value_of
from chalicelib.statistics.tabulating.value import Ratio, Times, Value

if TYPE_CHECKING:
    from chalicelib.statistics.tabulating.horizon import Horizon


def tabulate(question: Question, increments: Increments, horizon: Horizon) -> dict[RowKey, dict[str, Value]]:
    """The values by row and measure. Rows without any value are left out."""
    by_series = dated(increments)
    rows: dict[RowKey, dict[str, Value]] = defaultdict(dict)
    for measure in question.asked:
        for key, value in _of_measure(question, measure, by_series, horizon):
            rows[key][measure.name] = value
    return dict(rows)


def _of_measure(question: Question, measure: Measure, found: Dated, horizon: Horizon) -> Iterator[tuple[RowKey, Value]]:
    if measure.form == "times":
        yield from _times(question, measure.counts, found)
        return
    numerators = _counts(question, measure, measure.counts, found, horizon)
    if measure.of is None:
        yield from ((key, number) for key, number in numerators.items() if number)
        return
    denominators = _counts(question, measure, measure.of, found, horizon)
    for key in numerators | denominators:
        if numerators[key] or denominators[key]:
            yield key, Ratio(numerators[key], denominators[key])


def _counts(question: Question, measure: Measure, pick: Pick, found: Dated, horizon: Horizon) -> Counts:
    if measure.is_state:
        return states.at_ends(question, pick, found, horizon)
    if measure.form == "at_risk":
        return _at_risk(question, measure, found, horizon)
    total: Counts = Counter()
    for key, _, number in chosen(question, pick, found, question.first, question.last):
        total[key] += number
    return total


def _at_risk(question: Question, measure: Measure, found: Dated, horizon: Horizon) -> Counts:
    total: Counts = Counter()
    at = index(measure.counts.series, "policy")
    values = [value_of(measure.counts.series, name) for name in question.by]
    fitting = fits(question, measure.counts)
    for day, key, number in found.get(measure.counts.series, ()):
        if fitting(key, day) and day <= horizon.end(key[at], measure.within):
            total[tuple(value(key, day) for value in values)] += number
    return total


def _times(question: Question, pick: Pick, found: Dated) -> Iterator[tuple[RowKey, Value]]:
    at = index(pick.series, "bucket")
    histograms: dict[RowKey, Counter[str]] = defaultdict(Counter)
    for row, key, number in chosen(question, pick, found, question.first, question.last):
        histograms[row][key[at]] += number
    for row, histogram in histograms.items():
        if total := sum(histogram.values()):
            yield row, Times(total, quantile(histogram, 0.5), quantile(histogram, 0.9))
