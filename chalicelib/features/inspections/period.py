"""The period that an inspection is about: a month, a quarter or a year of the organisation's calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.zone import midnight

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
        """0:00 of the day after the last one, whatever the clocks did meanwhile."""
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
