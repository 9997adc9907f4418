"""Changes of the unit that were counted by hand: the product and the slow reader both give the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import Calendar, Term, parse_limit
from chalicelib.policy.worktime.due_times.continued import CalendarChange, continued
from tests.kernel.complaints.deadlines.counting import slow_counting
from tests.kernel.complaints.deadlines.counting.slow_counting import Move
from tests.kernel.policy.worktime.slow_days import Counting
from tests.kernel.policy.worktime.slow_reader import SlowReader

MINUTE = 60_000
DAY = [["09:00", "18:00"]]
WEEK = {"timezone": "UTC", "hours": {"mon-sun": DAY}}
NIGHT = {**WEEK, "hours": {"mon-wed": DAY, "thu": [["00:00", "05:00"]], "fri-sun": DAY}}
NOON = {**WEEK, "hours": {"mon-sun": [["09:00", "12:00"]]}}
CLOSES = {"calendar_days_end": "close"}
BANK = {**CLOSES, "paused_days": "touched"}


@dataclass(frozen=True)
class Example:
    """In November 2026, whose 26th is a Thursday; times are `26T08:00`."""

    limit: str
    start: str
    pauses: list[tuple[str, str | None]]
    moves: list[tuple[str, dict[str, Any]]]
    due: str
    before: dict[str, Any]


def instant(text: str) -> int:
    return from_text(f"2026-11-{text}Z")


def minute(text: str) -> int:
    return instant(text) // MINUTE


EXAMPLES = {
    "a pause removed the first day, and the new calendar would have ended it before the start": Example(
        "1 working day including the first day",
        "26T08:00",
        [("26T08:00", "27T08:00")],
        [("27T00:00", NIGHT)],
        "27T18:00",
        WEEK,
    ),
    "the same with a second change": Example(
        "1 working day including the first day",
        "26T08:00",
        [("26T08:00", "27T08:00")],
        [("27T00:00", NIGHT), ("27T00:01", WEEK)],
        "27T18:00",
        WEEK,
    ),
    "a pause held the end, and began after the end that the new calendar gives the last day": Example(
        "1 calendar day",
        "25T08:00",
        [("26T13:00", "27T08:00")],
        [("27T07:00", NOON | BANK)],
        "26T12:00",
        WEEK,
    ),
    "a pause of the day of the change began after its end in the new calendar": Example(
        "2 calendar days",
        "25T08:00",
        [("27T14:00", "27T14:30")],
        [("27T15:00", NOON | BANK)],
        "27T12:00",
        WEEK,
    ),
    "a pause held the only day, which the new calendar closed before the start, so that the next one counts": Example(
        "1 working day including the first day",
        "26T08:00",
        [("25T20:00", "27T08:00")],
        [("27T09:00", NIGHT)],
        "27T18:00",
        WEEK | {"day_ends": "midnight"},
    ),
    "a closing that had passed at the start does not count after a move to an equal calendar": Example(
        "1 calendar day including the first day",
        "26T19:00",
        [("26T19:00", "27T19:00")],
        [("26T19:01", WEEK | CLOSES), ("27T00:00", WEEK | CLOSES)],
        "28T18:00",
        WEEK | CLOSES,
    ),
    "nor does one of the new calendar, where only the end had been moved": Example(
        "1 calendar day including the first day",
        "28T19:00",
        [],
        [("29T12:00", WEEK | CLOSES)],
        "29T00:00",
        {"timezone": "UTC", "hours": {"mon-fri": DAY}, "last_day": "next working day"},
    ),
    "a part that is over in the new calendar ends at the change, and the next one starts there": Example(
        "1 calendar day then 3 working hours",
        "25T08:00",
        [("26T13:00", "27T08:00")],
        [("27T10:00", NOON | BANK)],
        "28T10:00",
        WEEK,
    ),
    "the same on the day of the start": Example(
        "1 calendar day including the first day then 1 day",
        "25T08:00",
        [],
        [("25T15:00", NOON | BANK)],
        "26T15:00",
        WEEK,
    ),
}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_product_counts_as_by_hand(example: Example) -> None:
    pauses = [(instant(first), None if last is None else instant(last)) for first, last in example.pauses]
    term = Term(Calendar.parse(example.before), parse_limit(example.limit), instant(example.start), pauses)
    for at, document in example.moves:
        term = continued(term, CalendarChange(instant(at), Calendar.parse(document), "before"))
    assert term.due().due == instant(example.due)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_slow_reader_counts_as_by_hand(example: Example) -> None:
    pauses = [(minute(first), None if last is None else minute(last)) for first, last in example.pauses]
    moves = [Move(minute(at), _reader(document)) for at, document in example.moves]
    first = Counting(_reader(example.before), minute(example.start), pauses)
    assert slow_counting.due(first, moves, example.limit) == minute(example.due)


def _reader(document: dict[str, Any]) -> SlowReader:
    return SlowReader(Calendar.parse(document).to_json())
