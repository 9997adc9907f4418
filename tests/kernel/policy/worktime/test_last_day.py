"""The calendar's `last_day` and `calendar_days_end`, and limits that end with a day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.policy.worktime.samples import answer, when

FRIDAY, SATURDAY = "2026-11-27 10:00", "2026-11-28 10:00"
NEXT: dict[str, Any]
PREVIOUS: dict[str, Any]
NEXT, PREVIOUS = {"last_day": "next working day"}, {"last_day": "previous working day"}
CLOSE: dict[str, Any] = {"calendar_days_end": "close"}


class TestTheRule:
    @pytest.mark.parametrize(
        ("rule", "expected"), [({}, "2026-11-29 00:00"), (NEXT, "2026-12-01 00:00"), (PREVIOUS, "2026-11-28 00:00")]
    )
    def test_a_last_day_on_a_saturday(self, rule: dict[str, Any], expected: str) -> None:
        assert when("1 calendar day", FRIDAY, **rule) == expected

    @pytest.mark.parametrize("rule", [{}, NEXT, PREVIOUS])
    def test_a_last_day_that_is_a_working_day_stays(self, rule: dict[str, Any]) -> None:
        assert when("3 calendar days", FRIDAY, **rule) == "2026-12-01 00:00"

    def test_it_holds_for_dates_and_the_same_day(self) -> None:
        assert when("until 31 January", "2026-01-05 10:00", **PREVIOUS) == "2026-01-31 00:00"
        assert when("same day", SATURDAY, **NEXT) == "2026-12-01 00:00"

    def test_a_previous_day_that_ended_before_the_start_is_left_out(self) -> None:
        assert when("1 calendar day", SATURDAY, **PREVIOUS) == "2026-11-30 00:00"

    def test_it_does_not_change_limits_in_hours_and_working_days(self) -> None:
        assert when("24 hours", FRIDAY, **NEXT) == "2026-11-28 10:00"
        assert when("1 working day", FRIDAY, **PREVIOUS) == "2026-11-30 18:00"


class TestTheEndOfTheDay:
    def test_a_working_day_can_end_at_closing(self) -> None:
        assert when("3 calendar days", FRIDAY, **CLOSE) == "2026-11-30 18:00"

    def test_a_day_without_opening_hours_still_ends_at_midnight(self) -> None:
        assert when("1 calendar day", FRIDAY, **CLOSE) == "2026-11-29 00:00"

    def test_the_working_day_to_which_the_end_moves_ends_at_closing(self) -> None:
        assert when("1 calendar day", FRIDAY, **CLOSE, **NEXT) == "2026-11-30 18:00"

    def test_the_same_day_ends_at_midnight_if_closing_has_passed(self) -> None:
        assert when("same day", "2026-11-27 17:59", **CLOSE) == "2026-11-27 18:00"
        assert when("same day", "2026-11-27 18:00", **CLOSE) == "2026-11-28 00:00"


class TestDates:
    @pytest.mark.parametrize(
        ("limit", "start", "expected"),
        [
            ("until 31 January", "2026-01-30 23:59", "2026-02-01 00:00"),
            ("until 31 January", "2026-01-31 00:00", "2027-02-01 00:00"),
            ("until 29 February", "2027-02-27 09:00", "2027-03-01 00:00"),
            ("until 29 February", "2028-02-27 09:00", "2028-03-01 00:00"),
            ("until 29 February", "2027-02-28 09:00", "2028-03-01 00:00"),
            ("until 28 February", "2028-02-01 09:00", "2028-02-29 00:00"),
        ],
    )
    def test_it_is_the_end_of_the_first_such_date_after_the_day_of_the_start(
        self, limit: str, start: str, expected: str
    ) -> None:
        assert when(limit, start) == expected


class TestProvisional:
    """Official holidays are known through 2026."""

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [({}, False), (NEXT, True), (PREVIOUS, True), (CLOSE, True), ({**NEXT, "holidays": None}, False)],
    )
    def test_only_if_the_end_depends_on_holidays(self, changes: dict[str, Any], expected: bool) -> None:
        assert answer("10 calendar days", "2026-12-26 10:00", **changes).provisional is expected

    def test_a_limit_that_ends_in_a_published_year_is_not(self) -> None:
        assert not answer("10 calendar days", "2026-11-26 10:00", **NEXT).provisional

    def test_so_is_a_joined_limit_of_which_a_part_is(self) -> None:
        assert answer("later of 20 days, 3 working days", "2026-12-30 10:00").provisional

    def test_a_part_that_would_end_after_2099_makes_no_earlier_one_provisional(self) -> None:
        assert not answer("earlier of 1 day, 119 months", "2098-01-01 10:00").provisional


class TestDatesThatAZoneSkips:
    def test_they_are_not_counted(self) -> None:
        """Samoa had no 30 December 2011."""
        samoa: dict[str, Any] = {"timezone": "Pacific/Apia", "holidays": None}
        assert when("1 calendar day", "2011-12-29 10:00", **samoa) == "2012-01-01 00:00"
