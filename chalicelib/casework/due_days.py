"""Who looks at a list of complaints and when, and which due times are late, of today, or near for them.

Days are those of the calendar in force, as in the groups of the desk's queue.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.kit.instants import Instant, to_text
from chalicelib.tenants import organisation

if TYPE_CHECKING:
    from chalicelib.policy.worktime import Calendar
    from chalicelib.wiring import Wiring

NEAR = 2
"""Working days after the present day."""
_NEVER = "9999-12-31"
"""Of a calendar without so many working days."""


class Look(NamedTuple):
    """`sub`: of the member. `calendar`: reads that of the policy in force, which only a filter by due days needs."""

    sub: str
    now: Instant
    calendar: Callable[[], Calendar]

    def is_late(self, due: str, *, is_missed: bool) -> bool:
        """Whether it has passed, also if the schedule has not recorded the miss yet. `due`: as text."""
        return is_missed or due < to_text(self.now)

    def is_in(self, due: str, asked: Collection[str], *, is_missed: bool) -> bool:
        """Whether the due time is in one of these (`queue_row.DueIn`). What is overdue is in no other."""
        if self.is_late(due, is_missed=is_missed):
            return "overdue" in asked
        ends = [_end(self.calendar(), self.now, 0 if one == "today" else NEAR) for one in asked if one != "overdue"]
        return any(due <= end for end in ends)


def calendar_in_force(wiring: Wiring, tenant: str, now: Instant) -> Callable[[], Calendar]:
    """Reads the organisation at the first call. The caller binds the tenant."""

    def read() -> Calendar:
        return wiring.compiled.get(tenant, organisation.load(wiring.store, tenant).policy_at(now)).calendar

    return cache(read)


@lru_cache(maxsize=64)
def _end(calendar: Calendar, now: Instant, days: int) -> str:
    """24:00 of the last of the next working days; with 0, of the present day. As text."""
    from chalicelib.policy.worktime import due_time, parse_limit  # only lists with this filter
    from chalicelib.policy.worktime.explaining.walk import local_day
    from chalicelib.policy.worktime.zone import midnight

    last = due_time(calendar, parse_limit(f"{days} working days"), now).due if days else now + 1
    return _NEVER if last is None else to_text(midnight(calendar.zone, local_day(calendar, last - 1) + 1))
