"""Why a limit is due when it is: the calendar's part of `because`. Its JSON Schema: `because_schema`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.instants import Instant, to_text
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.document import clock_text
from chalicelib.policy.worktime.due import due_time
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.pauses import Pause, normalise_pauses
from chalicelib.policy.worktime.skipped_days import skipped_days
from chalicelib.policy.worktime.skipped_time import skipped_elapsed, skipped_open_time
from chalicelib.policy.worktime.stretches import MAX_LISTED, Stretch, summarise
from chalicelib.policy.worktime.texts import explanation_texts
from chalicelib.policy.worktime.walk import CivilDay, civil_days
from chalicelib.policy.worktime.zone import wall_clock


def explain(calendar: Calendar, limit: Limit, start: Instant, pauses: Sequence[Pause] = ()) -> dict[str, Any]:
    """Everything from which the due time can be worked out again by hand, and the same in words.

    With the stretches' `ms`: end = start + limit + their sum (months: the same day of the month + their sum). With
    their `days`: the days after the start's (from it on, for `same working day`) until the closing's, less their sum,
    are the limit.
    """
    answer = due_time(calendar, limit, start, pauses)
    stopped = _relevant(normalise_pauses(pauses, start), answer.due)
    stretches = _skipped(calendar, limit, start, answer.due, stopped)
    worked = _worked(calendar, limit, start, answer.due, stopped)
    because: dict[str, Any] = {
        "timezone": calendar.document.timezone,
        "calendar": calendar.edition,
        "limit": str(limit),
        "start": to_text(start),
        "end": None if answer.due is None else to_text(answer.due),
        "provisional": answer.provisional,
        "day_ends": calendar.document.day_ends,
        "pauses": [{"from": to_text(begin), "until": end and to_text(end)} for begin, end in stopped[:MAX_LISTED]],
        "stretches": [stretch.to_json() for stretch in summarise(stretches)],
        "worked": [_worked_json(day) for day in worked[:MAX_LISTED]],
    }
    if limit.kind in ("working_days", "same_working_day") and answer.due is not None:
        because["closing"] = _closing(calendar, answer.due)
    return because | {"text": explanation_texts(calendar, limit, start, answer, stretches, worked)}


def _relevant(pauses: list[Pause], end: Instant | None) -> list[Pause]:
    """Those that could change the due time; the last is open where there is none."""
    if end is not None:
        return [pause for pause in pauses if pause[0] < end]
    return pauses if pauses and pauses[-1][1] is None else []


def _skipped(
    calendar: Calendar, limit: Limit, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> list[Stretch]:
    if limit.kind == "none":
        return []
    if limit.kind == "working_time":
        return skipped_open_time(calendar, start, end, pauses)
    if limit.is_working:
        return skipped_days(calendar, start, end, pauses, from_next_day=limit.kind == "working_days")
    return skipped_elapsed(pauses)


def _worked(
    calendar: Calendar, limit: Limit, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> list[CivilDay]:
    """Days that were worked although the week or the nation would not have: swapped ones and own openings."""
    if not limit.is_working:
        return []
    until = end if end is not None else pauses[-1][0]
    days = civil_days(calendar, start, until)
    special = (day for day in days if day.plan.cause in ("swapped", "own_opening"))
    return [day for day in special if day.open and day.open[-1][1] > start and day.open[0][0] < until]


def _worked_json(day: CivilDay) -> dict[str, Any]:
    value: dict[str, Any] = {
        "date": day.date,
        "cause": day.plan.cause,
        "hours": [[clock_text(opens), clock_text(closes)] for opens, closes in day.plan.hours],
    }
    if day.plan.name:
        value["name"] = {"en": day.plan.name.en, "zh": day.plan.name.zh}
    return value


def _closing(calendar: Calendar, end: Instant) -> dict[str, str]:
    """The last day and when it ended, on the wall clock; 24:00 at midnight."""
    day = next(civil_days(calendar, end - 1, end))
    at = "24:00" if end == day.end else f"{wall_clock(calendar.zone, end):%H:%M}"
    return {"date": day.date, "at": at}
