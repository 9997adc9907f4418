"""A limit that runs from a start: all that a due time follows from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.due_times.due import deciding_part, due_time, in_first_day, in_turn, joint
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
    of_date: bool = False
    """The start is the 24:00 of a date, with which a limit that includes the first day begins."""
    rests: tuple[Term, ...] = ()
    """After a change of the calendar: what is left of each part of a joint limit, or of those of `then` by it."""
    spent: tuple[SpentTime, ...] = ()
    used: Instant = 0
    """Milliseconds before `start` that count for a share of the time, after a change of the calendar."""
    changed: Instant = 0
    """The last change of the calendar before its end: a part of `then` that would be over by then ends there."""

    def due(self) -> DueTime:
        if self.rests:
            parts = [part.due() for part in self.parts()]
            return in_turn(parts) if self.limit.kind == "then" else joint(self.limit, parts)
        return due_time(self.calendar, self.limit, self.start, self.pauses, self.from_day_end, self.of_date)

    @property
    def in_first_day(self) -> Instant:
        """An instant of the day to which the start belongs."""
        return in_first_day(self.limit, self.start, from_day_end=self.from_day_end, of_date=self.of_date)

    def parts(self) -> list[Term]:
        """A term for each limit of `later of` or `earlier of`, from the same start with the same pauses.

        Of `then`, those parts whose start is known: the due time of the part before.
        """
        if self.limit.kind != "then":
            return list(self.rests) or [replace(self, limit=part) for part in self.limit.parts]
        found = list(self.rests) or [replace(self, limit=self.limit.parts[0])]
        for part in self.limit.parts[len(found) :]:
            before = found[-1].due().due
            if before is None:
                break
            start = max(before, found[-1].changed)
            found.append(Term(self.calendar, part, start, self.pauses, from_day_end=True))
        return found

    def deciding_part(self) -> int | None:
        """The number of the part that decides; None while there is no due time."""
        return deciding_part(self.limit, [part.due() for part in self.parts()])

    def deciding(self) -> Term:
        """The term itself or, of several parts, the one that decides."""
        if self.limit.kind not in ("later_of", "earlier_of"):
            return self
        return self.parts()[self.deciding_part() or 0]
