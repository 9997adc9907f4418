"""Counts the days of a limit one by one, for explanations, and lists those that do not count.

Not counted are the day of the start, for working days the closed days, and the days that a pause removes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.due_days import next_date
from chalicelib.policy.worktime.explaining.final_day import final_day
from chalicelib.policy.worktime.explaining.held_days import HeldDays
from chalicelib.policy.worktime.explaining.joined_stretches import join_stretches
from chalicelib.policy.worktime.explaining.paused_days import PausedDays
from chalicelib.policy.worktime.explaining.stretches import Stretch
from chalicelib.policy.worktime.explaining.walk import CivilDay, days_from, local_day
from chalicelib.policy.worktime.pauses import Pause
from chalicelib.policy.worktime.term import Term
from chalicelib.policy.worktime.zone import months_later


class DayCount(msgspec.Struct, frozen=True):
    """Whole days from midnight to midnight; the stretch for the day of the start begins at the start.

    The limit is the number of days from the day of the start to the last day, minus the `days` of the stretches. An
    open pause comes last, without an end; there is no last day then.
    """

    stretches: list[Stretch]
    last: CivilDay | None
    """The day with which the count ends, before the calendar's rule `last_day` moves the end."""
    held: list[HeldDays] = []


def count_days(term: Term, pauses: Sequence[Pause]) -> DayCount:
    """`pauses` are normalised."""
    if term.limit.kind == "until":
        own = own_day(term.calendar, term.start, term.from_day_end)
        return DayCount([], next(days_from(term.calendar, next_date(term.limit, own))))
    walk = _Walk(term, pauses)
    stretches = list(join_stretches(walk.pieces()))
    return DayCount(stretches, walk.last, walk.held)


def own_day(calendar: Calendar, start: Instant, from_day_end: bool) -> int:
    """The ordinal of the day to which the start belongs."""
    return local_day(calendar, start - from_day_end)


class _Walk:
    def __init__(self, term: Term, pauses: Sequence[Pause]) -> None:
        self._term = term
        self._pauses = PausedDays(term, pauses)
        self.last: CivilDay | None = None
        self.held: list[HeldDays] = []

    def pieces(self) -> Iterator[Stretch]:
        left = self._number()
        for day in days_from(self._term.calendar, local_day(self._term.calendar, self._term.start)):
            if self._pauses.stop(day):
                break
            skipped = self._skipped(day)
            if skipped is None:
                left -= 1
                if left == 0 and not self._ends_in_pause(day):
                    self.last = day
                    return
                if left == 0:
                    left, skipped = 1, Stretch(max(day.begin, self._term.start), day.end, "ends_in_pause", days=1)
            if self._pauses.never_ends:
                break
            if skipped is not None:
                yield skipped
        yield Stretch(self._pauses.open_since, None, "pause", days=0)

    def _number(self) -> int:
        """How many days are to be counted."""
        term = self._term
        if term.limit.kind != "calendar_months":
            return 1 if term.limit.includes_start_day else term.limit.amount
        own = own_day(term.calendar, term.start, term.from_day_end)
        last, number = months_later(own, term.limit.amount), 0
        for day in days_from(term.calendar, own + 1):
            number += 1
            if day.ordinal >= last:
                break
        return number

    def _skipped(self, day: CivilDay) -> Stretch | None:
        """None for a day that counts."""
        term, begin = self._term, max(day.begin, self._term.start)
        is_own = day.begin <= term.start and not (term.from_day_end and day.begin == term.start)
        if is_own and not term.limit.includes_start_day:
            return Stretch(term.start, day.end, "start_day", days=0)
        if term.limit.is_working and not day.open:
            cause = "closed_hours" if day.plan.hours else day.plan.cause
            return Stretch(begin, day.end, cause, day.plan.name, days=1)
        if term.limit.is_working and day.open[-1][1] <= term.start:
            return Stretch(begin, day.end, "closed_hours", days=1)
        return Stretch(begin, day.end, "pause", days=1) if self._pauses.remove(day) else None

    def _ends_in_pause(self, day: CivilDay) -> bool:
        end = final_day(self._term, day).end
        if not self._pauses.hold(end):
            return False
        if self.held and self.held[-1].end == end:
            self.held[-1] = replace(self.held[-1], last=day)
        else:
            self.held.append(HeldDays(day, day, end))
        return True
