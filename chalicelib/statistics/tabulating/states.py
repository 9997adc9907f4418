"""The state at the end of days: the sum of all differences until then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from chalicelib.statistics import dimensions
from chalicelib.statistics.counting.series import Tuple
from chalicelib.statistics.days import days_between
from chalicelib.statistics.measures.measure import Pick
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.picking import Counts, Dated, fits, value_of

if TYPE_CHECKING:
    from chalicelib.statistics.tabulating.horizon import Horizon


def at_ends(question: Question, pick: Pick, found: Dated, horizon: Horizon) -> Counts:
    """The counts at the end of each day, week or month by which is asked, or of the period. Nothing lies in the future:
    the present state stands for a day that has not ended."""
    values = [value_of(pick.series, name) for name in question.by]
    fitting, total = fits(question, pick), Counts()
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
