"""Which cells a question needs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from chalicelib.oversight.statistics.counting.days import week_of
from chalicelib.oversight.statistics.question import Question

if TYPE_CHECKING:
    from chalicelib.oversight.statistics.tabulating.horizon import Horizon

BEGINNING = date(1970, 1, 1)
HORIZON = timedelta(days=60)
"""Five working days end within it, whatever holidays a calendar has."""
_OVERDUE = timedelta(days=14)


class Needs(msgspec.Struct, frozen=True):
    """Ranges of periods, both ends included, or None: days of changes, days of states, weeks of due times."""

    days: tuple[str, str] | None
    states: tuple[str, str] | None
    weeks: tuple[str, str] | None


def needs_of(question: Question, horizon: Horizon) -> Needs:
    asked = question.asked
    changes = any(not one.is_state and not one.is_by_due_day for one in asked)
    states = any(one.is_state for one in asked)
    period = (question.first.isoformat(), question.last.isoformat())
    return Needs(
        days=period if changes else None,
        states=(BEGINNING.isoformat(), period[1]) if states else None,
        weeks=_weeks(question, horizon),
    )


def _weeks(question: Question, horizon: Horizon) -> tuple[str, str] | None:
    ranges = [(question.first, question.last) for one in question.asked if one.is_by_due_day and one.form != "at_risk"]
    if any(one.form == "at_risk" for one in question.asked):
        ranges.append((horizon.today - _OVERDUE, horizon.today + HORIZON))
    if not ranges:
        return None
    first, last = min(first for first, _ in ranges), max(last for _, last in ranges)
    return week_of(first.isoformat()), week_of(last.isoformat())
