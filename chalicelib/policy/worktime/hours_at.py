"""Whether an instant lies in working hours, for `hours` in a policy's conditions."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from chalicelib.instants import Instant
from chalicelib.policy.worktime.calendar import Calendar


def hours_at(calendar: Calendar, instant: Instant) -> Literal["open", "closed"]:
    """`open` from a working day's first opening (inclusive) to its last closing (exclusive), breaks included."""
    year = calendar.year_at(instant)
    at = bisect_right(year.firsts, instant) - 1
    return "open" if at >= 0 and instant < year.lasts[at] else "closed"
