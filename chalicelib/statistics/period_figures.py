"""Figures for a document of a period: all tables are from one reading, so that they agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.statistics.counting.series import Increments
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import read
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.picking import RowKey
from chalicelib.statistics.tabulating.value import Value


class PeriodFigures(NamedTuple):
    """`fresh_until`: events until then are counted."""

    question: Question
    increments: Increments
    horizon: Horizon
    fresh_until: Instant

    def table(
        self, by: str = "", measures: Iterable[str] = (), filters: Mapping[str, frozenset[str]] | None = None
    ) -> dict[RowKey, dict[str, Value]]:
        """By a dimension, or of all together. `measures`: some of those that were read; by default all."""
        named = tuple(measures) or self.question.measures
        asked = replace(self.question, by=(by,) if by else (), measures=named, filters=filters or {})
        return values.tabulate(asked, self.increments, self.horizon)


def read_period(
    horizon: Horizon, period: CalendarPeriod, measures: Iterable[str], by: Iterable[str], until: Instant
) -> PeriodFigures | None:
    """None while events before `until` are not counted. `by`: dimensions by which tables will be asked.

    Raises `Problem("conflict")`, as `read`. The caller binds the tenant.
    """
    question = Question(measures=tuple(dict.fromkeys(measures)), first=period.first, last=period.last)
    found = read(horizon.wiring, horizon.tenant, needs_of(question, horizon, *by), horizon.now)
    if found.fresh_until is None or found.fresh_until < until:
        return None
    return PeriodFigures(question, found.increments, horizon, found.fresh_until)
