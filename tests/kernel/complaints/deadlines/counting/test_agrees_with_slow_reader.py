"""Starts, limitations, totals and changes of the unit give what a reader who goes from minute to minute gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.complaints.deadlines import clocks, counting, limitation
from chalicelib.complaints.envelope import NO_HASH, SYSTEM, EventDraft, Result
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import CompiledClock, Policy, compile_policy
from chalicelib.policy.language.intake import Limitation
from chalicelib.policy.worktime import Calendar, parse_limit, warning_time
from tests.helpers.searches import searching
from tests.kernel.complaints.deadlines.counting import slow_counting
from tests.kernel.complaints.deadlines.counting.slow_counting import Move
from tests.kernel.policy.worktime import slow_days
from tests.kernel.policy.worktime.slow_days import Counting
from tests.kernel.policy.worktime.slow_reader import Minute
from tests.kernel.policy.worktime.strategies import Case, a_calendar, a_document, cases

MINUTE = 60_000
by_night = searching(2_500, by_day=36, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
"""50,000 at night. A case takes up to 40 ms."""
_TEXTS = (
    *("90 minutes", "3 days", "1 month", "20 working minutes", "3 working hours", "1 working day", "4 working days"),
    *("3 calendar days", "1 calendar week", "1 calendar month", "same day", "same working day", "until 31 January"),
    *("later of 1 day, 2 working days", "earlier of 3 working hours, 2 calendar days"),
    *("1 working day including the first day", "3 working days including the first day"),
    *("1 calendar day including the first day", "3 calendar days including the first day"),
    *("1 calendar month including the first day", "later of 1 day, 2 working days including the first day"),
    *("2 working days then 2 calendar days", "2 calendar days including the first day then same working day"),
    *("3 working hours then 1 day then 1 working day including the first day", "1 calendar week then same day"),
)
LIMITS = st.sampled_from(_TEXTS)
_NEAR = st.integers(1, 8_000)
_EITHER = st.booleans()


@cache
def base() -> Policy:
    document = {
        "language": 1,
        "name": "One",
        "calendar": {"timezone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}},
        "people": {"ann": "Ann"},
        "tiers": [{"roles": "ann"}],
        "intake": {"channels": ["a"], "unit": "optional", "facts": {"known": {"en": "Known", "kind": "date"}}},
        "stages": {"registered": {"decide": {"by": "ann", "to": "over"}}, "over": {}},
        "clocks": {
            "later": {"from": "registered", "until": "decided", "within": "1 day", "starts": "next working day"},
            "known": {"from": {"fact": "known"}, "until": "decided", "within": "1 day"},
            "moving": {"from": "registered", "until": "decided", "within": "1 day", "calendar": "unit"},
        },
    }
    return compile_policy(publishing.prepare(document).document, "1")


def on(calendar: Calendar, **others: Calendar) -> Policy:
    return replace(base(), calendar=calendar, calendars=others)


def a_run(case: Case, text: str, clock: str) -> Run:
    pauses = [list(pause) for pause in case.stopped]
    return Run(clock=clock, n=1, seq=1, started=case.instant, limit=text, hours="", due=None, pauses=pauses)


def _day_end(case: Case) -> dict[str, bool]:
    return {"day_end": case.from_day_end, "of_date": case.of_date}


def minutes(instant: int | None) -> Minute | None:
    assert instant is None or instant % MINUTE == 0
    return None if instant is None else instant // MINUTE


def with_limit(clock: CompiledClock, text: str) -> CompiledClock:
    return replace(clock, rules=tuple(replace(rule, limit=parse_limit(text)) for rule in clock.rules))


@by_night
@given(cases(), LIMITS)
def test_a_start_as_the_opening_of_the_next_working_day(case: Case, text: str) -> None:
    policy = on(case.calendar)

    placed = counting.placed(policy, policy.clocks["later"], a_run(case, text, "later"))

    opening = slow_counting.next_opening(case.reader, case.start)
    start = case.start if opening is None else opening
    assert minutes(placed.begins) == opening
    found = counting.term_of(policy, placed, parse_limit(text)).due()
    assert minutes(found.due) == slow_days.due(Counting(case.reader, start, case.pauses), text)


def registered(at: int) -> EventDraft:
    nothing = Result(stage="registered", tier=1, severity=None, flags={})
    return EventDraft(type="registered", at=at, actor=SYSTEM, result=nothing)


def complaint(at: int, facts: Mapping[str, Any]) -> Complaint:
    return Complaint(
        number="1",
        seq=1,
        head=NO_HASH,
        policy="1",
        calendar="none",
        stage="registered",
        registered_at=at,
        facts=dict(facts),
    )


@dataclass(frozen=True)
class Fact:
    """A value as a filing gives it, and the minute from which it counts."""

    value: str
    start: Minute
    is_date: bool


@st.composite
def facts(draw: st.DrawFn, case: Case) -> Fact:
    """A date of the calendar's zone, or a time, within the ten days before the case's start."""
    start = case.start - draw(st.integers(0, 14_400))
    if draw(_EITHER):
        return Fact(to_text(start * MINUTE), start, False)
    day: date = case.reader.day_of(start)
    while case.reader.begin(day) == case.reader.begin(day + timedelta(days=1)):
        day -= timedelta(days=1)
    return Fact(day.isoformat(), case.reader.begin(day + timedelta(days=1)), True)


@pytest.mark.slow
@by_night
@given(st.data(), cases(), LIMITS, _EITHER)
def test_a_clock_that_counts_from_a_fact(data: st.DataObject, case: Case, text: str, moves: bool) -> None:
    policy, fact = on(case.calendar), data.draw(facts(case))
    clock = with_limit(policy.clocks["known"], text)
    starts = "next working day" if moves else None
    clock = replace(clock, clock=replace(clock.clock, starts=starts))

    run = clocks.start(policy, clock, complaint(case.instant, {"known": fact.value}), registered(case.instant))

    opening = slow_counting.next_opening(case.reader, fact.start, is_date=fact.is_date) if moves else None
    counted = Counting(case.reader, fact.start, [], fact.is_date, fact.is_date)
    if opening is not None:
        counted = Counting(case.reader, opening, [])
    assert run is not None
    assert (minutes(run.started), minutes(run.due)) == (fact.start, slow_days.due(counted, text))


@by_night
@given(st.data(), cases(), st.sampled_from(["later of", "earlier of"]), st.lists(LIMITS, min_size=2, max_size=4))
def test_a_limitation_of_several_parts(data: st.DataObject, case: Case, words: str, limits: list[str]) -> None:
    given_facts = [data.draw(st.none() | facts(case)) for _ in limits]
    parts = [{"start": f"fact{index}", "within": text} for index, text in enumerate(limits)]
    rule = msgspec.convert({words: parts}, Limitation)
    policy = on(case.calendar)
    values = {f"fact{index}": fact.value for index, fact in enumerate(given_facts) if fact is not None}
    ends = [
        slow_days.due(Counting(case.reader, fact.start, [], fact.is_date, fact.is_date), text)
        for fact, text in zip(given_facts, limits, strict=True)
        if fact is not None
    ]
    asked = [case.start, *(end + early for end in ends if end is not None for early in (-1, 0))]

    found = [limitation.flags(policy, rule, values, minute * MINUTE)["in_time"] for minute in asked]

    assert found == [slow_counting.in_time(ends, words, minute) for minute in asked]


@by_night
@given(cases(), LIMITS, st.lists(_NEAR, max_size=3, unique=True))
def test_a_total_counts_from_the_first_run_with_all_pauses(case: Case, text: str, after: list[int]) -> None:
    """The first run and those that replace it, one after another; each has the pauses of its time."""
    ends = [case.start + minute for minute in sorted(after)]
    begins = [case.start, *ends]
    run: Run | None = None
    for begin, end in zip(begins, [*ends, None], strict=True):
        own = replace(a_run(case, text, "c"), started=begin * MINUTE, **_day_end(case))
        own = replace(own, pauses=[list(one) for one in _within(case, begin, end)])
        run = own if run is None else counting.chained(own, run, begin * MINUTE)
    assert run is not None
    now = max([begins[-1], *(last if last is not None else first for first, last in case.pauses)]) + 1

    found = counting.latest_in_total(on(case.calendar), run, parse_limit(text), now * MINUTE)

    ended = [(first, now if last is None else last) for first, last in case.pauses]
    assert minutes(found) == slow_days.due(
        Counting(case.reader, case.start, ended, case.from_day_end, case.of_date), text
    )


def _within(case: Case, begin: Minute, end: Minute | None) -> list[tuple[int, int | None]]:
    found = []
    for first, last in case.pauses:
        first = max(first, begin)
        last = last if end is None or (last is not None and last <= end) else end
        if (last is None or first < last) and (end is None or first < end):
            found.append((first * MINUTE, None if last is None else last * MINUTE))
    return found


@dataclass(frozen=True)
class Moving:
    case: Case
    moves: list[Move]
    calendars: list[Calendar]

    @property
    def counting(self) -> Counting:
        return self.case.counting


@st.composite
def moving(draw: st.DrawFn) -> Moving:
    """A run whose complaint gets another unit once or twice. All calendars have one zone."""
    case = draw(cases())
    zone = case.calendar.document.timezone
    times = sorted(case.start + minute for minute in draw(st.lists(_NEAR, min_size=1, max_size=2, unique=True)))
    found = [a_calendar(draw, a_document(draw, zone, at), at) for at in times]
    moves = [Move(at, reader) for at, (_, reader) in zip(times, found, strict=True)]
    return Moving(case, moves, [calendar for calendar, _ in found])


def moved_run(found: Moving, text: str) -> tuple[Policy, Run]:
    names = ["", "second", "third"][: len(found.moves) + 1]
    policy = on(found.case.calendar, **dict(zip(names[1:], found.calendars, strict=True)))
    legs = [(name, move.at * MINUTE) for name, move in zip(names, found.moves, strict=False)]
    run = replace(a_run(found.case, text, "moving"), calendar=names[-1], moved=legs, **_day_end(found.case))
    return policy, run


@pytest.mark.slow
@by_night
@given(moving(), LIMITS)
def test_a_run_that_follows_its_unit(found: Moving, text: str) -> None:
    policy, run = moved_run(found, text)

    due = counting.term_of(policy, run, parse_limit(text)).due().due

    assert minutes(due) == slow_counting.due(found.counting, found.moves, text)


@by_night
@given(moving(), st.sampled_from([text for text in _TEXTS if "month" not in text]))
def test_a_move_between_equal_calendars_changes_nothing(found: Moving, text: str) -> None:
    """Except that an end does not go back to a working day before the day of the move, which a pause held."""
    assume(not (found.case.pauses and found.case.calendar.document.last_day == "previous working day"))
    same = [found.case.calendar] * len(found.moves)
    policy, run = moved_run(Moving(found.case, found.moves, same), text)

    due = counting.term_of(policy, run, parse_limit(text)).due().due

    assert minutes(due) == slow_days.due(found.counting, text)


@pytest.mark.slow
@by_night
@given(moving(), st.integers(1, 1_200), st.integers(1, 99))
def test_a_warning_at_a_share_of_a_run_that_follows_its_unit(found: Moving, count: int, percent: int) -> None:
    """A warning that lies before the change has been given; then it is not later than the change."""
    policy, run = moved_run(found, f"{count} working minutes")
    term = counting.term_of(policy, run, parse_limit(run.limit))
    end = slow_counting.due(found.counting, found.moves, run.limit)
    if end is None:
        return
    counted = []
    for minute, is_open in slow_counting.minutes(found.counting, found.moves):
        if minute >= end:
            break
        counted += [minute] if is_open and not _is_paused(found, minute) else []
    whole, rest = divmod(max(count * MINUTE * percent // 100 - 1, 0), MINUTE)
    expected = counted[whole] * MINUTE + rest + 1
    warned = warning_time(term, end * MINUTE, f"{percent} %")
    assert warned == expected if expected > term.start else warned <= term.start


def _is_paused(found: Moving, minute: Minute) -> bool:
    return any(begin <= minute and (end is None or minute < end) for begin, end in found.case.pauses)
