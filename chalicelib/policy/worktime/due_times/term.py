"""A limit that runs from a start: all that a due time follows from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.due_times.due import deciding_part, due_time, joint
from chalicelib.policy.worktime.due_times.pauses import Pause
from chalicelib.policy.worktime.limit import DueTime, Limit


class SpentTime(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a term used of its limit in an earlier calendar, until it went on in another one (`continued`)."""

    calendar: str
    """The calendar's name in the policy."""
    until: Instant
    days: int | None = None
    """Counted days, for a limit that counts them."""
    ms: int | None = None
    """Open time, for a limit in working minutes or hours."""


class Term(msgspec.Struct, frozen=True):
    calendar: Calendar
    limit: Limit
    start: Instant
    pauses: Sequence[Pause] = ()
    from_day_end: bool = False
    """A start at 24:00 belongs to the day that has just ended."""
    rests: tuple[Term, ...] = ()
    """What is left of each part of a joint limit, after a change of the calendar."""
    spent: tuple[SpentTime, ...] = ()
    used: Instant = 0
    """Milliseconds before `start` that count for a share of the time, after a change of the calendar."""

    def due(self) -> DueTime:
        if self.rests:
            return joint(self.limit, [part.due() for part in self.rests])
        return due_time(self.calendar, self.limit, self.start, self.pauses, self.from_day_end)

    def parts(self) -> list[Term]:
        """A term for each limit of `later of` or `earlier of`, from the same start with the same pauses."""
        return list(self.rests) or [
            Term(self.calendar, part, self.start, self.pauses, self.from_day_end) for part in self.limit.parts
        ]

    def deciding_part(self) -> int | None:
        """The number of the part that decides; None while there is no due time."""
        return deciding_part(self.limit, [part.due() for part in self.parts()])

    def deciding(self) -> Term:
        """The term itself or, of several parts, the one that decides."""
        return self.parts()[self.deciding_part() or 0] if self.limit.parts else self
