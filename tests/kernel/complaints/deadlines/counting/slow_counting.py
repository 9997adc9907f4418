"""The slow reader's rules for starts, limitations and changes of the unit, written from their text alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tests.kernel.policy.worktime import slow_days
from tests.kernel.policy.worktime.slow_days import Counting, removed
from tests.kernel.policy.worktime.slow_reader import ONE_DAY, Minute, Pauses, SlowReader, is_paused, is_stuck

_WORKING_MINUTES = {"minute": 1, "hour": 60}


def next_opening(reader: SlowReader, start: Minute, *, is_date: bool = False) -> Minute | None:
    """The opening as which a start counts; None if it stays. A date is given by its 24:00."""
    day = reader.day_of(start - is_date)
    minutes = reader.open_minutes(day)
    if minutes and (is_date or start <= minutes[-1]):
        return None
    while True:
        day += ONE_DAY
        if reader.open_minutes(day):
            return reader.open_minutes(day)[0]


def in_time(ends: list[Minute | None], words: str, filed: Minute) -> str:
    """Of the parts that have a fact. A part without an end is never over."""
    if not ends:
        return "none"
    over = [end is not None and filed >= end for end in ends]
    return "no" if (all(over) if words == "later of" else any(over)) else "yes"


@dataclass(frozen=True)
class Move:
    """From this minute on, the complaint belongs to a unit with another calendar."""

    at: Minute
    reader: SlowReader

    @property
    def day(self) -> date:
        return self.reader.day_of(self.at)


def due(first: Counting, moves: list[Move], text: str) -> Minute | None:
    """What has ended before a change stays as it is. All calendars have one time zone."""
    for word, choose in (("later of ", max), ("earlier of ", min)):
        if text.startswith(word):
            parts = [due(first, moves, part) for part in text.removeprefix(word).split(", ")]
            known = [part for part in parts if part is not None]
            return None if not known or (choose is max and len(known) < len(parts)) else choose(known)
    if " then " in text:
        return _in_turn(first, moves, text.split(" then "))
    return _single(first, moves, text)[0]


def _single(first: Counting, moves: list[Move], text: str) -> tuple[Minute | None, Minute]:
    """The answer, and the last change before it, at which the limit was not over."""
    answer, changed = slow_days.due(first, text), first.start
    for number, move in enumerate(moves):
        if answer is not None and answer <= move.at:
            break
        answer, changed = _due(first, moves[: number + 1], text), move.at
    return answer, changed


def _in_turn(first: Counting, moves: list[Move], parts: list[str]) -> Minute | None:
    """Each part from the end of the one before, in the calendar of that time, with the changes after it.

    A part that is over in a new calendar ends at the change, and the next one begins there.
    """
    end: Minute | None = first.start
    for part in parts:
        before = [move for move in moves if move.at <= first.start]
        reader = before[-1].reader if before else first.reader
        end, changed = _single(replace(first, reader=reader), moves[len(before) :], part)
        if end is None:
            return None
        first = replace(first, start=max(end, changed), from_day_end=True, of_date=False)
    return end


def _due(first: Counting, moves: list[Move], text: str) -> Minute | None:
    words = [word.removesuffix("s") for word in text.split()]
    if words[0] == "until":
        return slow_days.due(replace(first, reader=moves[-1].reader), text)
    if words[1:2] == ["working"] and words[-1] in _WORKING_MINUTES:
        return _open_minutes(first, moves, int(words[0]) * _WORKING_MINUTES[words[-1]])
    if "working" not in words and "calendar" not in words and words != ["same", "day"]:
        return slow_days.due(first, text)
    if words == ["same", "day"]:
        return slow_days.due(replace(first, reader=moves[-1].reader), text)
    asked = _asked(first, moves, text)
    own = first.first_day if text.endswith(slow_days.INCLUDING) else first.own_day
    own = first.reader.day_of(first.start) if asked.same else own
    return _by_days(first, moves, asked, own)


def _by_days(first: Counting, moves: list[Move], asked: _Days, own: date) -> Minute | None:
    return slow_days.in_time(first, lambda shown: _days(first, moves, asked, own, shown))


def minutes(first: Counting, moves: list[Move]) -> Iterator[tuple[Minute, bool]]:
    """Every minute from the start on, and whether it is open in the calendar of its time."""
    readers = [first.reader, *(move.reader for move in moves)]
    changes = [*(move.at for move in moves), None]
    begin = first.start
    for reader, until in zip(readers, changes, strict=True):
        for minute, is_open in reader.minutes_from(begin):
            if until is not None and minute >= until:
                break
            yield minute, is_open
        begin = until or begin


def _open_minutes(first: Counting, moves: list[Move], budget: int) -> Minute | None:
    for minute, is_open in minutes(first, moves):
        if is_stuck(minute, first.pauses):
            return None
        if is_open and not is_paused(minute, first.pauses):
            budget -= 1
        if budget == 0:
            return minute + 1
    raise AssertionError("minutes never end")


@dataclass(frozen=True)
class _Days:
    """`count` days of one kind; `begins` is the first day that can count."""

    count: int
    begins: date
    working: bool
    same: bool = False


def _asked(first: Counting, moves: list[Move], text: str) -> _Days:
    including = text.endswith(slow_days.INCLUDING)
    words = [word.removesuffix("s") for word in text.removesuffix(slow_days.INCLUDING).split()]
    working, same = "working" in words, words[0] == "same"
    count = int(words[0]) if words[0].isdecimal() else 1
    if not working and not same:
        convert = slow_days.days_with_first if including else slow_days.calendar_days
        count = convert(first, count, words[-1])
    if same:
        return _Days(count, first.reader.day_of(first.start), working, same)
    if not including:
        return _Days(count, first.own_day + ONE_DAY, working)
    begins = first.first_day
    return _not_over(_counting_on(first, moves, begins, begins), _Days(count, begins, working))


def _not_over(counting: Counting, asked: _Days) -> _Days:
    """From the next day on, if one day would be over at the start."""
    end = slow_days.end_of_one(replace(counting, pauses=[]), asked.begins, [], working=asked.working)
    is_over = asked.count == 1 and end is not None and end <= counting.start
    return replace(asked, begins=asked.begins + ONE_DAY) if is_over else asked


def _days(first: Counting, moves: list[Move], asked: _Days, own: date, shown: Pauses) -> Minute | None:
    """A day that a pause removes does not count, and no day is the last whose end lies in one.

    The limit was not over at the last change: all pauses hold for the days before it, those that are shown for others.
    """
    count, changed = asked.count, moves[-1].day if moves else asked.begins
    for day in first.days_from(asked.begins):
        pauses = first.clipped if day < changed else shown
        counting = _counting_on(first, moves, own, day)
        end = _end(counting, day, asked)
        if end is None:
            continue
        if removed(counting.reader, day, pauses, working=asked.working):
            if is_stuck(min(end, counting.civil_end(day)) - 1, pauses):
                return None
            continue
        count = max(count - 1, 0)
        later = [move for move in moves if move.day > max(day, own)]
        if count == 0 and later and not asked.same:
            return _end_of_counted(first, later, day, asked)
        if count == 0 and is_stuck(end - 1, pauses):
            return None
        if count == 0 and not is_paused(end - 1, pauses):
            return end
    raise AssertionError("days never end")


def _end_of_counted(first: Counting, later: list[Move], last: date, asked: _Days) -> Minute | None:
    """All days were counted before a change: the new calendar says when one day ends that begins with the last, or with
    the start on it."""
    reader = later[0].reader
    there = Counting(reader, max(first.start, reader.begin(last)), first.clipped)
    return _by_days(there, later[1:], _not_over(there, replace(asked, count=1, begins=last)), last - ONE_DAY)


def _counting_on(first: Counting, moves: list[Move], own: date, day: date) -> Counting:
    """Days before the day of a change belong to the calendar before it; that day and the rest to the new one."""
    counting = first
    for move in moves:
        if move.day <= max(day, own):
            begins = first.start if move.day <= own else move.reader.begin(move.day)
            counting = replace(first, reader=move.reader, start=begins)
    return counting


def _end(counting: Counting, day: date, asked: _Days) -> Minute | None:
    """When the limit ends if this is its last day; None if the day does not count."""
    if not asked.working:
        return slow_days.end_of_last(counting, day)
    open_ones = counting.reader.open_minutes(day)
    if not open_ones or (asked.same and open_ones[-1] < counting.start):
        return None
    return open_ones[-1] + 1 if asked.same else slow_days.end_of_working(counting, day)
