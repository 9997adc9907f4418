"""Changes of the unit between calendars of any time zones. A day of one zone may be over when it begins in another."""

from __future__ import annotations

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from chalicelib.complaints.deadlines import counting
from chalicelib.policy.worktime import parse_limit
from tests.helpers.searches import searching
from tests.kernel.complaints.deadlines.counting.slow_counting import Move
from tests.kernel.complaints.deadlines.counting.test_agrees_with_slow_reader import LIMITS, Moving, moved_run
from tests.kernel.policy.worktime.strategies import ZONES, a_calendar, a_document, cases

_MINUTES = st.lists(st.integers(1, 4_000), min_size=1, max_size=2, unique=True)


@st.composite
def between_zones(draw: st.DrawFn) -> Moving:
    case = draw(cases())
    times = sorted(case.start + minute for minute in draw(_MINUTES))
    found = [a_calendar(draw, a_document(draw, draw(st.sampled_from(ZONES)), at), at) for at in times]
    moves = [Move(at, reader) for at, (_, reader) in zip(times, found, strict=True)]
    return Moving(case, moves, [calendar for calendar, _ in found])


@searching(1_000, by_day=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(between_zones(), LIMITS)
def test_no_change_ends_a_run_before_its_start(found: Moving, text: str) -> None:
    policy, run = moved_run(found, text)

    due = counting.term_of(policy, run, parse_limit(text)).due().due

    assert due is None or due > run.started
