"""Anyone can work the due time out again from `because` alone: a reader that has nothing else does so (rule 11)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.policy.worktime.explaining import explain
from tests.helpers.searches import searching
from tests.kernel.policy.worktime.explaining.because_reader import due_by_hand
from tests.kernel.policy.worktime.samples import at, calendar
from tests.kernel.policy.worktime.strategies import Case, cases, often_paused_cases

bounded = searching(150)


def agrees(case: Case, limit: str) -> None:
    asked = case.asked(limit)
    because = json.loads(json.dumps(explain(*asked)))
    del because["end"], because["text"]
    answered = due_time(*asked).due
    by_hand = due_by_hand(because)
    assert (None if by_hand is None else by_hand * 60_000) == answered


@bounded
@given(cases(), st.integers(1, 4_000), st.sampled_from(["minutes", "working minutes"]))
def test_minutes(case: Case, count: int, unit: str) -> None:
    agrees(case, f"{count} {unit}")


@bounded
@given(cases(), st.integers(1, 60), st.sampled_from(["hours", "working hours"]))
def test_hours(case: Case, count: int, unit: str) -> None:
    agrees(case, f"{count} {unit}")


@bounded
@given(cases(), st.integers(1, 12))
def test_working_days(case: Case, count: int) -> None:
    agrees(case, f"{count} working days")


@bounded
@given(cases(), st.sampled_from(["same working day", "none", "1 day", "3 days", "1 week"]))
def test_the_same_working_day_days_and_weeks(case: Case, limit: str) -> None:
    agrees(case, limit)


@bounded
@given(cases(), st.integers(1, 2))
def test_months(case: Case, count: int) -> None:
    agrees(case, f"{count} months")


@bounded
@given(cases(), st.integers(1, 12), st.sampled_from(["calendar days", "working days"]))
def test_days_whose_start_may_be_the_end_of_a_day(case: Case, count: int, unit: str) -> None:
    agrees(case, f"{count} {unit}")


@bounded
@given(often_paused_cases(), st.integers(1, 9), st.sampled_from(["calendar days", "working days"]))
def test_days_with_several_pauses(case: Case, count: int, unit: str) -> None:
    agrees(case, f"{count} {unit}")


@bounded
@given(cases(), st.integers(1, 9), st.sampled_from(["calendar days", "working days"]))
def test_days_including_the_first(case: Case, count: int, unit: str) -> None:
    agrees(case, f"{count} {unit} including the first day")


@searching(40)
@given(cases(), st.sampled_from(["1 calendar month", "6 calendar months", "1 calendar week"]))
def test_weeks_and_months_including_the_first_day(case: Case, limit: str) -> None:
    agrees(case, f"{limit} including the first day")


@bounded
@given(cases(), st.sampled_from(["same day", "until 31 January", "until 29 February", "1 calendar week"]))
def test_the_same_day_dates_and_weeks(case: Case, limit: str) -> None:
    agrees(case, limit)


@searching(40)
@given(cases(), st.integers(1, 2))
def test_calendar_months(case: Case, count: int) -> None:
    agrees(case, f"{count} calendar months" if count > 1 else "1 calendar month")


@searching(4)
@given(cases())
def test_calendar_years(case: Case) -> None:
    agrees(case, "1 calendar year")


_PARTS = st.sampled_from(["2 hours", "1 day", "1 working day", "2 calendar days", "same day", "9 working hours"])


@bounded
@given(cases(), st.sampled_from(["later of", "earlier of"]), st.lists(_PARTS, min_size=2, max_size=4))
def test_joined_limits(case: Case, words: str, parts: list[str]) -> None:
    agrees(case, f"{words} {', '.join(parts)}")


_FOLLOWING = st.sampled_from(
    [
        "2 hours",
        "1 day",
        "1 working day",
        "2 calendar days",
        "same day",
        "9 working hours",
        "1 working day including the first day",
    ]
)


@bounded
@given(cases(), st.lists(_FOLLOWING, min_size=2, max_size=4))
def test_limits_that_follow_each_other(case: Case, parts: list[str]) -> None:
    agrees(case, " then ".join(parts))


@pytest.mark.parametrize("change", [{"start": "2026-11-27T02:01:00.000Z"}, {"limit": "5 working hours"}])
def test_the_reader_believes_what_it_is_told(change: dict[str, str]) -> None:
    because = explain(calendar(), parse_limit("4 working hours"), at("2026-11-27 10:00"), [])
    assert due_by_hand({**because, **change}) != due_by_hand(because)


def test_a_repeated_evening_belongs_to_the_day_that_has_begun() -> None:
    """Clocks were put back from Sunday 00:01 to Saturday 23:01: at 23:59 again, it is Sunday's working day."""
    newfoundland = calendar(timezone="America/St_Johns", holidays=None, hours={"mon-sun": ["00:00-24:00"]})
    again = at("2004-10-31 00:00", "America/St_Johns") + 59 * 60_000
    because = explain(newfoundland, parse_limit("same working day"), again)
    assert (because["start"], because["closing"]) == (
        "2004-10-31T03:29:00.000Z",
        {"date": "2004-10-31", "at": "24:00"},
    )
    assert due_by_hand(because) == at("2004-11-01 00:00", "America/St_Johns") // 60_000


def test_a_month_from_a_date_includes_that_date() -> None:
    """Only where the limit is one day is a date that is over at its 24:00 no day of it."""
    asked = calendar(), parse_limit("1 calendar month including the first day"), at("2026-12-01 00:00")
    because = explain(*asked, [], from_day_end=True, of_date=True)
    assert (because["counted_from"]["date"], because["stretches"]) == ("2026-11-30", [])
    assert due_by_hand(because) == at("2026-12-30 00:00") // 60_000


def test_a_stretch_less_is_another_due_time() -> None:
    because = explain(calendar(), parse_limit("4 working hours"), at("2026-11-27 16:00"), [])
    assert due_by_hand({**because, "stretches": []}) != due_by_hand(because)
