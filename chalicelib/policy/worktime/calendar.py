"""Calendar: a calendar document put to its time zone and its holidays; compiled year by year when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.instants import Instant
from chalicelib.policy.worktime.days import DayPlan, plan_day
from chalicelib.policy.worktime.document import CalendarDocument
from chalicelib.policy.worktime.faults import CalendarFault
from chalicelib.policy.worktime.holidays import HolidayTable, editions, load_table
from chalicelib.policy.worktime.reader import read_calendar
from chalicelib.policy.worktime.year import Year, compile_year

FIRST_YEAR, LAST_YEAR = 1997, 2200
"""Starts lie in 2000-2099; a count that leaves these years is cut off at their edge and is provisional."""

_KEPT_YEARS = 32
"""A compiled year weighs about 100 KB for two open times a day."""

_MEAN_YEAR = 31_556_952_000


class Calendar:
    """Immutable; equal where document and edition are. Safe to share between threads."""

    __slots__ = ("_years", "document", "edition", "official_through", "table", "zone")

    def __init__(self, document: CalendarDocument, table: HolidayTable | None) -> None:
        self.document = document
        self.table = table
        self.zone = ZoneInfo(document.timezone)
        self.edition = table.edition if table else "none"
        """The holiday table's edition, such as `CN-2026.1`, or `none`."""
        self.official_through = table.official_through if table else LAST_YEAR
        self._years: dict[int, Year] = {}

    @classmethod
    def parse(cls, value: Mapping[str, Any], edition: str | HolidayTable | None = None) -> Calendar:
        """Compile a calendar document, on the country's newest edition unless another is named.

        Raises CalendarFault, and nothing else, whatever the value.
        """
        document = read_calendar(value)
        return cls(document, _table(document, edition))

    def to_json(self) -> dict[str, Any]:
        """The document's canonical form; it parses to an equal calendar."""
        return self.document.to_json()

    def year(self, number: int) -> Year:
        year = self._years.get(number)
        if year is None:
            while len(self._years) >= _KEPT_YEARS:
                self._years.pop(next(iter(self._years), number), None)
            year = self._years[number] = compile_year(self.document, self.table, self.zone, number)
        return year

    def year_at(self, instant: Instant) -> Year:
        """The local year that holds the instant."""
        year = self.year(1970 + instant // _MEAN_YEAR)
        if instant < year.start:
            return self.year(year.number - 1)
        if instant >= year.end:
            return self.year(year.number + 1)
        return year

    def plan(self, day: int) -> DayPlan:
        """What the date with this ordinal is."""
        return plan_day(self.document, self.table, day)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and (self.document, self.table) == (other.document, other.table)

    def __hash__(self) -> int:
        return hash((self.document.timezone, self.document.hours, self.edition))


def _table(document: CalendarDocument, edition: str | HolidayTable | None) -> HolidayTable | None:
    if document.holidays is None:
        return None
    table = _load(document.holidays, edition)
    if table is None or table.country != document.holidays:
        raise CalendarFault([(("holidays",), f"{document.holidays} has no edition of that name")])
    return table


def _load(country: str, edition: str | HolidayTable | None) -> HolidayTable | None:
    if isinstance(edition, HolidayTable):
        return edition
    known = editions()[country]
    if edition is None:
        return load_table(known[-1])
    return load_table(edition) if edition in known else None
