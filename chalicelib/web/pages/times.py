"""Times on pages: in the organisation's zone, as its people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial

from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.explaining import zone_text
from chalicelib.policy.worktime.explaining.times import named_day
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.zone import midnight, wall_clock
from chalicelib.web.pages.reader import Reader


def zone_name(calendar: Calendar, reader: Reader) -> str:
    """Such as 北京时间, or `London time`."""
    return zone_text(calendar, reader.language)


def day_text(reader: Reader, day: date) -> str:
    return named_day(day, reader.language)


def week_text(reader: Reader, week: str) -> str:
    """`week`: by ISO 8601, such as `2026-W49`. Its days, since few people count weeks."""
    monday = date.fromisoformat(f"{week}-1")
    return reader.text("common.week", first=day_text(reader, monday), last=day_text(reader, monday + timedelta(6)))


def time_text(calendar: Calendar, reader: Reader, text: str) -> str:
    """`text`: an instant. To the minute; midnight as a due time is 24:00 of the day before."""
    return times_of(calendar, reader)(text)


def times_of(calendar: Calendar, reader: Reader) -> Callable[[str], str]:
    """As `time_text`, for a page of many: what several have in common is made once."""
    zone, weekdays = calendar.zone, wording(reader.language).weekdays
    begin = cache(partial(midnight, zone))

    @cache
    def named(ordinal: int) -> str:
        day = date.fromordinal(ordinal)
        text, weekday = day_text(reader, day), weekdays[day.weekday()]
        return f"{text}（{weekday}）" if reader.language == "zh" else f"{weekday} {text} "

    def of(text: str) -> str:
        instant = from_text(text)
        moment = wall_clock(zone, instant)
        day = moment.toordinal()
        if instant in (begin(day), begin(day + 1)):
            return f"{named(wall_clock(zone, instant - 1).toordinal())}24:00"
        return f"{named(day)}{moment:%H:%M}"

    return of


def zoned_text(calendar: Calendar, reader: Reader, text: str) -> str:
    """As `time_text`, with the zone: for the time by which somebody has to do something."""
    time = time_text(calendar, reader, text)
    return wording(reader.language).in_zone.format(time=time, zone=zone_name(calendar, reader))
