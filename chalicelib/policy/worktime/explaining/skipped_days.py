"""Counts the days of a limit one by one, for explanations, and lists those that do not count.

Not counted are the day of the start, for working days the closed days, and the days that a pause removes. Held days
are lost although no pause removed them: with them as its last day, the limit would have ended in a pause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.worktime.due_times.due_days import last_of_months, next_date
from chalicelib.policy.worktime.due_times.pauses import Pause
from chalicelib.policy.worktime.due_times.term import Term
from chalicelib.policy.worktime.explaining.stretches import SkippedStretch, join_stretches
from chalicelib.policy.worktime.explaining.walk import CivilDay, days_from, local_day


class HeldDays(msgspec.Struct, frozen=True):
    """Days with which the limit would have ended at the same time, in a pause."""

    first: CivilDay
    last: CivilDay
    end: Instant

    def to_json(self) -> dict[str, str]:
        return {"from": self.first.date, "to": self.last.date, "end": to_text(self.end)}


class FinalDay(NamedTuple):
    end: Instant
    moved: list[SkippedStretch]
    """The days without opening hours from which the rule moved the end; empty if the last day is kept."""


def final_day(term: Term, last: CivilDay) -> FinalDay:
    calendar, kept = term.calendar, FinalDay(_end(term, last, moved=False), [])
    moves = calendar.last_days is not calendar or not term.limit.is_working
    if not moves or term.limit.kind == "same_working_day" or calendar.document.last_day == "same day":
        return kept
    forward = calendar.document.last_day == "next working day"
    passed: list[CivilDay] = []
    for day in days_from(calendar.last_days, last.ordinal, 1 if forward else -1):
        if not forward and day.end <= term.start:
            return kept
        if day.open:
            break
        passed.append(day)
    if not passed:
        return kept
    stretches = [
        SkippedStretch(one.begin, one.end, "closed_hours" if one.plan.hours else one.plan.cause, one.plan.name, days=1)
        for one in passed
    ]
    end = _end(term, next(days_from(calendar, day.ordinal)), moved=True)
    return FinalDay(end, list(join_stretches(stretches if forward else stretches[::-1])))


def _end(term: Term, day: CivilDay, *, moved: bool) -> Instant:
    """The end of the day in the term's own calendar. A closing time that has passed at the start does not count, except
    for a working day with which the count ends."""
    document, limit = term.calendar.document, term.limit
    ends = "close" if limit.kind == "same_working_day" else document.day_ends
    closing = (ends if limit.is_working else document.calendar_days_end) == "close"
    if not closing or not day.open:
        return day.end
    closes = day.open[-1][1]
    return closes if closes > term.start or (limit.is_working and not moved) else day.end


class PausedDays:
    """`pauses` are normalised. Days are asked for in order."""

    def __init__(self, term: Term, pauses: Sequence[Pause]) -> None:
        document = term.calendar.document
        self._whole = document.paused_days == "whole"
        self._civil = not term.limit.is_working or document.day_ends == "midnight"
        self._pauses = [(begin, until) for begin, until in pauses if until is not None]
        self._at = 0
        self._open = pauses[-1][0] if pauses and pauses[-1][1] is None else None
        self.never_ends = False
        """True once a last day was found whose end lies in the open pause."""

    @property
    def open_since(self) -> Instant:
        return self._open or 0

    def stop(self, day: CivilDay) -> bool:
        """True if the open pause has begun, so that no more days are counted."""
        if self._open is None:
            return False
        return day.begin > self._open or day.touches(self._open, day.end, whole_day=self._civil)

    def remove(self, day: CivilDay) -> bool:
        spans = [(day.begin, day.end)] if self._civil else day.open
        pauses = self._overlapping(day)
        if not self._whole:
            return any(begin < closes and until > opens for begin, until in pauses for opens, closes in spans)
        return all(any(begin <= opens and closes <= until for begin, until in pauses) for opens, closes in spans)

    def hold(self, end: Instant) -> bool:
        """True if the end of the last day lies in a pause."""
        if self._open is not None and self._open < end:
            self.never_ends = True
        before = bisect_left(self._pauses, (end, 0)) - 1
        return self.never_ends or (before >= 0 and end <= self._pauses[before][1])

    def _overlapping(self, day: CivilDay) -> list[tuple[Instant, Instant]]:
        while self._at < len(self._pauses) and self._pauses[self._at][1] <= day.begin:
            self._at += 1
        found = []
        for begin, until in self._pauses[self._at :]:
            if begin >= day.end:
                break
            found.append((begin, until))
        return found


class DayCount(msgspec.Struct, frozen=True):
    """Whole days from midnight to midnight; the stretch for the day of the start begins at the start.

    The limit is the number of days from the day of the start to the last day, minus the `days` of the stretches. An
    open pause comes last, without an end; there is no last day then.
    """

    stretches: list[SkippedStretch]
    last: CivilDay | None
    """The day with which the count ends, before the calendar's rule `last_day` moves the end."""
    held: list[HeldDays] = []


def count_days(term: Term, pauses: Sequence[Pause]) -> DayCount:
    """`pauses` are normalised."""
    if term.limit.kind == "until":
        own = own_day(term)
        return DayCount([], next(days_from(term.calendar, next_date(term.limit, own))))
    walk = _Walk(term, pauses)
    stretches = list(join_stretches(walk.pieces()))
    return DayCount(stretches, walk.last, walk.held)


def own_day(term: Term) -> int:
    """The ordinal of the day to which the start belongs."""
    return local_day(term.calendar, term.in_first_day)


class _Walk:
    def __init__(self, term: Term, pauses: Sequence[Pause]) -> None:
        self._term = term
        self._pauses = PausedDays(term, pauses)
        self.last: CivilDay | None = None
        self.held: list[HeldDays] = []

    def pieces(self) -> Iterator[SkippedStretch]:
        left, own = self._number(), own_day(self._term)
        first = own if self._term.limit.first_day else local_day(self._term.calendar, self._term.start)
        for day in days_from(self._term.calendar, first):
            if self._pauses.stop(day):
                break
            skipped = self._skipped(day)
            if skipped is None:
                left -= 1
                if left == 0 and not self._ends_in_pause(day):
                    self.last = day
                    return
                if left == 0:
                    left, skipped = (
                        1,
                        SkippedStretch(max(day.begin, self._term.start), day.end, "ends_in_pause", days=1),
                    )
            if self._pauses.never_ends:
                break
            if skipped is not None:
                yield skipped
        yield SkippedStretch(self._pauses.open_since, None, "pause", days=0)

    def _number(self) -> int:
        """How many days are to be counted."""
        term = self._term
        if term.limit.kind != "calendar_months":
            return term.limit.amount or 1
        own, number = own_day(term), 0
        last = last_of_months(term.limit, own)
        for day in days_from(term.calendar, own if term.limit.first_day else own + 1):
            number += 1
            if day.ordinal >= last:
                break
        return number

    def _skipped(self, day: CivilDay) -> SkippedStretch | None:
        """None for a day that counts."""
        term = self._term
        begin = day.begin if day.end <= term.start else max(day.begin, term.start)  # a date's own day lies before
        is_own = day.begin <= term.start and not (term.from_day_end and day.begin == term.start)
        if is_own and not term.limit.includes_start_day:
            return SkippedStretch(term.start, day.end, "start_day", days=0)
        if is_own and term.limit.first_day and term.limit.is_one_day and self._is_over(day):
            return SkippedStretch(begin, day.end, "start_day", days=1)
        if term.limit.is_working and not day.open:
            cause = "closed_hours" if day.plan.hours else day.plan.cause
            return SkippedStretch(begin, day.end, cause, day.plan.name, days=1)
        if term.limit.kind == "same_working_day" and day.open[-1][1] <= term.start:
            return SkippedStretch(begin, day.end, "closed_hours", days=1)
        return SkippedStretch(begin, day.end, "pause", days=1) if self._pauses.remove(day) else None

    def _is_over(self, day: CivilDay) -> bool:
        """True if the limit would end with its first day, at or before the start."""
        if self._term.limit.is_working and not day.open:
            return False
        return final_day(self._term, day).end <= self._term.start

    def _ends_in_pause(self, day: CivilDay) -> bool:
        end = final_day(self._term, day).end
        if not self._pauses.hold(end):
            return False
        if self.held and self.held[-1].end == end:
            self.held[-1] = replace(self.held[-1], last=day)
        else:
            self.held.append(HeldDays(day, day, end))
        return True
