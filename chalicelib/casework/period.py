"""The complaint numbers of a period, enumerated from the months' counters without a search."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.casework.numbers import Month
from chalicelib.kit.instants import DAY, Instant, from_instant

MAX_MONTHS = 60


class NumberPosition(msgspec.Struct, frozen=True):
    """How far an enumeration is: the index of the month, and how many of its numbers are done."""

    month: int = 0
    numbers: int = 0


def candidate_months(first: Instant, last: Instant) -> list[str]:
    """Return the months (`yyyymm`) that the numbers of a period may have. Local dates are up to a day off UTC."""
    start, end = from_instant(first - DAY), from_instant(last + DAY)
    month_numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return [f"{number // 12:04d}{number % 12 + 1:02d}" for number in month_numbers]


def next_page(
    all_months: Sequence[Month], position: NumberPosition, size: int
) -> tuple[list[str], NumberPosition | None]:
    """Return the next numbers, at most `size`, and the position after them (None at the end)."""
    for index in range(position.month, len(all_months)):
        month = all_months[index]
        done = position.numbers if index == position.month else 0
        if done < month.count:
            last = min(done + size, month.count)
            numbers = [f"{month.name}-{number:06d}" for number in range(done + 1, last + 1)]
            return numbers, _unless_end(all_months, NumberPosition(index, last))
    return [], None


def _unless_end(all_months: Sequence[Month], position: NumberPosition) -> NumberPosition | None:
    remaining = all_months[position.month].count - position.numbers
    remaining += sum(month.count for month in all_months[position.month + 1 :])
    return position if remaining else None
