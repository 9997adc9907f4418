"""Dates, times and stretches of time in words, in a calendar's time zone."""

from __future__ import annotations

from datetime import date

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.explaining.stretches import SkippedStretch
from chalicelib.policy.worktime.explaining.walk import local_day
from chalicelib.policy.worktime.explaining.wording import Wording
from chalicelib.policy.worktime.explaining.wording import wording as wording_in
from chalicelib.policy.worktime.zone import midnight, wall_clock


def date_text(wording: Wording, day: date) -> str:
    weekday, month = wording.weekdays[day.weekday()], wording.months[day.month - 1]
    return wording.date.format(weekday=weekday, day=day.day, month=month, year=day.year)


def time_text(wording: Wording, calendar: Calendar, instant: Instant) -> str:
    """To the minute."""
    moment = wall_clock(calendar.zone, instant)
    return wording.time.format(date=date_text(wording, moment), clock=f"{moment:%H:%M}")


def end_text(wording: Wording, calendar: Calendar, instant: Instant) -> str:
    """At midnight, the end of the day before."""
    if not is_day_end(calendar, instant):
        return time_text(wording, calendar, instant)
    last = date.fromordinal(local_day(calendar, instant - 1))
    weekday, month = wording.weekdays[last.weekday()], wording.months[last.month - 1]
    return wording.end_of_day.format(weekday=weekday, day=last.day, month=month, year=last.year)


def named_end(wording: Wording, calendar: Calendar, instant: Instant) -> str:
    """As `time_text`, but 24:00 at the end of a day."""
    last = date.fromordinal(local_day(calendar, instant - 1))
    at_24 = wording.time.format(date=date_text(wording, last), clock="24:00")
    return at_24 if is_day_end(calendar, instant) else time_text(wording, calendar, instant)


def before_text(wording: Wording, calendar: Calendar, instant: Instant) -> str:
    """As `end_text`, always with the preposition."""
    end = end_text(wording, calendar, instant)
    return end if is_day_end(calendar, instant) else wording.before.format(time=end)


def is_day_end(calendar: Calendar, instant: Instant) -> bool:
    return midnight(calendar.zone, local_day(calendar, instant)) == instant


def zone_name(wording: Wording, calendar: Calendar) -> str:
    return name_of_zone(wording, calendar.document.timezone)


def name_of_zone(wording: Wording, zone: str) -> str:
    """Such as 北京时间 and `London time`: a zone is named after its city, unless it has a name of its own."""
    return wording.zones.get(zone) or wording.zone.format(zone=zone.rpartition("/")[2].replace("_", " "))


def stretch_text(wording: Wording, calendar: Calendar, stretch: SkippedStretch) -> str:
    cause = wording.causes[stretch.cause]
    if stretch.name:
        cause = wording.holiday.format(name=wording.name(stretch.name))
    begin = time_text(wording, calendar, stretch.begin)
    if stretch.days and stretch.end is not None:
        return _days(wording, calendar, stretch.begin, stretch.end, cause)
    if stretch.end is None:
        return wording.since.format(begin=begin, cause=cause)
    return wording.stretch.format(begin=begin, end=time_text(wording, calendar, stretch.end), cause=cause)


def _days(wording: Wording, calendar: Calendar, begin: Instant, end: Instant, cause: str) -> str:
    first, last = (date_text(wording, wall_clock(calendar.zone, instant)) for instant in (begin, end - 1))
    if first == last:
        return wording.one_day.format(date=first, cause=cause)
    return wording.stretch.format(begin=first, end=last, cause=cause)


def named_day(day: date, language: str) -> str:
    """Such as 2026年11月27日, or `27 Nov 2026`."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {wording_in(language).months[day.month - 1]} {day.year}"
