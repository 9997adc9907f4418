"""Pauses while days are visited one by one: which days they remove from a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.explaining.walk import CivilDay
from chalicelib.policy.worktime.pauses import Pause
from chalicelib.policy.worktime.term import Term


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
