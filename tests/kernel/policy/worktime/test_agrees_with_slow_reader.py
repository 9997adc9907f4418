"""Every rule's arithmetic gives what a reader who goes from minute to minute gives, 2004-2030."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from chalicelib.policy.worktime import Term, due_time, hours_at, parse_limit, warning_time
from chalicelib.policy.worktime.limit import MONTHS
from tests.helpers.searches import searching
from tests.kernel.policy.worktime import slow_days, slow_reader
from tests.kernel.policy.worktime.strategies import Case, cases, often_paused_cases

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
bounded = searching(250, suppress_health_check=SLOW)
often = searching(2_500, by_day=80, suppress_health_check=SLOW)
"""By day up to 80 and at night 50,000, of each way of counting days."""


def minutes(instant: int | None) -> int | None:
    assert instant is None or instant % 60_000 == 0
    return None if instant is None else instant // 60_000


def due_of(case: Case, limit: str) -> int | None:
    return minutes(due_time(case.calendar, parse_limit(limit), case.instant, case.stopped).due)


def agree(case: Case, limit: str) -> None:
    found = due_time(*case.asked(limit))
    assert minutes(found.due) == slow_days.due(case.counting, limit)


@bounded
@given(cases(), st.integers(1, 1_500))
def test_elapsed_minutes(case: Case, count: int) -> None:
    expected = slow_reader.due_after(case.reader, case.start, count, case.pauses, working=False)
    assert due_of(case, f"{count} minutes") == expected


@searching(40, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 2))
def test_months(case: Case, count: int) -> None:
    assert due_of(case, f"{count} months") == slow_reader.month_later(case.reader, case.start, count, case.pauses)


@bounded
@given(cases(), st.integers(1, 1_200))
def test_working_minutes(case: Case, count: int) -> None:
    expected = slow_reader.due_after(case.reader, case.start, count, case.pauses, working=True)
    assert due_of(case, f"{count} working minutes") == expected


@pytest.mark.slow
@often
@given(cases(), st.integers(1, 8))
def test_working_days(case: Case, count: int) -> None:
    agree(case, f"{count} working days")


@bounded
@given(cases())
def test_same_working_day(case: Case) -> None:
    agree(case, "same working day")


@often
@given(cases(), st.integers(1, 9))
def test_calendar_days(case: Case, count: int) -> None:
    agree(case, f"{count} calendar days")


@searching(600, suppress_health_check=SLOW)
@given(often_paused_cases(), st.integers(1, 9), st.sampled_from(["calendar", "calendar", "working"]))
def test_days_with_several_pauses(case: Case, count: int, kind: str) -> None:
    agree(case, f"{count} {kind} days")


@pytest.mark.slow
@often
@given(cases(moves=True), st.integers(1, 8), st.sampled_from(["working days", "calendar days"]))
def test_last_days_that_another_calendar_moves(case: Case, count: int, unit: str) -> None:
    agree(case, f"{count} {unit}")


_FIRST = " including the first day"


@pytest.mark.slow
@often
@given(cases(), st.integers(1, 8))
def test_working_days_including_the_first(case: Case, count: int) -> None:
    agree(case, f"{count} working days{_FIRST}")


@often
@given(cases(), st.sampled_from(["1 calendar day", "2 calendar days", "9 calendar days", "1 calendar week"]))
def test_calendar_days_including_the_first(case: Case, limit: str) -> None:
    agree(case, f"{limit}{_FIRST}")


@pytest.mark.slow
@searching(600, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["1 calendar month", "2 calendar months", "6 calendar months", "1 calendar year"]))
def test_calendar_months_including_the_first(case: Case, limit: str) -> None:
    agree(case, f"{limit}{_FIRST}")


@searching(600, suppress_health_check=SLOW)
@given(often_paused_cases(), st.integers(1, 9), st.sampled_from(["calendar", "working"]))
def test_days_including_the_first_with_several_pauses(case: Case, count: int, kind: str) -> None:
    agree(case, f"{count} {kind} days{_FIRST}")


@bounded
@given(cases())
def test_same_day(case: Case) -> None:
    agree(case, "same day")


@searching(60, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["1 calendar week", "1 calendar month", "2 calendar months", "1 calendar year"]))
def test_calendar_weeks_months_and_years(case: Case, limit: str) -> None:
    agree(case, limit)


@searching(60, suppress_health_check=SLOW)
@given(cases(), st.dates())
def test_until(case: Case, day: date) -> None:
    agree(case, f"until {day.day} {MONTHS[day.month - 1]}")


_PARTS = st.sampled_from(
    [
        *("2 hours", "1 day", "3 working hours", "1 working day", "3 working days", "2 calendar days", "same day"),
        *("same working day", "1 calendar week"),
    ]
)


@bounded
@given(cases(), st.sampled_from(["later of", "earlier of"]), st.lists(_PARTS, min_size=2, max_size=4))
def test_joined_limits(case: Case, words: str, parts: list[str]) -> None:
    agree(case, f"{words} {', '.join(parts)}")


_FOLLOWING = st.sampled_from(
    [
        *("2 hours", "1 day", "30 minutes", "3 working hours", "1 working day", "2 working days", "3 calendar days"),
        *("same day", "same working day", "1 calendar week", f"2 working days{_FIRST}", f"2 calendar days{_FIRST}"),
    ]
)


@pytest.mark.slow
@often
@given(cases(), st.lists(_FOLLOWING, min_size=2, max_size=4))
def test_limits_that_follow_each_other(case: Case, parts: list[str]) -> None:
    agree(case, " then ".join(parts))


@searching(600, suppress_health_check=SLOW)
@given(often_paused_cases(), st.lists(_FOLLOWING, min_size=2, max_size=3))
def test_limits_that_follow_each_other_with_several_pauses(case: Case, parts: list[str]) -> None:
    agree(case, " then ".join(parts))


@searching(60, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["1 calendar month", "1 month", "until 31 January"]), _FOLLOWING)
def test_a_month_or_a_date_and_what_follows(case: Case, first: str, then: str) -> None:
    agree(case, f"{first} then {then}")


@bounded
@given(cases(), st.integers(1, 900), st.integers(1, 900), st.integers(1, 99))
def test_warning_at_a_share_of_limits_that_follow_each_other(case: Case, one: int, other: int, percent: int) -> None:
    """All elapsed time counts, also that of a part in open time."""
    limit = f"{one} working minutes then {other} minutes"
    end = due_of(case, limit)
    if end is not None:
        expected = slow_reader.warned_at_share(case.reader, case.start, end, percent, case.pauses, working=False)
        assert warned(case, limit, end, f"{percent} %") == expected


@bounded
@given(cases())
def test_open_hours(case: Case) -> None:
    expected = "open" if slow_reader.hours_are_open(case.reader, case.start) else "closed"
    assert hours_at(case.calendar, case.instant) == expected


def warned(case: Case, limit: str, end: int, warn: str) -> int:
    term = Term(case.calendar, parse_limit(limit), case.instant, case.stopped)
    return warning_time(term, end * 60_000, warn)


@bounded
@given(cases(), st.integers(1, 900), st.integers(1, 600))
def test_warning_working_minutes_before(case: Case, count: int, before: int) -> None:
    limit = f"{count} working minutes"
    end = due_of(case, limit)
    if end is not None:
        expected = slow_reader.warned_before(case.reader, case.start, end, before, case.pauses, working=True)
        assert warned(case, limit, end, f"{before} working minutes before") == expected * 60_000


@bounded
@given(cases(), st.integers(1, 3_000), st.integers(1, 2_000))
def test_warning_elapsed_minutes_before(case: Case, count: int, before: int) -> None:
    limit = f"{count} minutes"
    end = due_of(case, limit)
    if end is not None:
        expected = slow_reader.warned_before(case.reader, case.start, end, before, case.pauses, working=False)
        assert warned(case, limit, end, f"{before} minutes before") == expected * 60_000


@bounded
@given(cases(), st.integers(1, 8), st.integers(1, 5), st.sampled_from(["working", "calendar"]))
def test_warning_days_before(case: Case, count: int, before: int, kind: str) -> None:
    limit = f"{count} {kind} days"
    end = due_of(case, limit)
    if end is not None:
        expected = slow_days.warned_before(case.counting, end, before, f"{kind} day")
        assert warned(case, limit, end, f"{before} {kind} days before") == expected * 60_000


@searching(60, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["calendar week", "calendar month", "calendar year"]))
def test_warning_calendar_weeks_to_years_before(case: Case, unit: str) -> None:
    limit = f"2 {unit}s"
    end = due_of(case, limit)
    if end is not None:
        expected = slow_days.warned_before(case.counting, end, 1, unit)
        assert warned(case, limit, end, f"1 {unit} before") == expected * 60_000


@bounded
@given(cases(), st.integers(1, 500), st.sampled_from(["minutes", "working minutes"]), st.integers(1, 99))
def test_warning_at_a_share(case: Case, count: int, unit: str, percent: int) -> None:
    limit = f"{count} {unit}"
    end = due_of(case, limit)
    if end is not None:
        working = unit.startswith("working")
        expected = slow_reader.warned_at_share(case.reader, case.start, end, percent, case.pauses, working=working)
        assert warned(case, limit, end, f"{percent} %") == expected
