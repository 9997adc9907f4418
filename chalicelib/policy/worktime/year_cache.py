"""Compiled years, shared by all calendars of the process that have the same open times."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.policy.worktime.budget import CURRENT, YEAR_STEPS
from chalicelib.policy.worktime.days import DayPlan, plan_day
from chalicelib.policy.worktime.document import CalendarDocument
from chalicelib.policy.worktime.holidays import HolidayTable
from chalicelib.policy.worktime.year import Year, compile_year

MAX_BYTES = 16 * 1024 * 1024
"""A usual year takes about 30 KB, the largest 130 KB: a century of any calendar fits."""


class YearSource:
    """What a compiled year and a planned day depend on. Equal calendars have the same source: identity is equality."""

    __slots__ = ("__weakref__", "document", "table", "year_steps", "zone")

    def __init__(self, document: CalendarDocument, table: HolidayTable | None) -> None:
        self.document = document
        self.table = table
        self.zone = ZoneInfo(document.timezone)
        self.year_steps = YEAR_STEPS * (1 + max(map(len, document.hours)) // 4)

    def compile(self, number: int) -> Year:
        return compile_year(self.document, self.table, self.zone, number)

    def plan(self, day: int) -> DayPlan:
        """The plan of the date with this ordinal."""
        return plan_day(self.document, self.table, day)


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
