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
    answer = slow_days.due(first, text)
    for number, move in enumerate(moves):
        if answer is not None and answer <= move.at:
            return answer
        answer = _due(first, moves[: number + 1], text)
    return answer


def _due(first: Counting, moves: list[Move], text: str) -> Minute | None:
    words = [word.removesuffix("s") for word in text.split()]
    if words[0] == "until":
        return slow_days.due(replace(first, reader=moves[-1].reader), text)
    if words[1:2] == ["working"] and words[-1] in _WORKING_MINUTES:
        return _open_minutes(first, moves, int(words[0]) * _WORKING_MINUTES[words[-1]])
    if "working" not in words and "calendar" not in words and words != ["same", "day"]:
        return slow_days.due(first, text)
    return slow_days._in_time(first, lambda pauses: _days(first, moves, words, pauses))


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


def _days(first: Counting, moves: list[Move], words: list[str], pauses: Pauses) -> Minute | None:
    """A day that a pause removes does not count, and no day is the last whose end lies in one."""
    if words == ["same", "day"]:
        return slow_days._count_calendar(
            replace(first, reader=moves[-1].reader), first.reader.day_of(first.start), 1, pauses
        )
    count = int(words[0]) if words[0].isdecimal() else 1
    if words[0] != "same" and "working" not in words:
        count = slow_days._calendar_days(first, count, words[-1])
    for day, counting in _days_by_calendar(first, moves, own=words[0] == "same"):
        end = _end(counting, day, words)
        if end is None:
            continue
        if removed(counting.reader, day, pauses, working="working" in words):
            if is_stuck(end - 1, pauses):
                return None
            continue
        count = max(count - 1, 0)
        if count == 0 and "working" not in words and day < moves[-1].day:
            return _end_of_counted(moves[-1], day, pauses)
        if count == 0 and is_stuck(end - 1, pauses):
            return None
        if count == 0 and not is_paused(end - 1, pauses):
            return end
    raise AssertionError("days never end")


def _end_of_counted(move: Move, last: date, pauses: Pauses) -> Minute | None:
    """All days were counted before the last change: the new calendar says how the last one ends."""
    return slow_days._count_calendar(Counting(move.reader, move.reader.begin(last), pauses), last, 1, pauses)


def _days_by_calendar(first: Counting, moves: list[Move], *, own: bool) -> Iterator[tuple[date, Counting]]:
    """Days before the day of a change belong to the calendar before it; that day and the rest to the new one.

    `own`: the start's own day counts.
    """
    start = first.reader.day_of(first.start) if own else first.own_day
    for day in first.days_from(start if own else start + ONE_DAY):
        counting = first
        for move in moves:
            if move.day <= day:
                begins = first.start if move.day <= start else move.reader.begin(move.day)
                counting = Counting(move.reader, begins, first.pauses)
        yield day, counting


def _end(counting: Counting, day: date, words: list[str]) -> Minute | None:
    """When the limit ends if this is its last day; None if the day does not count."""
    same = words[0] == "same"
    return _working_end(counting, day, same=same) if "working" in words else slow_days._end_of_last(counting, day)


def _working_end(counting: Counting, day: date, *, same: bool) -> Minute | None:
    """None if the day is no working day, or for `same working day` if it is over at the start."""
    open_ones = counting.reader.open_minutes(day)
    if not open_ones or (same and open_ones[-1] < counting.start):
        return None
    return counting.civil_end(day) if counting.reader.at_midnight and not same else open_ones[-1] + 1
