"""A calendar: a calendar document with its time zone and holiday table. Years are compiled on demand.

Compiled years are shared by all calendars of the process that have the same open times.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from types import MappingProxyType
from typing import Any
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Text
from chalicelib.policy.worktime.budget import CURRENT, YEAR_STEPS
from chalicelib.policy.worktime.calendars.document import CalendarDocument, DayPlan, FaultCollector, own_plans, plan_day
from chalicelib.policy.worktime.calendars.holidays import HolidayTable, editions, load_table
from chalicelib.policy.worktime.calendars.reader import read_calendar
from chalicelib.policy.worktime.calendars.year import Year, compile_year

FIRST_YEAR, LAST_YEAR = 1997, 2100
"""Limits start in 2000-2099, and are due before `instants.LAST`. Counting backwards stops at the first year."""

_MEAN_YEAR_MS = 31_556_952_000
OWN_CALENDAR = "calendar"
"""The policy's own calendar, where a name of `calendars` is possible too."""
_NO_OTHERS: Mapping[str, Any] = MappingProxyType({})
MAX_BYTES = 16 * 1024 * 1024
"""A usual year takes about 30 KB, the largest 130 KB: a century of any calendar fits."""


class YearSource:
    """What a compiled year and a planned day depend on. Equal calendars have the same source: identity is equality."""

    __slots__ = ("__weakref__", "document", "table", "year_steps", "zone")

    def __init__(self, document: CalendarDocument, table: HolidayTable | None) -> None:
        self.document = document
        self.table = table
        self.zone = ZoneInfo(document.timezone)
        listed = len(document.closed) + len(document.overrides)
        self.year_steps = YEAR_STEPS * (1 + max(map(len, document.hours)) // 4) + listed // _LISTED_A_STEP

    def compile(self, number: int) -> Year:
        return compile_year(self.document, self.table, self.zone, number)

    def plan(self, day: int) -> DayPlan:
        """The plan of the date with this ordinal."""
        return plan_day(self.document, self.table, _own_plans(self, date.fromordinal(day).year), day)


_LISTED_A_STEP = 5
"""Entries of `closed` and `open` that are asked for their days of a year in the time of a step."""


@lru_cache(maxsize=128)
def _own_plans(source: YearSource, year: int) -> Mapping[int, DayPlan]:
    return own_plans(source.document, year)


_SOURCES: WeakValueDictionary[tuple[bytes, int], YearSource] = WeakValueDictionary()
_SOURCES_LOCK = Lock()


def source_of(document: CalendarDocument, table: HolidayTable | None) -> YearSource:
    """A source keeps its table alive, so the table's `id` stays its own while the source exists."""
    key = (sha256(msgspec.json.encode(document.open_times())).digest(), id(table))
    with _SOURCES_LOCK:
        source = _SOURCES.get(key)
        if source is None:
            source = _SOURCES[key] = YearSource(document, table)
        return source


class YearCache:
    """Keeps the most recently used years. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.bytes = 0
        self._most = most_bytes
        self._kept: OrderedDict[tuple[YearSource, int], Year] = OrderedDict()
        self._lock = Lock()

    def year(self, source: YearSource, number: int) -> Year:
        key = (source, number)
        current = CURRENT.get()
        if current is not None:
            current.use_year(key, source.year_steps)
        with self._lock:
            year = self._kept.get(key)
            if year is not None:
                self._kept.move_to_end(key)
                return year
        return self._keep(key, source.compile(number))

    def _keep(self, key: tuple[YearSource, int], year: Year) -> Year:
        with self._lock:
            kept = self._kept.setdefault(key, year)
            if kept is year:
                self.bytes += year.size
            while self.bytes > self._most and len(self._kept) > 1:
                self.bytes -= self._kept.popitem(last=False)[1].size
            return kept


YEARS = YearCache(MAX_BYTES)


class Calendar:
    """Immutable, and safe to share between threads. Two calendars are equal if document and holiday table are."""

    __slots__ = (
        "document",
        "edition",
        "last_days",
        "last_days_known_through",
        "official_through",
        "source",
        "table",
        "zone",
    )

    def __init__(
        self, document: CalendarDocument, table: HolidayTable | None, last_days: Calendar | None = None
    ) -> None:
        self.document = document
        self.table = table
        self.source = source_of(document, table)
        """What its compiled years and days depend on; the same object for calendars of equal open times."""
        self.zone = self.source.zone
        self.edition = table.edition if table else "none"
        """The holiday table's edition, such as `CN-2026.1`, or `none`."""
        self.official_through = min(
            table.official_through if table else LAST_YEAR, document.complete_through or LAST_YEAR
        )
        """The last year of which all holidays and the organisation's own dates are known."""
        self.last_days = last_days or self
        """By whose working days `last_day` moves the end of a limit. It has the zone of this calendar."""
        self.last_days_known_through = min(self.official_through, self.last_days.official_through)
        """As `official_through`, for limits whose last day may move."""

    @classmethod
    def parse(
        cls,
        value: Mapping[str, Any],
        edition: str | HolidayTable | None = None,
        others: Mapping[str, Any] = _NO_OTHERS,
    ) -> Calendar:
        """Reads a calendar document. Uses the newest edition of the holiday table unless `edition` selects another.

        `others`: the documents that `last_day_of` can name. Raises CalendarFault, and no other exception.
        """
        document = read_calendar(value)
        last_days = None if document.last_day_of is None else _last_days(document, others)
        return cls(document, _holiday_table(document, edition), last_days)

    def to_json(self) -> dict[str, Any]:
        """The document's canonical form; it parses to an equal calendar."""
        return self.document.to_json()

    def year(self, number: int) -> Year:
        return YEARS.year(self.source, number)

    def year_at(self, instant: Instant) -> Year:
        """The local calendar year that contains the instant."""
        year = self.year(min(1970 + instant // _MEAN_YEAR_MS, LAST_YEAR))
        if instant < year.start:
            return self.year(year.number - 1)
        if instant >= year.end and year.number < LAST_YEAR:
            return self.year(year.number + 1)
        return year

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.document.timezone, self.document.hours, self.edition))

    def _parts(self) -> tuple[Any, ...]:
        return self.document, self.table, self.last_days.document, self.last_days.table


def parse_calendars(own: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Calendar]:
    """A policy's calendars by name; its own has none. Raises CalendarFault."""
    return {name: Calendar.parse(one, None, others_of(name, own, named)) for name, one in {"": own, **named}.items()}


def others_of(name: str, own: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """The documents that `last_day_of` of this calendar can name. The policy's own has no name."""
    others = {**named, OWN_CALENDAR: own}
    others.pop(name or OWN_CALENDAR, None)
    return others


def _last_days(document: CalendarDocument, others: Mapping[str, Any]) -> Calendar:
    if document.last_day_of not in others:
        faults = FaultCollector()
        faults.report(("last_day_of",), Text("there is no other calendar {name} here", name=document.last_day_of))
        faults.raise_if_any()
    named = read_calendar(others[document.last_day_of or ""])
    return Calendar(replace(named, timezone=document.timezone), _holiday_table(named, None))


def _holiday_table(document: CalendarDocument, edition: str | HolidayTable | None) -> HolidayTable | None:
    if document.holidays is None:
        return None
    table = _find_table(document.holidays, edition)
    if table is None or table.country != document.holidays:
        faults = FaultCollector()
        faults.report(("holidays",), Text("{country} has no edition of that name", country=document.holidays))
        faults.raise_if_any()
    return table


def _find_table(country: str, edition: str | HolidayTable | None) -> HolidayTable | None:
    if isinstance(edition, HolidayTable):
        return edition
    known = editions()[country]
    if edition is None:
        return load_table(known[-1])
    return load_table(edition) if edition in known else None
