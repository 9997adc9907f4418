"""Times and dates as texts, in the time zone of the policy's calendar."""

from __future__ import annotations

from datetime import date

from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.explaining.times import is_day_end
from chalicelib.policy.worktime.zone import wall_clock


def instant_text(file: CaseFile, instant: Instant) -> str:
    """To the minute, in the time zone of the policy's calendar."""
    moment = wall_clock(file.policy.calendar.zone, instant)
    return f"{date_text(file, moment)} {moment:%H:%M}"


def end_text(file: CaseFile, instant: Instant) -> str:
    """A due time: midnight is the end of the day before, 24:00."""
    if not is_day_end(file.policy.calendar, instant):
        return instant_text(file, instant)
    return f"{date_text(file, wall_clock(file.policy.calendar.zone, instant - 1))} 24:00"


def date_text(file: CaseFile, day: date) -> str:
    if file.language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day} {months[day.month - 1]} {day.year}"
