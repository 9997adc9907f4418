"""Working days outside the usual week: swapped working days, and the organisation's own openings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.document import clock_text
from chalicelib.policy.worktime.explaining.walk import CivilDay, civil_days
from chalicelib.policy.worktime.pauses import Pause
from chalicelib.policy.worktime.term import Term


def special_days(term: Term, end: Instant | None, pauses: Sequence[Pause]) -> list[CivilDay]:
    """Only for limits in open time or working days. Without an end, those before the open pause."""
    if not term.limit.is_working:
        return []
    until = end if end is not None else pauses[-1][0]
    days = civil_days(term.calendar, term.start, until)
    special = (day for day in days if day.plan.cause in ("swapped", "own_opening"))
    return [day for day in special if day.open and day.open[-1][1] > term.start and day.open[0][0] < until]


def special_day_json(day: CivilDay) -> dict[str, Any]:
    value: dict[str, Any] = {
        "date": day.date,
        "cause": day.plan.cause,
        "hours": [[clock_text(opens), clock_text(closes)] for opens, closes in day.plan.hours],
    }
    if day.plan.name:
        value["name"] = {"en": day.plan.name.en, "zh": day.plan.name.zh}
    return value
