"""The periods with which an inspection compares: the one before, and the same one of the year before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chalicelib.features.inspections.document import ComparedPeriod
from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.statistics.days import day_of
from chalicelib.statistics.period_figures import PeriodFigures, read_period
from chalicelib.statistics.tabulating.horizon import Horizon


class PeriodReading(NamedTuple):
    """`days`: of the period, on which the organisation existed. `figures`: None if it did not."""

    period: CalendarPeriod
    founded: date
    figures: PeriodFigures | None

    @property
    def days(self) -> int:
        return (self.period.last - max(self.period.first, self.founded)).days + 1

    @property
    def stated(self) -> ComparedPeriod:
        existed, begins = self.founded <= self.period.last, self.period.first < self.founded
        return ComparedPeriod(
            name=self.period.name,
            first=self.period.first.isoformat(),
            last=self.period.last.isoformat(),
            counted_from=self.founded.isoformat() if existed and begins else None,
            existed=existed,
        )


def founded_on(horizon: Horizon, created: Instant) -> date:
    return date.fromisoformat(day_of(horizon.calendar, created))


def read(
    horizon: Horizon, period: CalendarPeriod, founded: date, measures: Iterable[str], by: Iterable[str]
) -> PeriodReading:
    """Of an earlier period, all of whose events are counted since those of the inspected one are.

    Raises `Problem("conflict")`. The caller binds the tenant.
    """
    if founded > period.last:
        return PeriodReading(period, founded, None)
    found = read_period(horizon, period, measures, by, period.end(horizon.calendar.zone))
    return PeriodReading(period, founded, found)
