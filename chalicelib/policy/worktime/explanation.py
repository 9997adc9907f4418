"""Explains a due time: the calendar's part of the API's key `because`, described by `because_schema`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.instants import Instant, to_text
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.document import clock_text
from chalicelib.policy.worktime.due import due_time
from chalicelib.policy.worktime.explanation_text import explanation_texts
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.pauses import Pause, normalise_pauses
from chalicelib.policy.worktime.skipped import skipped_days, skipped_elapsed, skipped_open_time
from chalicelib.policy.worktime.stretches import MAX_LISTED, Stretch, summarise
from chalicelib.policy.worktime.walk import CivilDay, civil_days
from chalicelib.policy.worktime.zone import wall_clock


def explain(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause] = ()) -> dict[str, Any]:
    """Returns the data that is needed to verify the due time by hand, and the same in words.

    With the `ms` of the stretches: end = start + limit + their sum (for months: the same day of the month + their sum).
    With their `days`: the limit is the number of days after the day of the start (for `same working day`: including
    it) up to the closing day, minus their sum.
    """
    result = due_time(calendar, limit, start, pauses)
    counted_pauses = _relevant_pauses(normalise_pauses(pauses, start), result.due)
    stretches = _skipped_stretches(calendar, limit, start, result.due, counted_pauses)
    worked = _special_days(calendar, limit, start, result.due, counted_pauses)
    because: dict[str, Any] = {
        "timezone": calendar.document.timezone,
        "calendar": calendar.edition,
        "limit": str(limit),
        "start": to_text(start),
        "end": None if result.due is None else to_text(result.due),
        "provisional": result.provisional,
        "day_ends": calendar.document.day_ends,
        "pauses": [
            {"from": to_text(begin), "until": end and to_text(end)} for begin, end in counted_pauses[:MAX_LISTED]
        ],
        "stretches": [stretch.to_json() for stretch in summarise(stretches)],
        "worked": [_special_day_json(day) for day in worked[:MAX_LISTED]],
    }
    if limit.kind in ("working_days", "same_working_day") and result.due is not None:
        because["closing"] = _closing(calendar, result.due)
    return because | {"text": explanation_texts(calendar, limit, start, result, stretches, worked)}


def _relevant_pauses(pauses: list[Pause], end: Instant | None) -> list[Pause]:
    """The pauses that can affect the due time. Without a due time the last pause is open."""
    if end is not None:
        return [pause for pause in pauses if pause[0] < end]
    return pauses if pauses and pauses[-1][1] is None else []


def _skipped_stretches(
    calendar: Calendar, limit: Limit, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> list[Stretch]:
    if limit.kind == "none":
        return []
    if limit.kind == "working_time":
        return skipped_open_time(calendar, start, end, pauses)
    if limit.is_working:
        return skipped_days(calendar, start, end, pauses, from_next_day=limit.kind == "working_days")
    return skipped_elapsed(pauses)


def _special_days(
    calendar: Calendar, limit: Limit, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> list[CivilDay]:
    """Working days outside the usual week: swapped working days, and the organisation's own openings."""
    if not limit.is_working:
        return []
    until = end if end is not None else pauses[-1][0]
    days = civil_days(calendar, start, until)
    special = (day for day in days if day.plan.cause in ("swapped", "own_opening"))
    return [day for day in special if day.open and day.open[-1][1] > start and day.open[0][0] < until]


def _special_day_json(day: CivilDay) -> dict[str, Any]:
    value: dict[str, Any] = {
        "date": day.date,
        "cause": day.plan.cause,
        "hours": [[clock_text(opens), clock_text(closes)] for opens, closes in day.plan.hours],
    }
    if day.plan.name:
        value["name"] = {"en": day.plan.name.en, "zh": day.plan.name.zh}
    return value


def _closing(calendar: Calendar, end: Instant) -> dict[str, str]:
    """The last day, and the wall-clock time of its end; 24:00 at midnight."""
    day = next(civil_days(calendar, end - 1, end))
    at = "24:00" if end == day.end else f"{wall_clock(calendar.zone, end):%H:%M}"
    return {"date": day.date, "at": at}
