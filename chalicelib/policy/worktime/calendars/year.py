"""A compiled year: open time as prefix sums, so that arithmetic is a binary search rather than a loop over days."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from datetime import date
from zoneinfo import ZoneInfo

from chalicelib.kit.instants import MINUTE, Instant
from chalicelib.policy.worktime.calendars.document import CalendarDocument, Intervals, own_plans, plan_day
from chalicelib.policy.worktime.calendars.holidays import HolidayTable
from chalicelib.policy.worktime.zone import midnight, wall_instant


class Year:
    """Three groups of parallel lists, in milliseconds unless said otherwise.

    `opens`, `closes`, `sums` and `days` have an item for each open interval; `begins`, `firsts`, `lasts` and `ends` for
    each working day; `dawns` and `ordinals` for each calendar day. A date that the time zone skips is no day.
    """

    __slots__ = (
        *("begins", "closes", "dawns", "days", "end", "ends", "firsts", "lasts"),
        *("number", "opens", "ordinals", "start", "sums"),
    )

    def __init__(self, number: int, start: Instant, end: Instant) -> None:
        self.number = number
        self.start = start
        self.end = end
        self.opens = array("q")
        self.closes = array("q")
        self.sums = array("q")
        """Open milliseconds from the start of the year to the closing of this interval."""
        self.days = array("h")
        """The number, within the year, of the interval's working day."""
        self.begins = array("q")
        """The midnight at which the working day begins."""
        self.firsts = array("q")
        """The first opening of the working day."""
        self.lasts = array("q")
        """The last closing of the working day."""
        self.ends = array("q")
        """The midnight at which the working day ends."""
        self.dawns = array("q")
        """The midnight at which the calendar day begins."""
        self.ordinals = array("i")
        """The date of the calendar day (`date.toordinal`)."""

    @property
    def size(self) -> int:
        """Bytes of the lists."""
        columns = (self.opens, self.closes, self.sums, self.days, self.dawns, self.ordinals)
        working = (self.begins, self.firsts, self.lasts, self.ends)
        return sum(len(one) * one.itemsize for one in (*columns, *working))

    @property
    def total(self) -> int:
        return self.sums[-1] if self.sums else 0

    def add_day(self, begin: Instant, end: Instant, intervals: list[tuple[Instant, Instant]]) -> None:
        """Adds the next day. A day without open time is not a working day and is left out."""
        number, total = len(self.begins), self.total
        for opens, closes in intervals:
            total += closes - opens
            self.days.append(number)
            self.opens.append(opens)
            self.closes.append(closes)
            self.sums.append(total)
        if intervals:
            self.begins.append(begin)
            self.firsts.append(intervals[0][0])
            self.lasts.append(intervals[-1][1])
            self.ends.append(end)

    def add_calendar_day(self, ordinal: int, begin: Instant, end: Instant) -> None:
        if begin < end:
            self.dawns.append(begin)
            self.ordinals.append(ordinal)

    def dawn_after(self, at: int) -> Instant:
        """The midnight at which the calendar day with this number ends."""
        return self.dawns[at + 1] if at + 1 < len(self.dawns) else self.end

    def position(self, instant: Instant) -> int:
        """Open milliseconds from the start of the year to the instant."""
        at = bisect_right(self.opens, instant) - 1
        if at < 0:
            return 0
        left = self.closes[at] - instant
        return self.sums[at] - left if left > 0 else self.sums[at]

    def earliest(self, position: int) -> Instant:
        """The first instant with this position (1 to `total`): at the end of an interval, its closing."""
        at = bisect_left(self.sums, position)
        return self.closes[at] - self.sums[at] + position

    def latest(self, position: int) -> Instant:
        """The last instant with this position (0 to below `total`): between two intervals, the next opening."""
        at = bisect_right(self.sums, position)
        return self.closes[at] - self.sums[at] + position

    def touched(self, begin: Instant, end: Instant, *, whole_day: bool) -> tuple[int, int]:
        """The working days whose open time overlaps [begin, end): [first, after last).

        Both are numbers of this year's working days, the first of which is 0. With `whole_day`, a day counts from
        midnight to midnight, not only its open time.
        """
        if whole_day:
            return bisect_right(self.ends, begin), bisect_left(self.begins, end)
        first, after = bisect_right(self.closes, begin), bisect_left(self.opens, end)
        return (self.days[first], self.days[after - 1] + 1) if first < after else (0, 0)

    def covered(self, begin: Instant, end: Instant, *, whole_day: bool) -> tuple[int, int]:
        """The range of working days from whose first opening to whose last closing [begin, end) lasts.

        With `whole_day`, the days that it covers from midnight to midnight.
        """
        if whole_day:
            return bisect_left(self.begins, begin), bisect_right(self.ends, end)
        return bisect_left(self.firsts, begin), bisect_right(self.lasts, end)

    def calendar_days(self, begin: Instant, end: Instant, *, touched: bool) -> tuple[int, int]:
        """The range of calendar days that [begin, end) covers or, with `touched`, overlaps."""
        if touched:
            return max(bisect_right(self.dawns, begin) - 1, 0), bisect_left(self.dawns, end)
        after = bisect_right(self.dawns, end) - 1 if end < self.end else len(self.dawns)
        return bisect_left(self.dawns, begin), after


def compile_year(document: CalendarDocument, table: HolidayTable | None, zone: ZoneInfo, number: int) -> Year:
    first, after = date(number, 1, 1).toordinal(), date(number + 1, 1, 1).toordinal()
    year = Year(number, midnight(zone, first), midnight(zone, after))
    own, begin = own_plans(document, number), year.start
    for day in range(first, after):
        end = midnight(zone, day + 1)
        year.add_calendar_day(day, begin, end)
        hours = plan_day(document, table, own, day).hours
        if hours:
            year.add_day(begin, end, open_intervals(zone, day, hours, begin, end))
        begin = end
    return year


_MINUTES_A_DAY = 1440


def open_intervals(
    zone: ZoneInfo, day: int, hours: Intervals, begin: Instant, end: Instant
) -> list[tuple[Instant, Instant]]:
    """The open times of the day as instants. Only days on which the clocks change need time zone lookups."""
    if end - begin == _MINUTES_A_DAY * MINUTE:
        return [(begin + opens * MINUTE, begin + closes * MINUTE) for opens, closes in hours]
    return _changing_day(zone, day, hours, begin, end)


def _changing_day(
    zone: ZoneInfo, day: int, hours: Intervals, begin: Instant, end: Instant
) -> list[tuple[Instant, Instant]]:
    """Shifted times can overlap or cover their neighbours; a date that the time zone skips has no open time."""
    merged: list[tuple[Instant, Instant]] = []
    for opening, closing in hours:
        opens = max(begin, wall_instant(zone, day, opening))
        closes = min(end, wall_instant(zone, day, closing))
        if merged and opens <= merged[-1][1]:
            opens, closes = merged[-1][0], max(merged.pop()[1], closes)
        if opens < closes:
            merged.append((opens, closes))
    return merged
