"""The complaints of a period: their numbers follow from the months' counters, so that nothing is searched for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.instants import DAY, Instant, from_instant

MAX_MONTHS = 60


class Month(msgspec.Struct, frozen=True):
    """`yyyymm`, and how many numbers it had given out when the job began."""

    name: str
    count: int


class NumberPosition(msgspec.Struct, frozen=True):
    """How far a walk has come: this many numbers of this month are behind it."""

    month: int = 0
    numbers: int = 0


def candidate_months(first: Instant, last: Instant) -> list[str]:
    """The months that numbers of this period can bear: a zone may be a day ahead or behind."""
    begin, end = from_instant(first - DAY), from_instant(last + DAY)
    counted = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    return [f"{number // 12:04d}{number % 12 + 1:02d}" for number in counted]


def next_page(walked: Sequence[Month], place: NumberPosition, size: int) -> tuple[list[str], NumberPosition | None]:
    """The next numbers, at most `size`, and the place behind them; None at the end."""
    for position in range(place.month, len(walked)):
        month = walked[position]
        done = place.numbers if position == place.month else 0
        if done < month.count:
            last = min(done + size, month.count)
            numbers = [f"{month.name}-{number:06d}" for number in range(done + 1, last + 1)]
            return numbers, _behind(walked, NumberPosition(position, last))
    return [], None


def _behind(walked: Sequence[Month], place: NumberPosition) -> NumberPosition | None:
    left = walked[place.month].count - place.numbers + sum(month.count for month in walked[place.month + 1 :])
    return place if left else None
