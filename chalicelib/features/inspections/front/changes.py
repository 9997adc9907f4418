"""What rose and fell: the categories and units of which more or fewer complaints came in than in the period before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from chalicelib.features.analysis.frequency import trend
from chalicelib.features.analysis.intervals import Rate, ratio
from chalicelib.features.inspections.document import ChangedNumber
from chalicelib.features.inspections.front.compared import PeriodReading
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics.dimensions import CATEGORY, OTHER, Labels
from chalicelib.statistics.period_figures import PeriodFigures
from chalicelib.statistics.tabulating.value import half_up

_RECEIVED = "received"
_TIMES, _LEAST = 3, 3
"""A number that at least tripled, and is three or more, is named although chance may explain it."""
MOST = 5
"""Of those that rose, and of those that fell."""


def dimensions(document: PolicyDocument) -> list[str]:
    return [*(f"{CATEGORY}{kind}" for kind in document.intake.categories), "unit"]


def changes(labels: Labels, now: PeriodReading, before: PeriodReading) -> list[ChangedNumber]:
    """First those that rose, the greatest difference first, then those that fell."""
    if now.figures is None or before.figures is None:
        return []
    every = [one for by in dimensions(labels.document) for one in _of(by, labels, now, before)]
    rose = [one for one in every if one.number * before.days > one.before * now.days]
    fell = [one for one in every if one not in rose]
    return [*_greatest(rose), *_greatest(fell)]


def _greatest(found: Sequence[ChangedNumber]) -> list[ChangedNumber]:
    return sorted(found, key=lambda one: (one.trend == "unclear", -abs(one.number - one.before), one.by, one.key))[
        :MOST
    ]


def _of(by: str, labels: Labels, now: PeriodReading, before: PeriodReading) -> Iterator[ChangedNumber]:
    present, former = _numbers(now.figures, by), _numbers(before.figures, by)
    for key in sorted((present.keys() | former.keys()) - {"", OTHER}):
        number, then = present.get(key, 0), former.get(key, 0)
        limits = ratio(Rate(number, now.days), Rate(then, before.days))
        way = trend(limits)
        if way == "unclear" and not _is_great(number, then):
            continue
        yield ChangedNumber(
            by=by,
            key=key,
            label=labels.of(by, key),
            number=number,
            before=then,
            ratio=half_up(number * before.days, then * now.days, 2) if then else None,
            low=round(limits.low, 3),
            high=round(limits.high, 3) if isfinite(limits.high) else None,
            trend=way,
        )


def _is_great(number: int, before: int) -> bool:
    """By the plain numbers, which are what is read: months have different lengths."""
    return max(number, before) >= _LEAST and (number >= _TIMES * before or before >= _TIMES * number)


def _numbers(found: PeriodFigures | None, by: str) -> dict[str, int]:
    rows = {} if found is None else found.table(by, (_RECEIVED,))
    return {key: value for (key,), cells in rows.items() if isinstance(value := cells[_RECEIVED], int)}
