"""Calendars, starts and pauses for property tests: clock changes, holidays, own dates, `24:00`, touching times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from chalicelib.policy.worktime import Calendar, parse_limit
from tests.kernel.policy.worktime.slow_days import Counting
from tests.kernel.policy.worktime.slow_reader import Minute, Pauses, SlowReader, resolve

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
_WORKING, _ALL, _TWO = _DAYS[:5], _DAYS, ("tue", "sun")
# Made once: to make a strategy takes longer than to draw from it.
_ZONES = st.sampled_from(ZONES)
_TWO_ZONES = st.sampled_from(["Europe/London", "Asia/Shanghai"])
_COUNTRIES = st.sampled_from([None, "CN", "GB", "US", "AU"])
_EITHER = st.booleans()
_UP_TO = [st.integers(0, most) for most in range(5)]
_YEARS = st.integers(2004, 2030)
_A_YEAR = st.integers(0, 525_599)
_FOUR_DAYS = st.integers(0, 5_760)
_NEAR_DAYS = st.lists(st.integers(-2, 11), max_size=4, unique=True)
_OF_WEEK = {days: st.sampled_from(days) for days in (_WORKING, _ALL, _TWO, _DAYS[:6])}
_WEEKDAYS = st.sampled_from([*_OF_WEEK])
_FEW_WEEKDAYS = st.sampled_from([_WORKING, _WORKING, _TWO])
_DAY_ENDS = st.sampled_from(["close", "midnight"])
_CALENDAR_DAYS_END = st.sampled_from(["midnight", "close"])
_LAST_DAYS = st.sampled_from(["same day", "next working day", "previous working day"])
_MOVING_LAST_DAYS = st.sampled_from(["previous working day", "previous working day", "next working day", "same day"])
_MOVES = st.sampled_from(["next working day", "previous working day"])
_PAUSED_DAYS = st.sampled_from(["whole", "touched"])
_OFTEN_WHOLE = st.sampled_from(["whole", "whole", "touched"])
_CLOSED_RULES = st.lists(
    st.sampled_from(
        [
            *("12-25", "02-29", "02-10..02-29", "02-29..03-02", "12-20..01-20", "2nd sat", "last fri", "5th mon"),
            *("4th tue of feb", "last wed of dec", "easter", "easter - 2", "easter + 1", "easter - 46"),
        ]
    ),
    max_size=4,
    unique=True,
)
_OPEN_RULE = st.sampled_from([None, None, "12-24", "12-28..01-03", "3rd sun", "last fri of mar", "easter + 2"])
_RANGES = st.lists(st.tuples(st.integers(-40, 11), st.integers(1, 30)), max_size=2)
_START = st.sampled_from([0, 600, 1_140])
_NEAR_START = st.integers(-200, 8_000)
_OF_DAY = st.sampled_from([0, 0, 540, 720, 810, 1_080])
_LENGTHS = st.one_of(st.just(None), st.integers(0, 400), st.integers(0, 6_000), st.just(1_440))
_ONE_TO_THREE, _TWO_TO_FOUR = st.integers(1, 3), st.integers(2, 4)
_FROM, _UNTIL, _BETWEEN = st.sampled_from([0, 720, 1_200]), st.sampled_from([0, 240]), st.sampled_from([0, 1_440])


@dataclass(frozen=True)
class Case:
    calendar: Calendar
    reader: SlowReader
    start: Minute
    pauses: Pauses
    from_day_end: bool
    """For limits that ask whether a start at 24:00 belongs to the day it ends."""
    of_date: bool = False
    """The start is the 24:00 of a date."""

    @property
    def counting(self) -> Counting:
        return Counting(self.reader, self.start, self.pauses, self.from_day_end, self.of_date)

    def asked(self, limit: str) -> tuple[Any, ...]:
        """The arguments of `due_time` and `explain`."""
        return self.calendar, parse_limit(limit), self.instant, self.stopped, self.from_day_end, self.of_date

    @property
    def instant(self) -> int:
        return self.start * 60_000

    @property
    def stopped(self) -> list[tuple[int, int | None]]:
        return [(begin * 60_000, None if end is None else end * 60_000) for begin, end in self.pauses]


@lru_cache(maxsize=512)
def clock_changes(zone: str, year: int) -> st.SearchStrategy[datetime] | None:
    """Noons (UTC) before which the zone's offset changed within a day; None in a year without changes."""
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons]
    found = [noons[at] for at in range(1, 365) if offsets[at] != offsets[at - 1]]
    return st.sampled_from(found) if found else None


def a_start(draw: st.DrawFn, zone: str) -> Minute:
    """Anywhere in 2004-2030, or within four days of a clock change."""
    year = draw(_YEARS)
    changes = clock_changes(zone, year)
    if changes is not None and draw(_EITHER):
        near = draw(changes) - timedelta(minutes=draw(_FOUR_DAYS))
    else:
        near = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(_A_YEAR))
    return int(near.timestamp()) // 60


def a_document(draw: st.DrawFn, zone: str, start: Minute) -> dict[str, Any]:
    first = datetime.fromtimestamp(start * 60, UTC).date()
    dates = [(first + timedelta(days=day)).isoformat() for day in draw(_NEAR_DAYS)]
    closed = draw(_UP_TO[len(dates)])
    ranges = [(first + timedelta(days=day), first + timedelta(days=day + length)) for day, length in draw(_RANGES)]
    rule = draw(_OPEN_RULE)
    weekdays = draw(_WEEKDAYS)
    usual = draw(_HOURS)
    hours = {day: draw(_HOURS) if draw(_UP_TO[3]) == 0 else usual for day in weekdays}
    return {
        "timezone": zone,
        "holidays": draw(_COUNTRIES),
        "hours": hours,
        "closed": [*dates[:closed], *(f"{begin}..{end}" for begin, end in ranges), *draw(_CLOSED_RULES)],
        "open": {day: draw(_HOURS) for day in (*dates[closed:], *([rule] if rule else []))},
        "day_ends": draw(_DAY_ENDS),
        "swapped": draw(_OF_WEEK[weekdays]),
        "last_day": draw(_LAST_DAYS),
        "calendar_days_end": draw(_CALENDAR_DAYS_END),
        "paused_days": draw(_PAUSED_DAYS),
    }


def up_to_three_pauses(draw: st.DrawFn, zone: str, start: Minute) -> Pauses:
    """They may overlap, be empty, begin before the start or with a day, or still be open."""
    drawn: Pauses = []
    for _ in range(draw(_UP_TO[3])):
        begin = start + draw(_NEAR_START)
        if draw(_EITHER):
            begin = midnight_before(zone, begin) + draw(_OF_DAY)
        length = draw(_LENGTHS)
        drawn.append((begin, None if length is None and draw(_EITHER) else begin + (length or 1)))
    return drawn


def several_pauses(draw: st.DrawFn, zone: str, start: Minute) -> Pauses:
    """Two to five one after another, over nights and whole days: the end of a last day often lies in one of them."""
    drawn: Pauses = []
    begin = start + draw(_UP_TO[3]) * 1_440
    for _ in range(draw(_TWO_TO_FOUR)):
        begin = midnight_before(zone, begin) + draw(_FROM)
        until = midnight_before(zone, begin + draw(_ONE_TO_THREE) * 1_440) + draw(_UNTIL)
        drawn.append((begin, max(until, begin + 1)))
        begin = until + draw(_BETWEEN)
    return drawn


def midnight_before(zone: str, minute: Minute) -> Minute:
    day = datetime.fromtimestamp(minute * 60, UTC).astimezone(ZoneInfo(zone)).date()
    return resolve(ZoneInfo(zone), datetime(day.year, day.month, day.day))


def a_calendar(
    draw: st.DrawFn, document: dict[str, Any], start: Minute, *, moves: bool = False
) -> tuple[Calendar, SlowReader]:
    """If the calendar moves last days, then often by the days of another one, which may have another zone."""
    others = {}
    if document["last_day"] != "same day" and (moves or draw(_EITHER)):
        document = document | {"last_day_of": "bank"}
        others = {"bank": a_document(draw, draw(_ZONES), start)}
    calendar = Calendar.parse(document, None, others)
    return calendar, SlowReader(calendar.to_json(), *(Calendar.parse(bank).to_json() for bank in others.values()))


def a_case(draw: st.DrawFn, document: dict[str, Any], start: Minute, pauses: Pauses, *, moves: bool = False) -> Case:
    calendar, reader = a_calendar(draw, document, start, moves=moves)
    from_day_end = draw(_EITHER)
    is_24 = from_day_end and start == midnight_before(document["timezone"], start)
    return Case(calendar, reader, start, pauses, from_day_end, is_24 and draw(_EITHER))


@st.composite
def cases(draw: st.DrawFn, *, moves: bool = False) -> Case:
    """A fifth start at midnight, which may be the end of a day. `moves`: by another calendar's working days."""
    zone = draw(_ZONES)
    start = a_start(draw, zone)
    start = midnight_before(zone, start) if draw(_UP_TO[4]) == 0 else start
    document = a_document(draw, zone, start)
    if moves:
        document["last_day"] = draw(_MOVES)
    return a_case(draw, document, start, up_to_three_pauses(draw, zone, start), moves=moves)


@st.composite
def often_paused_cases(draw: st.DrawFn) -> Case:
    """Several pauses, on a calendar whose last days often move."""
    zone = draw(_TWO_ZONES)
    start = midnight_before(zone, a_start(draw, zone)) + draw(_START)
    document = {
        "timezone": zone,
        "holidays": None,
        "hours": {day: [["09:00", "17:00"]] for day in draw(_FEW_WEEKDAYS)},
        "last_day": draw(_MOVING_LAST_DAYS),
        "day_ends": draw(_DAY_ENDS),
        "calendar_days_end": draw(_CALENDAR_DAYS_END),
        "paused_days": draw(_OFTEN_WHOLE),
    }
    return a_case(draw, document, start, several_pauses(draw, zone, start))
