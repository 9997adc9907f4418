"""The present day, and the day on which a number of working days from now ends, in the calendar of each policy."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import Calendar, due_time, parse_limit
from chalicelib.statistics.days import day_of, due_day_of
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class Horizon:
    """`org`: with its present policy version. `now`: domain time."""

    def __init__(self, wiring: Wiring, org: Organisation, now: Instant) -> None:
        self.wiring, self.tenant, self.now = wiring, org.id, now
        self.denominators = org.denominators
        self._version = org.policy_at(now)
        self._ends: dict[tuple[str, int], str] = {}

    @cached_property
    def calendar(self) -> Calendar:
        return self.wiring.compiled.get(self.tenant, self._version).calendar

    @cached_property
    def today(self) -> date:
        return date.fromisoformat(day_of(self.calendar, self.now))

    def end(self, version: str, days: int) -> str:
        """The civil day on which the last of the next `days` working days ends, in the calendar of this version."""
        if (version, days) not in self._ends:
            calendar = self.wiring.compiled.get(self.tenant, version).calendar
            due = due_time(calendar, parse_limit(f"{days} working days"), self.now).due
            self._ends[version, days] = "9999-12-31" if due is None else due_day_of(calendar, due)
        return self._ends[version, days]


def horizon_of(wiring: Wiring, tenant: str, now: Instant) -> Horizon:
    """By the organisation's present policy. The caller binds the tenant."""
    return Horizon(wiring, organisation.load(wiring.store, tenant), now)
