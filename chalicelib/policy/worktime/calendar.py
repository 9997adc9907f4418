"""A calendar: a calendar document with its time zone and holiday table. Years are compiled on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Text
from chalicelib.policy.worktime.document import CalendarDocument, FaultCollector
from chalicelib.policy.worktime.holidays import HolidayTable, editions, load_table
from chalicelib.policy.worktime.reader import read_calendar
from chalicelib.policy.worktime.year import Year
from chalicelib.policy.worktime.year_cache import YEARS, source_of

FIRST_YEAR, LAST_YEAR = 1997, 2100
"""Limits start in 2000-2099, and are due before `instants.LAST`. Counting backwards stops at the first year."""

_MEAN_YEAR_MS = 31_556_952_000


class Calendar:
    """Immutable, and safe to share between threads. Two calendars are equal if document and holiday table are."""

    __slots__ = ("document", "edition", "official_through", "source", "table", "zone")

    def __init__(self, document: CalendarDocument, table: HolidayTable | None) -> None:
        self.document = document
        self.table = table
        self.source = source_of(document, table)
        """What its compiled years and days depend on; the same object for calendars of equal open times."""
        self.zone = self.source.zone
        self.edition = table.edition if table else "none"
        """The holiday table's edition, such as `CN-2026.1`, or `none`."""
        self.official_through = table.official_through if table else LAST_YEAR

    @classmethod
    def parse(cls, value: Mapping[str, Any], edition: str | HolidayTable | None = None) -> Calendar:
        """Reads a calendar document. Uses the newest edition of the holiday table unless `edition` selects another.

        Raises CalendarFault, and no other exception, for any value.
        """
        document = read_calendar(value)
        return cls(document, _holiday_table(document, edition))

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
        return isinstance(other, Calendar) and (self.document, self.table) == (other.document, other.table)

    def __hash__(self) -> int:
        return hash((self.document.timezone, self.document.hours, self.edition))


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
