"""The days that a limit counts: working days or calendar days, when they end, and which of them a pause removes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.kit.instants import LAST, Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars import open_time
from chalicelib.policy.worktime.calendars.calendar import LAST_YEAR, Calendar
from chalicelib.policy.worktime.calendars.day_numbers import (
    DayEnd,
    DayNumber,
    calendar_day_at,
    carry_calendar,
    carry_calendar_back,
    carry_working,
    carry_working_back,
    end_of_last_day,
    end_of_working_day,
    first_working_after,
)
from chalicelib.policy.worktime.calendars.year import Year
from chalicelib.policy.worktime.due_times.pauses import Pause


class Removed(NamedTuple):
    """The consecutive days that a pause removes: how many, the first one's begin, and an instant after the last's."""

    number: int
    first: Instant
    past: Instant


class CountedDays(ABC):
    """`start`: of the limit. Its end lies after it."""

    def __init__(self, calendar: Calendar, start: Instant) -> None:
        self.calendar = calendar
        self.start = start
        self.known_through = calendar.last_days_known_through
        self.touched = calendar.document.paused_days == "touched"

    @abstractmethod
    def carry(self, year: Year, at: int) -> DayNumber:
        """Moves a number past the end of its year into later years. Raises `BeyondCalendar`."""

    @abstractmethod
    def carry_back(self, year: Year, at: int) -> DayNumber:
        """Moves a number below 0 into earlier years."""

    @abstractmethod
    def begin(self, day: DayNumber) -> Instant: ...

    @abstractmethod
    def opening(self, day: DayNumber) -> Instant:
        """When a warning comes that is counted back to this day."""

    @abstractmethod
    def end(self, day: DayNumber) -> DayEnd:
        """When the limit ends if this is its last day."""

    @abstractmethod
    def _first_ending_after(self, instant: Instant) -> DayNumber:
        """The first day that has an end of its own after the instant."""

    def leave(self, last: DayNumber, until: Instant) -> DayNumber:
        """A later last day. The pause until `until` removes those before it, or they end the limit in it."""
        after = self._first_ending_after(until)
        if self.begin(after) > self.begin(last):
            return after
        following = self.carry(last[0], last[1] + 1)
        if self.calendar.document.last_day == "previous working day" and self.end(following) == self.end(last):
            year, at = first_working_after(self.calendar.last_days, self.begin(last))  # until then, each has this end
            return self.first_from(year.begins[at])
        return following

    @abstractmethod
    def first_from(self, instant: Instant) -> DayNumber:
        """The first day that begins at the instant or later."""

    @abstractmethod
    def _range(self, year: Year, begin: Instant, end: Instant) -> tuple[int, int]:
        """The range [first, after last) of the year's days that a pause [begin, end) removes."""

    @abstractmethod
    def _begins(self, year: Year) -> Sequence[Instant]: ...

    def joined(self, pauses: Sequence[Pause]) -> Sequence[Pause]:
        """Pauses without those gaps that do not matter for the count."""
        return pauses

    def removed(self, begin: Instant, until: Instant, floor: Instant = 0, ceiling: Instant = LAST) -> Removed:
        """The days that a pause removes, of those that begin at `floor` or later and before `ceiling`."""
        number, first, past = 0, until, floor
        for year in self._years(begin, until):
            begins = self._begins(year)
            low, after = self._range(year, begin, until)
            low, after = max(low, bisect_left(begins, floor)), min(after, bisect_left(begins, ceiling))
            if low < after:
                number += after - low
                first = min(first, begins[low])
                past = begins[after - 1] + 1
        return Removed(number, first, past)

    def between(self, first: Instant, before: Instant) -> int:
        """How many days begin at `first` or later, and before the other instant."""
        lists = [self._begins(year) for year in self._years(first, before)]
        return sum(max(bisect_left(one, before) - bisect_left(one, first), 0) for one in lists)

    def _years(self, begin: Instant, end: Instant) -> Iterator[Year]:
        year = self.calendar.year_at(begin)
        yield year
        while end > year.end and year.number < LAST_YEAR:
            year = self.calendar.year(year.number + 1)
            yield year


class Exclusions:
    """The days with which a limit cannot end because of the pauses so far: removed days, and ends inside a pause."""

    def __init__(self, days: CountedDays) -> None:
        self._days = days
        self._begins: list[Instant] = []
        self._untils: list[Instant] = []
        self._blocks: deque[Removed] = deque()

    def add(self, begin: Instant, until: Instant, removed: Removed) -> None:
        """Pauses come in order."""
        self._begins.append(begin)
        self._untils.append(until)
        if removed.number:
            self._blocks.append(removed)

    def first_allowed(self, day: DayNumber) -> tuple[DayNumber, DayEnd]:
        """The first allowed day from this one on, and its end. Later calls ask for the same day or a later one."""
        while True:
            budget.spend()
            begin = self._days.begin(day)
            while self._blocks and self._blocks[0].past <= begin:
                self._blocks.popleft()
            if self._blocks and self._blocks[0].first <= begin:
                day = self._days.first_from(self._blocks[0].past)
                continue
            end = self._days.end(day)
            at = bisect_left(self._begins, end.at) - 1
            if at < 0 or self._untils[at] < end.at:
                return day, end
            day = self._days.leave(day, self._untils[at])


class WorkingDays(CountedDays):
    """`same_day`: of the limit `same working day`, which ends at closing and never moves."""

    def __init__(self, calendar: Calendar, start: Instant, *, same_day: bool = False) -> None:
        super().__init__(calendar, start)
        self._same_day = same_day
        if same_day:
            self.known_through = calendar.official_through
        self._civil = calendar.document.day_ends == "midnight"
        self._at_midnight = self._civil and not same_day
        self._moves = calendar.last_days is not calendar and not same_day

    def carry(self, year: Year, at: int) -> DayNumber:
        return carry_working(self.calendar, year, at)

    def carry_back(self, year: Year, at: int) -> DayNumber:
        return carry_working_back(self.calendar, year, at)

    def begin(self, day: DayNumber) -> Instant:
        return day[0].begins[day[1]]

    def opening(self, day: DayNumber) -> Instant:
        return (day[0].begins if self._civil else day[0].firsts)[day[1]]

    def end(self, day: DayNumber) -> DayEnd:
        year, at = day
        return (
            DayEnd(year.lasts[at], year.number)
            if self._same_day
            else end_of_working_day(self.calendar, day, self.start)
        )

    def _first_ending_after(self, instant: Instant) -> DayNumber:
        year = self.calendar.year_at(instant)
        return self.carry(year, bisect_right(year.ends if self._at_midnight else year.lasts, instant))

    def first_from(self, instant: Instant) -> DayNumber:
        year = self.calendar.year_at(instant)
        return self.carry(year, bisect_left(year.begins, instant))

    def _begins(self, year: Year) -> Sequence[Instant]:
        return year.begins

    def _range(self, year: Year, begin: Instant, end: Instant) -> tuple[int, int]:
        if self.touched:
            return year.touched(begin, end, whole_day=self._civil)
        return year.covered(begin, end, whole_day=self._civil)

    def joined(self, pauses: Sequence[Pause]) -> Sequence[Pause]:
        """Without gaps of closed time: a working day is covered if all of its open time is paused.

        A last day that moves can end in closed time. Then only gaps between the hours of a day are left out.
        """
        if self.touched or self._civil:
            return pauses
        found: list[Pause] = []
        for begin, until in pauses:
            before = found[-1][1] if found else None
            if before is not None and self._is_closed(before, begin):
                found[-1] = (found[-1][0], until)
            else:
                found.append((begin, until))
        return found

    def _is_closed(self, begin: Instant, end: Instant) -> bool:
        of_one_day = not self._moves or open_time.hours_at(self.calendar, begin) == "open"
        return of_one_day and open_time.measure(self.calendar, begin, end) == 0


class CalendarDays(CountedDays):
    """Their ends follow `last_day` and `calendar_days_end`."""

    def carry(self, year: Year, at: int) -> DayNumber:
        return carry_calendar(self.calendar, year, at)

    def carry_back(self, year: Year, at: int) -> DayNumber:
        return carry_calendar_back(self.calendar, year, at)

    def begin(self, day: DayNumber) -> Instant:
        return day[0].dawns[day[1]]

    def opening(self, day: DayNumber) -> Instant:
        return self.begin(day)

    def end(self, day: DayNumber) -> DayEnd:
        return end_of_last_day(self.calendar, day, self.start)

    def _first_ending_after(self, instant: Instant) -> DayNumber:
        return calendar_day_at(self.calendar, instant)

    def first_from(self, instant: Instant) -> DayNumber:
        year = self.calendar.year_at(instant)
        return self.carry(year, bisect_left(year.dawns, instant))

    def _begins(self, year: Year) -> Sequence[Instant]:
        return year.dawns

    def _range(self, year: Year, begin: Instant, end: Instant) -> tuple[int, int]:
        return year.calendar_days(begin, end, touched=self.touched)
