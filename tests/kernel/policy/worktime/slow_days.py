"""The slow reader's rules for limits that end with a day, and for joined limits, written from their text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from tests.kernel.policy.worktime.slow_entries import MONTHS
from tests.kernel.policy.worktime.slow_reader import (
    ONE_DAY,
    Minute,
    Pauses,
    SlowReader,
    due_after,
    is_paused,
    is_stuck,
    month_later,
    months_after,
)

_MINUTES = {"minute": 1, "hour": 60, "day": 1_440, "week": 10_080}


@dataclass(frozen=True)
class Counting:
    """One question: from where, with which pauses, and whether a start at 24:00 belongs to the day it ends."""

    reader: SlowReader
    start: Minute
    pauses: Pauses
    from_day_end: bool = False
    of_date: bool = False
    """Whether the start is the 24:00 of a date."""

    @property
    def first_day(self) -> date:
        """Of a limit that includes it: the date, or the day in which the start lies, which 24:00 begins."""
        return self.reader.day_of(self.start - self.of_date)

    @property
    def own_day(self) -> date:
        return self.reader.day_of(self.start - self.from_day_end)

    @property
    def clipped(self) -> Pauses:
        """In order, and none before the start."""
        later = [(max(begin, self.start), end) for begin, end in self.pauses]
        return sorted((pause for pause in later if pause[1] is None or pause[1] > pause[0]), key=lambda one: one[0])

    def exists(self, day: date) -> bool:
        return self.reader.begin(day) < self.reader.begin(day + ONE_DAY)

    def civil_end(self, day: date) -> Minute:
        return self.reader.begin(day + ONE_DAY)

    def days_from(self, day: date) -> Iterator[date]:
        while True:
            if self.exists(day):
                yield day
            day += ONE_DAY


def due(counting: Counting, text: str) -> Minute | None:
    """The due time of any limit but `none`."""
    for word, choose in (("later of ", max), ("earlier of ", min)):
        if text.startswith(word):
            return _joint([due(counting, part) for part in text.removeprefix(word).split(", ")], choose)
    if " then " in text:
        return _in_turn(counting, text.split(" then "))
    if text.endswith(INCLUDING):
        return _including(counting, *text.removesuffix(INCLUDING).split())
    words = text.split()
    if words[0] == "until":
        return _until(counting, int(words[1]), MONTHS.index(words[2][:3].lower()) + 1)
    if text == "same working day":
        return in_time(counting, lambda pauses: _count_working(counting, 1, pauses, own=True))
    if text == "same day":
        return in_time(counting, lambda pauses: _count_calendar(counting, _from(counting, own=True), 1, pauses))
    return _number(counting, int(words[0]), [word.removesuffix("s") for word in words[1:]])


def _number(counting: Counting, count: int, unit: list[str]) -> Minute | None:
    if unit == ["working", "day"]:
        return in_time(counting, lambda pauses: _count_working(counting, count, pauses, own=False))
    if unit[0] == "calendar":
        days = calendar_days(counting, count, unit[1])
        return in_time(counting, lambda pauses: _count_calendar(counting, _from(counting), days, pauses))
    if unit == ["month"]:
        return month_later(counting.reader, counting.start, count, counting.pauses)
    working = unit[0] == "working"
    budget = count * _MINUTES[unit[-1]]
    return due_after(counting.reader, counting.start, budget, counting.pauses, working=working)


def _in_turn(counting: Counting, parts: list[str]) -> Minute | None:
    """Each part from the end of the one before, which belongs to the day that it ends."""
    for part in parts:
        end = due(counting, part)
        if end is None:
            return None
        counting = replace(counting, start=end, from_day_end=True, of_date=False)
    return counting.start


INCLUDING = " including the first day"


def _including(counting: Counting, count: str, kind: str, unit: str) -> Minute | None:
    """The first day counts; the next one instead if the limit would end at or before its start."""
    first, unit = counting.first_day, unit.removesuffix("s")
    if kind == "working":

        def end_with(first: date, pauses: Pauses) -> Minute | None:
            return _count_working(counting, int(count), pauses, own=False, first=first)
    else:
        days = days_with_first(counting, int(count), unit)

        def end_with(first: date, pauses: Pauses) -> Minute | None:
            return _count_calendar(counting, first, days, pauses)

    unpaused = end_with(first, [])
    if unpaused is not None and unpaused <= counting.start:
        first += ONE_DAY
    return in_time(counting, lambda pauses: end_with(first, pauses))


def days_with_first(counting: Counting, count: int, unit: str) -> int:
    """To the day before the one with the same number; to the month's last day if it has none."""
    if unit in ("day", "week"):
        return count * (7 if unit == "week" else 1)
    first = counting.first_day
    same = months_after(first, count * (12 if unit == "year" else 1))
    last = same - ONE_DAY if same.day == first.day else same
    days = counting.days_from(first)
    return 1 + sum(1 for _ in takewhile(lambda day: day < last, days))


def _joint(parts: list[Minute | None], choose: Callable[[list[Minute]], Minute]) -> Minute | None:
    known = [part for part in parts if part is not None]
    if not known or (choose is max and len(known) < len(parts)):
        return None
    return choose(known)


def in_time(counting: Counting, end_with: Callable[[Pauses], Minute | None]) -> Minute | None:
    """A pause that begins at the due time or later changes nothing."""
    pauses = counting.clipped
    for number in range(len(pauses) + 1):
        end = end_with(pauses[:number])
        if end is None or number == len(pauses) or pauses[number][0] >= end:
            return end
    raise AssertionError("the last pause ends the loop")


def removed(reader: SlowReader, day: date, pauses: Pauses, *, working: bool) -> bool:
    """Whether a pause takes the day out of a count."""
    if not working or reader.at_midnight:
        minutes = list(range(reader.begin(day), reader.begin(day + ONE_DAY)))
    else:
        minutes = reader.open_minutes(day)
    paused = set(minutes) & _paused_minutes(minutes, pauses)
    return len(paused) == len(minutes) if reader.document["paused_days"] == "whole" else bool(paused)


def _paused_minutes(minutes: list[Minute], pauses: Pauses) -> set[Minute]:
    """Of the minutes from the first to the last one. To ask for each minute took half the time of all tests."""
    first, last = (minutes[0], minutes[-1]) if minutes else (0, -1)
    ends = [(begin, last + 1 if end is None else min(end, last + 1)) for begin, end in pauses]
    return {minute for begin, end in ends for minute in range(max(begin, first), end)}


def _count_working(
    counting: Counting, count: int, pauses: Pauses, *, own: bool, first: date | None = None
) -> Minute | None:
    reader = counting.reader
    first = first or (reader.day_of(counting.start) if own else counting.own_day + ONE_DAY)
    for day in counting.days_from(first):
        minutes = reader.open_minutes(day)
        if not minutes or (own and minutes[-1] < counting.start):
            continue
        end = minutes[-1] + 1 if own else end_of_working(counting, day)
        if is_stuck(min(end, counting.civil_end(day)) - 1, pauses):
            return None
        if removed(reader, day, pauses, working=True):
            continue
        count = max(count - 1, 0)
        if count == 0 and is_stuck(end - 1, pauses):
            return None
        if count == 0 and not is_paused(end - 1, pauses):
            return end
    raise AssertionError("days never end")


def end_of_working(counting: Counting, day: date) -> Minute:
    """Of a working day with which the count ends, or of the one to which another calendar moves it."""
    reader, moved = counting.reader, _moved(counting, day)
    if moved != day:
        return _end_of_day(counting, moved, closing=not reader.at_midnight)
    return counting.civil_end(day) if reader.at_midnight else reader.open_minutes(day)[-1] + 1


def end_of_one(counting: Counting, first: date, pauses: Pauses, *, working: bool) -> Minute | None:
    """When one day ends that begins with this day, or for working days with the next one."""
    if working:
        return _count_working(counting, 1, pauses, own=False, first=first)
    return _count_calendar(counting, first, 1, pauses)


def _from(counting: Counting, *, own: bool = False) -> date:
    return counting.reader.day_of(counting.start) if own else counting.own_day + ONE_DAY


def calendar_days(counting: Counting, count: int, unit: str) -> int:
    """How many days `count` calendar days to years are, from this start on."""
    if unit in ("day", "week"):
        return count * (7 if unit == "week" else 1)
    last = months_after(counting.own_day, count * (12 if unit == "year" else 1))
    found = 0
    for day in counting.days_from(counting.own_day + ONE_DAY):
        found += 1
        if day >= last:
            break
    return found


def _count_calendar(counting: Counting, first: date, count: int, pauses: Pauses) -> Minute | None:
    reader = counting.reader
    for day in counting.days_from(first):
        if removed(reader, day, pauses, working=False):
            if is_stuck(counting.civil_end(day) - 1, pauses):
                return None
            continue
        count = max(count - 1, 0)
        if count == 0:
            end = end_of_last(counting, day)
            if is_stuck(end - 1, pauses):
                return None
            if not is_paused(end - 1, pauses):
                return end
    raise AssertionError("days never end")


def _until(counting: Counting, day: int, month: int) -> Minute:
    """The last day of February is the day before 1 March."""
    for each in counting.days_from(counting.own_day + ONE_DAY):
        after = each + ONE_DAY
        is_last = (after.day, after.month) == (1, 3)
        if (each.day, each.month) == (day, month) or ((day, month) == (29, 2) and is_last):
            return end_of_last(counting, each)
    raise AssertionError("dates return")


def end_of_last(counting: Counting, last: date) -> Minute:
    day = last if counting.reader.document.get("last_day", "same day") == "same day" else _moved(counting, last)
    return _end_of_day(counting, day, closing=counting.reader.document.get("calendar_days_end") == "close")


def _end_of_day(counting: Counting, day: date, *, closing: bool) -> Minute:
    """A closing time that has passed at the start does not count."""
    minutes = counting.reader.open_minutes(day)
    return minutes[-1] + 1 if closing and minutes and minutes[-1] >= counting.start else counting.civil_end(day)


def _moved(counting: Counting, last: date) -> date:
    """The day to which the calendar moves the last day; the same day if the rule would lead before the start."""
    mover, rule, day = counting.reader.mover or counting.reader, counting.reader.document.get("last_day"), last
    while rule == "next working day" and not mover.open_minutes(day):
        day += ONE_DAY
    while rule == "previous working day" and not mover.open_minutes(day) and counting.civil_end(day) > counting.start:
        day -= ONE_DAY
    return day if counting.civil_end(day) > counting.start else last


def warned_before(counting: Counting, end: Minute, count: int, unit: str) -> Minute:
    """`count` working days, or calendar days to years, before the due time; never before the start."""
    reader, working, pauses = counting.reader, unit == "working day", counting.clipped
    day = reader.day_of(end - 1)
    if unit in ("calendar month", "calendar year"):
        first, count = months_after(day, -count * (12 if unit == "calendar year" else 1)), 0
        for each in counting.days_from(first):
            if each >= day:
                break
            count += 1
    elif unit == "calendar week":
        count *= 7
    while True:
        day -= ONE_DAY
        if counting.civil_end(day) <= counting.start:
            return counting.start
        if not counting.exists(day) or (working and not reader.open_minutes(day)):
            continue
        if removed(reader, day, pauses, working=working):
            continue
        count = max(count - 1, 0)
        begin = reader.open_minutes(day)[0] if working and not reader.at_midnight else reader.begin(day)
        if count == 0 and not is_paused(begin, pauses):
            return max(counting.start, begin)
