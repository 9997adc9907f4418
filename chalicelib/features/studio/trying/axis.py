"""The time axis of a timeline: where an instant lies, the marks below it, and the closed times of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from chalicelib.kit.instants import DAY, HOUR, Instant
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.zone import from_wall_clock, wall_clock
from chalicelib.web.pages.reader import Reader

_ROOM = 62
"""Between the labels of two marks, in units of the drawing."""
_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 3, 12)
_MONTH = 30 * DAY
"""Its name takes two thirds of the room of a day's."""
_SHORT = 4 * DAY
"""An axis up to this length shows closed hours; a longer one closed days."""


class AxisMark(NamedTuple):
    """`above`: the weekday, or the day of an hour."""

    at: Instant
    label: str
    above: str


class Axis(NamedTuple):
    """`left`, `width`: in units of the drawing."""

    begin: Instant
    end: Instant
    left: float
    width: float
    calendar: Calendar

    def x(self, at: Instant) -> float:
        share = (min(max(at, self.begin), self.end) - self.begin) / (self.end - self.begin)
        return round(self.left + share * self.width, 1)

    @property
    def is_short(self) -> bool:
        return self.end - self.begin <= _SHORT


def axis(begin: Instant, end: Instant, left: float, width: float, calendar: Calendar) -> Axis:
    """With room at both ends. A longer one begins and ends with a day."""
    room = max((end - begin) // 40, HOUR // 2)
    begin, end = begin - room, end + room
    if end - begin > _SHORT:
        begin, end = _day(calendar, begin), _day(calendar, end + DAY)
    return Axis(begin, end, left, width, calendar)


def _day(calendar: Calendar, at: Instant) -> Instant:
    return from_wall_clock(calendar.zone, _midnight(wall_clock(calendar.zone, at)))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def marks(one: Axis, reader: Reader) -> Iterator[AxisMark]:
    """At round times of the calendar's zone, with room for their labels."""
    shown = ""
    for moment, step in _moments(one):
        label, above = _labels(moment, step, reader)
        at = from_wall_clock(one.calendar.zone, moment)
        if one.begin <= at < one.end:
            yield AxisMark(at, label, "" if above == shown else above)
            shown = above


def _moments(one: Axis) -> Iterator[tuple[datetime, str]]:
    least = (one.end - one.begin) * _ROOM / one.width
    moment = _midnight(wall_clock(one.calendar.zone, one.begin))
    end = wall_clock(one.calendar.zone, one.end)
    hours = next((hours for hours in _HOURS if hours * HOUR >= least), None)
    days = next((days for days in _DAYS if days * DAY >= least), None)
    if hours or days:
        if days == _DAYS[-2] and not hours:
            moment -= timedelta(days=moment.weekday())
        step = timedelta(hours=hours) if hours else timedelta(days=days or 0)
        while moment < end:
            yield moment, "hour" if hours else "day" if days == 1 else "days"
            moment += step
        return
    months = next((months for months in _MONTHS if months * _MONTH >= least * 2 // 3), _MONTHS[-1])
    moment = moment.replace(day=1, month=moment.month if months == 1 else 1)
    while moment < end:
        yield moment, "month"
        carried = moment.month - 1 + months
        moment = moment.replace(year=moment.year + carried // 12, month=carried % 12 + 1)


def _labels(moment: datetime, step: str, reader: Reader) -> tuple[str, str]:
    words = wording(reader.language)
    month = words.months[moment.month - 1] if words.months else str(moment.month)
    day = reader.text("studio.try.day", day=moment.day, month=month)
    if step == "hour":
        return f"{moment:%H:%M}", reader.text("studio.try.weekday", weekday=words.weekdays[moment.weekday()], day=day)
    if step == "month":
        return reader.text("studio.try.month", month=month), str(moment.year)
    return day, words.weekdays[moment.weekday()] if step == "day" else str(moment.year)


def closed(one: Axis, calendar: Calendar) -> list[tuple[float, float]]:
    """Where closed days lie, or closed hours on a short axis, from and to. What touches is one."""
    opened = list(_open(one, calendar))
    edges = [(one.left, one.left), *opened, (one.left + one.width, one.left + one.width)]
    return [(before[1], after[0]) for before, after in pairwise(edges) if after[0] - before[1] > _LEAST]


_LEAST = 0.5


def _open(one: Axis, calendar: Calendar) -> Iterator[tuple[float, float]]:
    first, last = wall_clock(calendar.zone, one.begin).year, wall_clock(calendar.zone, one.end).year
    for number in range(first, last + 1):
        year = calendar.year(number)
        begins, ends = (year.opens, year.closes) if one.is_short else (year.begins, year.ends)
        for begin, end in zip(begins, ends, strict=True):
            if end > one.begin and begin < one.end:
                yield one.x(begin), one.x(end)
