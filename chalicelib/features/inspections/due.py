"""The period that an inspection is about, when the policy asks for it, and by when it is to be assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.complaints.units.recurring import Period, periods
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import Inspection
from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.policy.worktime.zone import midnight
from chalicelib.tenants.names import OWNER

PATTERN = "^20[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$"
"""`2026`, `2026-Q3` or `2026-09`: no period is longer than a year."""
_PARTS = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q(\d)))?")


class InspectedPeriod(msgspec.Struct, frozen=True):
    """`first` and `last`: civil days, both included."""

    name: str
    first: date
    last: date

    @property
    def step(self) -> str:
        """The dimension by which its figures are followed."""
        return "month" if (self.last - self.first).days > 31 else "week"

    def end(self, zone: ZoneInfo) -> Instant:
        """0:00 of the day after the last one, also if the clocks changed meanwhile."""
        return midnight(zone, self.last.toordinal() + 1)


def parse(name: str) -> InspectedPeriod:
    """Raises ValueError for a text that does not match `PATTERN`."""
    parts = _PARTS.fullmatch(name) if re.fullmatch(PATTERN, name) else None
    if parts is None:
        raise ValueError("a period is a year, a quarter or a month")
    year, month, quarter = int(parts[1]), parts[2], parts[3]
    first_month = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
    months = 1 if month else 3 if quarter else 12
    first = date(year, first_month, 1)
    following = date(year + (first_month + months - 1) // 12, (first_month + months - 1) % 12 + 1, 1)
    return InspectedPeriod(name, first, following - timedelta(days=1))


def asked(policy: Policy) -> Inspection | None:
    supervision = policy.document.supervision
    return None if supervision is None else supervision.inspection


def read_by(policy: Policy) -> list[str]:
    """The roles that read inspections, each for the whole organisation: also those who are told of them."""
    inspection = asked(policy)
    return [*ordered_by(policy), *([] if inspection is None else inspection.tells)]


def ordered_by(policy: Policy) -> list[str]:
    """The roles that ask for inspections."""
    inspection = asked(policy)
    return [OWNER, *([] if inspection is None else [inspection.role])]


def ended_between(policy: Policy, after: Instant, last: Instant) -> Iterator[Period]:
    """The periods to be inspected that ended after `after` and at `last` at the latest. `at`: their end."""
    inspection = asked(policy)
    if inspection is not None:
        yield from periods(inspection.schedule(), policy.calendar.zone, after, last)


def due_of(policy: Policy, period: InspectedPeriod) -> Instant | None:
    """None for a period whose inspection the policy does not ask for."""
    inspection, end = asked(policy), period.end(policy.calendar.zone)
    if inspection is None or period.name not in [one.name for one in ended_between(policy, end - 1, end)]:
        return None
    return due_time(policy.calendar, parse_limit(inspection.due), end).due  # as a task, which opens on its day
