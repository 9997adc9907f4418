"""Runs with several pauses whose unit changes, on calendars of different hours, end as the slow reader says."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from chalicelib.complaints.deadlines import counting
from chalicelib.policy.worktime import parse_limit
from tests.helpers.searches import searching
from tests.kernel.complaints.deadlines.counting import slow_counting
from tests.kernel.complaints.deadlines.counting.slow_counting import Move
from tests.kernel.complaints.deadlines.counting.test_agrees_with_slow_reader import Moving, minutes, moved_run
from tests.kernel.policy.worktime.strategies import a_calendar, often_paused_cases

ONE_DAY = 1_440
_HOURS = st.sampled_from(
    [[["09:00", "17:00"]], [["09:00", "12:00"]], [["00:00", "05:00"]], [["12:00", "24:00"]]],
)
_WEEKDAYS = st.sampled_from(
    [("mon", "tue", "wed", "thu", "fri"), ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("tue", "sun")]
)
_CHOICES = {
    "last_day": st.sampled_from(["same day", "next working day", "previous working day"]),
    "day_ends": st.sampled_from(["close", "midnight"]),
    "calendar_days_end": st.sampled_from(["midnight", "close"]),
    "paused_days": st.sampled_from(["whole", "whole", "touched"]),
}
_MINUTES = st.tuples(st.integers(0, 5), st.sampled_from([1, 61, 240, 301, 421, 600, 961]))
_TWO_MINUTES = st.lists(_MINUTES, min_size=1, max_size=2, unique=True)
_LIMITS = st.sampled_from(
    [
        *("20 working minutes", "3 working hours", "1 working day", "4 working days", "3 calendar days", "same day"),
        *("same working day", "1 calendar week", "later of 1 day, 2 working days including the first day"),
        *("1 working day including the first day", "3 working days including the first day"),
        *("1 calendar day including the first day", "3 calendar days including the first day"),
        *("2 working days then 2 calendar days", "2 calendar days including the first day then same working day"),
        *(
            "1 calendar day then 3 working hours",
            "3 working hours then 1 day then 1 working day including the first day",
        ),
    ]
)


@st.composite
def often_moving(draw: st.DrawFn) -> Moving:
    """One or two changes within six days; each calendar opens at its own hours."""
    case = draw(often_paused_cases())
    times = sorted(case.start + day * ONE_DAY + minute for day, minute in draw(_TWO_MINUTES))
    found = [a_calendar(draw, _document(draw, case.calendar.document.timezone), at) for at in times]
    moves = [Move(at, reader) for at, (_, reader) in zip(times, found, strict=True)]
    return Moving(case, moves, [calendar for calendar, _ in found])


def _document(draw: st.DrawFn, zone: str) -> dict[str, Any]:
    hours = {day: draw(_HOURS) for day in draw(_WEEKDAYS)}
    chosen = {key: draw(choice) for key, choice in _CHOICES.items()}
    return {"timezone": zone, "holidays": None, "hours": hours, **chosen}


@searching(2_500, by_day=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(often_moving(), _LIMITS)
def test_a_paused_run_that_follows_its_unit(found: Moving, text: str) -> None:
    policy, run = moved_run(found, text)

    due = counting.term_of(policy, run, parse_limit(text)).due().due

    assert minutes(due) == slow_counting.due(found.counting, found.moves, text)
