"""The periods of public figures, and the day on which each is published (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from chalicelib.policy.language import publicity

DELAY = timedelta(days=10)
"""From the last day of a period to its publication: events that arrive late are in, and deadlines have ended."""


class FiguresPeriod(msgspec.Struct, frozen=True):
    """`name`: `2026-09`, `2026-Q3` or `2026`. Both days are included."""

    name: str
    first: date
    last: date

    @property
    def published_on(self) -> date:
        return self.last + DELAY


def latest(every: publicity.Period, today: date) -> FiguresPeriod:
    """The last period whose day of publication has come."""
    return next(one for one in _backwards(every, today) if one.published_on <= today)


def _backwards(every: publicity.Period, today: date) -> Iterator[FiguresPeriod]:
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    number = (today.year * 12 + today.month - 1) // months
    while True:
        first, following = _month(number * months), _month((number + 1) * months)
        yield FiguresPeriod(_name(every, first), first, following - timedelta(days=1))
        number -= 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _name(every: publicity.Period, first: date) -> str:
    year = f"{first.year:04d}"
    return {"month": f"{year}-{first.month:02d}", "quarter": f"{year}-Q{(first.month + 2) // 3}", "year": year}[every]
