"""Adds up the tuples of the asked series into the rows of an answer.

The state at the end of a day is the sum of all differences until then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.statistics import dimensions
from chalicelib.statistics.counting.histogram import middle, quantile
from chalicelib.statistics.counting.series import THOUSAND, Increments, Tuple, index
from chalicelib.statistics.days import days_between
from chalicelib.statistics.measures.measure import Measure, Pick
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.picking import Counts, Dated, RowKey, chosen, dated, fits, value_of
from chalicelib.statistics.tabulating.rates import rates
from chalicelib.statistics.tabulating.value import Amounts, Ratio, Sum, Times, Value

if TYPE_CHECKING:
    from chalicelib.statistics.tabulating.horizon import Horizon


def at_ends(question: Question, pick: Pick, found: Dated, horizon: Horizon) -> Counts:
    """The counts at the end of each day, week or month by which is asked, or of the period. Nothing lies in the future:
    the present state stands for a day that has not ended."""
    values = [value_of(pick.series, name) for name in question.by]
    fitting, total = fits(question, pick, horizon), Counts()
    for day, state in _states(found.get(pick.series, []), _ends(question, horizon.today)):
        for key, number in state.items():
            if number and fitting(key, day):
                total[tuple(value(key, day) for value in values)] += number
    return total


def _ends(question: Question, today: date) -> list[str]:
    """The days whose end stands for the periods of the question, in order."""
    last = min(question.last, today)
    if last < question.first:
        return []
    period = next((name for name in question.by if dimensions.of(name).is_period), None)
    if period is None:
        return [last.isoformat()]
    ends: dict[str, str] = {}
    value = value_of("open", period)
    for day in days_between(question.first, last):
        ends[value((), day.isoformat())] = day.isoformat()
    return list(ends.values())


def _states(differences: list[tuple[str, Tuple, int]], ends: list[str]) -> Iterator[tuple[str, Counter[Tuple]]]:
    """The state at each end. The same counter is yielded each time."""
    state: Counter[Tuple] = Counter()
    ordered = sorted(differences, key=lambda one: one[0])
    at = 0
    for end in ends:
        while at < len(ordered) and ordered[at][0] <= end:
            _, key, number = ordered[at]
            state[key] += number
            at += 1
        yield end, state


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
        yield from _times(question, measure, found, horizon)
        return
    numerators = _counts(question, measure, measure.counts, found, horizon)
    if measure.spread is not None:
        yield from _amounts(numerators, question, measure.spread, found, horizon)
        return
    if measure.form == "sum":
        yield from ((key, Sum(number)) for key, number in numerators.items() if number)
        return
    if measure.form == "per_thousand":
        yield from rates(question, numerators, horizon.denominators)
        return
    if measure.of is None:
        yield from ((key, number) for key, number in numerators.items() if number)
        return
    whole = _undivided(question, measure)
    kept = [at for at, name in enumerate(question.by) if name in whole.by]
    denominators = _counts(whole, measure, measure.of, found, horizon)
    for key in numerators if whole.by != question.by else numerators | denominators:
        of = denominators[tuple(key[at] for at in kept)]
        if numerators[key] or of:
            yield key, Ratio(numerators[key], of)


def _undivided(question: Question, measure: Measure) -> Question:
    """The question that the denominator answers."""
    if not measure.undivided:
        return question
    filters = {name: values for name, values in question.filters.items() if name not in measure.undivided}
    return replace(question, by=tuple(name for name in question.by if name not in measure.undivided), filters=filters)


def _counts(question: Question, measure: Measure, pick: Pick, found: Dated, horizon: Horizon) -> Counts:
    if measure.is_state:
        return at_ends(question, pick, found, horizon)
    if measure.form == "at_risk":
        return _at_risk(question, measure, found, horizon)
    total: Counts = Counter()
    for key, _, number in chosen(question, pick, found, horizon):
        total[key] += number
    return total


def _at_risk(question: Question, measure: Measure, found: Dated, horizon: Horizon) -> Counts:
    total: Counts = Counter()
    at = index(measure.counts.series, "policy")
    values = [value_of(measure.counts.series, name) for name in question.by]
    fitting = fits(question, measure.counts, horizon)
    for day, key, number in found.get(measure.counts.series, ()):
        if fitting(key, day) and day <= horizon.end(key[at], measure.within):
            total[tuple(value(key, day) for value in values)] += number
    return total


def _times(question: Question, measure: Measure, found: Dated, horizon: Horizon) -> Iterator[tuple[RowKey, Value]]:
    histograms = _histograms(question, measure.counts, measure.bucket, found, horizon)
    took = _histograms(question, measure.counts, measure.days, found, horizon) if measure.days else {}
    for row, histogram in histograms.items():
        if total := sum(histogram.values()):
            days = {int(name): number for name, number in sorted(took.get(row, {}).items()) if number}
            yield row, Times(total, quantile(histogram, 0.5), quantile(histogram, 0.9), days)


def _amounts(
    totals: Counts, question: Question, spread: Pick, found: Dated, horizon: Horizon
) -> Iterator[tuple[RowKey, Value]]:
    for row, histogram in _histograms(question, spread, "amount", found, horizon).items():
        if number := sum(histogram.values()):
            yield row, Amounts(number, totals[row], middle(histogram) / THOUSAND)


def _histograms(
    question: Question, pick: Pick, column: str, found: Dated, horizon: Horizon
) -> dict[RowKey, Counter[str]]:
    """How often each value of the column occurs, by row."""
    at = index(pick.series, column)
    histograms: dict[RowKey, Counter[str]] = defaultdict(Counter)
    for row, key, number in chosen(question, pick, found, horizon):
        histograms[row][key[at]] += number
    return histograms
