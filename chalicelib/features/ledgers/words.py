"""Words of ledgers: times in the zone of the policy's calendar, and labels in place of names."""

from __future__ import annotations

from datetime import date

from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.explaining.times import is_day_end
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.zone import wall_clock


def date_words(language: str, day: date) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {wording(language).months[day.month - 1]} {day.year}"


def time_words(calendar: Calendar, language: str, text: str) -> str:
    moment = wall_clock(calendar.zone, from_text(text))
    return f"{date_words(language, moment.date())} {moment:%H:%M}"


def due_words(calendar: Calendar, language: str, text: str) -> str:
    """Midnight is the end of the day before."""
    instant = from_text(text)
    if not is_day_end(calendar, instant):
        return time_words(calendar, language, text)
    return f"{date_words(language, wall_clock(calendar.zone, instant - 1).date())} 24:00"
