"""The complaints of a period whose records are looked at: for the worst cases, and for those of the signs.

No list of them is stored. Of a large organisation only some are looked at, first those that are overdue longest, then
those that were escalated highest, then the newest. The document says whether these were all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from chalicelib.casework import numbers, snapshot
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.features.inspections.document import LookedAt
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.cells.changes import policies, read_records
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.walk import moments
from chalicelib.statistics.tabulating.horizon import Horizon

MOST_RECORDS = 300
MOST_NUMBERS = 1_000
"""The newest numbers up to the end of the period. Their snapshots say which records are worth reading."""
_MOST_OVERDUE = 100
"""Of the open complaints, those with the earliest due times, however old."""
_OPEN = "open"


class PeriodRecord(NamedTuple):
    """`moments`: all of them, also those after the period."""

    number: str
    moments: list[Moment]

    def until(self, end: Instant) -> list[Moment]:
        return [one for one in self.moments if one.at < end]


class PeriodRecords(NamedTuple):
    begin: Instant
    end: Instant
    found: list[PeriodRecord]
    looked_at: LookedAt


class _CaseInBrief(msgspec.Struct):
    registered_at: Instant = 0
    at: Instant = 0
    tier: int = 1
    runs: list[Run] = []

    def overdue_since(self) -> Instant | None:
        return min((run.due for run in self.runs if run.state == MISSED and run.due is not None), default=None)


def records(horizon: Horizon, period: CalendarPeriod) -> PeriodRecords:
    """The caller binds the tenant."""
    zone, store, tenant = horizon.calendar.zone, horizon.wiring.store, horizon.tenant
    begin, end = midnight(zone, period.first.toordinal()), period.end(zone)
    asked, is_whole = _numbers(horizon, period)
    states = snapshot.read(store, tenant, asked, _CaseInBrief)
    concerned = [
        number
        for number, one in states.items()
        if one.registered_at < end and (one.at >= begin or one.overdue_since() is not None)
    ]
    ranked = sorted(concerned, reverse=True)
    ranked.sort(key=lambda number: (states[number].overdue_since() or end, -states[number].tier))
    kept = ranked[:MOST_RECORDS]
    complete = is_whole and len(kept) == len(concerned)
    return PeriodRecords(begin, end, list(_read(horizon, kept)), LookedAt(len(kept), complete))


def _numbers(horizon: Horizon, period: CalendarPeriod) -> tuple[list[str], bool]:
    """The numbers to look at, and whether they are all up to the end of the period."""
    store, tenant = horizon.wiring.store, horizon.tenant
    months = [one for one in numbers.months(store, tenant) if one.name <= f"{period.last:%Y%m}"]
    newest = (f"{one.name}-{n:06d}" for one in reversed(months) for n in range(one.count, 0, -1))
    found = dict.fromkeys(islice(newest, MOST_NUMBERS))
    is_whole = sum(one.count for one in months) <= MOST_NUMBERS
    if not is_whole:
        overdue = snapshot.listed(store, tenant, _OPEN, _MOST_OVERDUE, None).entries
        found |= dict.fromkeys(row.number for row in snapshot.parse_rows(overdue))
    return list(found), is_whole


def _read(horizon: Horizon, wanted: list[str]) -> Iterator[PeriodRecord]:
    """A record that cannot be read is reported in the log and left out, as in the figures."""
    policy_of = policies(horizon.wiring, horizon.tenant)
    for number, events in read_records(horizon.wiring.store, horizon.tenant, wanted).items():
        try:
            found = list(moments(events, policy_of))
        except (Problem, LookupError, ValueError, TypeError, AttributeError) as error:
            observability.error(f"The record of {number} cannot be read", error=observability.frames(error))
            continue
        yield PeriodRecord(number, found)
