"""Calendar months: the same day of the month at the same wall-clock time, or the month's last day."""

from __future__ import annotations

from calendar import monthrange
from zoneinfo import ZoneInfo

from chalicelib.instants import Instant
from chalicelib.policy.worktime.zone import from_wall_clock, wall_clock


def add_months(zone: ZoneInfo, start: Instant, months: int) -> Instant:
    """`months` may be negative. 31 January and a month is the last day of February."""
    moment = wall_clock(zone, start)
    count = moment.year * 12 + moment.month - 1 + months
    year, month = count // 12, count % 12 + 1
    day = min(moment.day, monthrange(year, month)[1])
    return from_wall_clock(zone, moment.replace(year=year, month=month, day=day, fold=0))
