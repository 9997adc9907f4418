"""Which cells a question needs."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from chalicelib.oversight.statistics.counting.days import week_of
from chalicelib.oversight.statistics.counting.series import (
    RETURNING,
    STATE_SERIES,
    WEEK_SERIES,
    Address,
    Increments,
    Tuple,
)
from chalicelib.oversight.statistics.question import Question

if TYPE_CHECKING:
    from chalicelib.oversight.statistics.tabulating.horizon import Horizon

BEGINNING = "1970-01"
HORIZON = timedelta(days=60)
"""Five working days end within it, whatever holidays a calendar has."""
_OVERDUE = timedelta(days=14)


Range = tuple[str, str]


class Needs(msgspec.Struct, frozen=True):
    """Ranges of periods, both ends included, or None: days of changes, days of states and the months before them, weeks
    of due times. `returning`: whether it asks about complainants who had filed another complaint."""

    days: Range | None
    states: Range | None
    months: Range | None
    weeks: Range | None
    returning: bool = False

    def wants(self, series: str, address: Address) -> bool:
        """Whether the question needs the series at the address."""
        if address.kind == "M":
            wanted = self.months
        elif series in WEEK_SERIES:
            wanted = self.weeks
        else:
            wanted = self.states if series in STATE_SERIES else self.days
        return wanted is not None and wanted[0] <= address.period <= wanted[1]

    def of(self, address: Address, counts: Counter[Tuple]) -> Counter[Tuple]:
        """The counts that the question needs."""
        wanted = {series: self.wants(series, address) for series in {key[0] for key in counts}}
        return Counter({key: number for key, number in counts.items() if wanted[key[0]]})

    def within(self, increments: Increments) -> Increments:
        kept = {address: self.of(address, counts) for address, counts in increments.items()}
        return {address: counts for address, counts in kept.items() if counts}


def needs_of(question: Question, horizon: Horizon) -> Needs:
    asked = question.asked
    changes = any(not one.is_state and not one.is_by_due_day for one in asked)
    states = any(one.is_state for one in asked)
    period = (question.first.isoformat(), question.last.isoformat())
    return Needs(
        days=period if changes else None,
        states=(f"{period[0][:7]}-01", period[1]) if states else None,
        months=(BEGINNING, _month_before(question.first)) if states else None,
        weeks=_weeks(question, horizon),
        returning=any(pick.series == RETURNING for one in asked for pick in one.picks),
    )


def _month_before(day: date) -> str:
    return (day.replace(day=1) - timedelta(days=1)).isoformat()[:7]


def _weeks(question: Question, horizon: Horizon) -> Range | None:
    ranges = [(question.first, question.last) for one in question.asked if one.is_by_due_day and one.form != "at_risk"]
    if any(one.form == "at_risk" for one in question.asked):
        ranges.append((horizon.today - _OVERDUE, horizon.today + HORIZON))
    if not ranges:
        return None
    first, last = min(first for first, _ in ranges), max(last for _, last in ranges)
    return week_of(first.isoformat()), week_of(last.isoformat())
