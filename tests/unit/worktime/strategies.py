"""Calendars, starts and pauses for property tests: clock changes, holidays, own dates, `24:00`, touching times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from chalicelib.policy.worktime import Calendar
from tests.unit.worktime.slow_days import Counting
from tests.unit.worktime.slow_reader import Minute, Pauses, SlowReader, resolve

ZONES = (
    "Asia/Shanghai",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTRIES = (None, "CN", "GB", "US", "AU")
_OFFICE = [["09:00", "12:00"], ["13:30", "18:00"]]
_HOURS = st.sampled_from(
    [
        _OFFICE,
        [["00:00", "24:00"]],
        [["00:00", "02:30"], ["02:30", "05:00"]],
        [["01:15", "02:15"], ["02:40", "03:10"], ["22:00", "24:00"]],
        [["23:30", "24:00"]],
        [["00:00", "00:45"], ["12:00", "12:20"]],
        [["02:00", "03:00"]],
        [["00:30", "01:30"], ["02:00", "02:30"], ["03:00", "04:00"]],
    ]
)


@dataclass(frozen=True)
class Case:
    calendar: Calendar
    reader: SlowReader
    start: Minute
    pauses: Pauses
    from_day_end: bool
    """For limits that ask whether a start at 24:00 belongs to the day it ends."""

    @property
    def counting(self) -> Counting:
        return Counting(self.reader, self.start, self.pauses, self.from_day_end)

    @property
    def instant(self) -> int:
        return self.start * 60_000

    @property
    def stopped(self) -> list[tuple[int, int | None]]:
        return [(begin * 60_000, None if end is None else end * 60_000) for begin, end in self.pauses]


@lru_cache(maxsize=512)
def clock_changes(zone: str, year: int) -> tuple[datetime, ...]:
    """Noons (UTC) before which the zone's offset changed within a day."""
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons]
    return tuple(noons[at] for at in range(1, 365) if offsets[at] != offsets[at - 1])


@st.composite
def starts(draw: st.DrawFn, zone: str) -> Minute:
    """Anywhere in 2004-2030, or within four days of a clock change."""
    year = draw(st.integers(2004, 2030))
    changes = clock_changes(zone, year)
    if changes and draw(st.booleans()):
        near = draw(st.sampled_from(changes)) - timedelta(minutes=draw(st.integers(0, 5_760)))
    else:
        near = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 525_599)))
    return int(near.timestamp()) // 60


@st.composite
def documents(draw: st.DrawFn, zone: str, start: Minute) -> dict[str, Any]:
    first = datetime.fromtimestamp(start * 60, UTC).date()
    near: list[date] = [first + timedelta(days=day) for day in range(-2, 12)]
    dates = draw(st.lists(st.sampled_from(near).map(date.isoformat), max_size=4, unique=True))
    closed = draw(st.integers(0, len(dates)))
    weekdays = draw(st.sampled_from([_DAYS[:5], _DAYS, ("tue", "sun"), _DAYS[:6]]))
    usual = draw(_HOURS)
    hours = {day: draw(_HOURS) if draw(st.integers(0, 3)) == 0 else usual for day in weekdays}
    return {
        "timezone": zone,
        "holidays": draw(st.sampled_from(_COUNTRIES)),
        "hours": hours,
        "closed": dates[:closed],
        "open": {day: draw(_HOURS) for day in dates[closed:]},
        "day_ends": draw(st.sampled_from(["close", "midnight"])),
        "swapped": draw(st.sampled_from(weekdays)),
        "last_day": draw(st.sampled_from(["same day", "next working day", "previous working day"])),
        "calendar_days_end": draw(st.sampled_from(["midnight", "close"])),
        "paused_days": draw(st.sampled_from(["whole", "touched"])),
    }


@st.composite
def pauses(draw: st.DrawFn, zone: str, start: Minute) -> Pauses:
    """Up to three, which may overlap, be empty, begin before the start or with a day, or still be open."""
    drawn: Pauses = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + draw(st.integers(-200, 8_000))
        if draw(st.booleans()):
            begin = midnight_before(zone, begin) + draw(st.sampled_from([0, 0, 540, 720, 810, 1_080]))
        length = draw(st.one_of(st.just(None), st.integers(0, 400), st.integers(0, 6_000), st.just(1_440)))
        drawn.append((begin, None if length is None and draw(st.booleans()) else begin + (length or 1)))
    return drawn


@st.composite
def several_pauses(draw: st.DrawFn, zone: str, start: Minute) -> Pauses:
    """Two to five one after another, over nights and whole days: the end of a last day often lies in one of them."""
    drawn: Pauses = []
    begin = start + draw(st.integers(0, 3)) * 1_440
    for _ in range(draw(st.integers(2, 4))):
        begin = midnight_before(zone, begin) + draw(st.sampled_from([0, 720, 1_200]))
        until = midnight_before(zone, begin + draw(st.integers(1, 3)) * 1_440) + draw(st.sampled_from([0, 240]))
        drawn.append((begin, max(until, begin + 1)))
        begin = until + draw(st.sampled_from([0, 1_440]))
    return drawn


def midnight_before(zone: str, minute: Minute) -> Minute:
    day = datetime.fromtimestamp(minute * 60, UTC).astimezone(ZoneInfo(zone)).date()
    return resolve(ZoneInfo(zone), datetime(day.year, day.month, day.day))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A fifth start at midnight, which may be the end of a day."""
    zone = draw(st.sampled_from(ZONES))
    start = draw(starts(zone))
    start = midnight_before(zone, start) if draw(st.integers(0, 4)) == 0 else start
    calendar = Calendar.parse(draw(documents(zone, start)))
    return Case(calendar, SlowReader(calendar.to_json()), start, draw(pauses(zone, start)), draw(st.booleans()))


@st.composite
def often_paused_cases(draw: st.DrawFn) -> Case:
    """Several pauses, on a calendar whose last days often move."""
    zone = draw(st.sampled_from(["Europe/London", "Asia/Shanghai"]))
    start = midnight_before(zone, draw(starts(zone))) + draw(st.sampled_from([0, 600, 1_140]))
    rule = st.sampled_from(["previous working day", "previous working day", "next working day", "same day"])
    document = {
        "timezone": zone,
        "holidays": None,
        "hours": {day: [["09:00", "17:00"]] for day in draw(st.sampled_from([_DAYS[:5], _DAYS[:5], ("tue", "sun")]))},
        "last_day": draw(rule),
        "day_ends": draw(st.sampled_from(["close", "midnight"])),
        "calendar_days_end": draw(st.sampled_from(["midnight", "close"])),
        "paused_days": draw(st.sampled_from(["whole", "whole", "touched"])),
    }
    calendar = Calendar.parse(document)
    return Case(calendar, SlowReader(calendar.to_json()), start, draw(several_pauses(zone, start)), draw(st.booleans()))
