"""Times on pages: in the organisation's zone, as its people write them."""

from __future__ import annotations

from datetime import date, timedelta

from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.explaining import zone_text
from chalicelib.policy.worktime.explaining.times import is_day_end, named_day
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.zone import wall_clock
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
    instant = from_text(text)
    ends_day = is_day_end(calendar, instant)
    moment = wall_clock(calendar.zone, instant - 1 if ends_day else instant)
    clock = "24:00" if ends_day else f"{moment:%H:%M}"
    day, weekday = day_text(reader, moment.date()), wording(reader.language).weekdays[moment.weekday()]
    return f"{day}（{weekday}）{clock}" if reader.language == "zh" else f"{weekday} {day} {clock}"


def zoned_text(calendar: Calendar, reader: Reader, text: str) -> str:
    """As `time_text`, with the zone: for the time by which somebody has to do something."""
    time = time_text(calendar, reader, text)
    return wording(reader.language).in_zone.format(time=time, zone=zone_name(calendar, reader))
