"""Day counts as statutes define them, with examples that can be checked on a calendar."""

from __future__ import annotations

from typing import Any

from chalicelib.policy.worktime import due_time, parse_limit
from tests.kernel.policy.worktime.samples import at, calendar, wall, when

BERLIN: dict[str, Any] = {"timezone": "Europe/Berlin", "holidays": "DE", "last_day": "next working day"}
PARIS: dict[str, Any] = {"timezone": "Europe/Paris", "holidays": "FR", "last_day": "next working day"}
CHINA: dict[str, Any] = {"last_day": "next working day"}


class TestRegulation1182Of1971:
    """Regulation (EEC, Euratom) No 1182/71, Article 3."""

    def test_3_1_the_day_of_the_event_is_not_part_of_the_period(self) -> None:
        assert when("10 calendar days", "2026-03-03 23:59", **PARIS) == "2026-03-14 00:00"

    def test_3_2_b_a_period_in_days_ends_with_the_last_hour_of_its_last_day(self) -> None:
        assert when("10 calendar days", "2026-03-03 00:01", **PARIS) == "2026-03-14 00:00"

    def test_3_2_c_a_period_in_weeks_ends_with_the_same_weekday(self) -> None:
        assert when("2 calendar weeks", "2026-03-04 10:00", **PARIS) == "2026-03-19 00:00"

    def test_3_2_c_a_period_in_months_ends_with_the_same_date(self) -> None:
        assert when("3 calendar months", "2026-03-04 10:00", **PARIS) == "2026-06-05 00:00"

    def test_3_2_c_without_that_date_it_ends_with_the_last_day_of_the_month(self) -> None:
        assert when("1 calendar month", "2026-08-31 10:00", **PARIS) == "2026-10-01 00:00"

    def test_3_3_holidays_and_weekends_within_the_period_count(self) -> None:
        """8 May is a holiday."""
        assert when("9 calendar days", "2026-05-04 10:00", **PARIS) == "2026-05-14 00:00"

    def test_3_4_a_period_that_would_end_on_a_holiday_ends_with_the_next_working_day(self) -> None:
        """14 May 2026 is Ascension Day."""
        assert when("10 calendar days", "2026-05-04 10:00", **PARIS) == "2026-05-16 00:00"

    def test_3_4_a_period_that_would_end_on_a_saturday_ends_with_the_next_working_day(self) -> None:
        assert when("10 calendar days", "2026-03-04 10:00", **PARIS) == "2026-03-17 00:00"

    def test_3_4_does_not_hold_for_a_period_in_hours(self) -> None:
        assert when("48 hours", "2026-03-06 10:00", **PARIS) == "2026-03-08 10:00"


class TestCivilCodeOfChina:
    """Civil Code of the People's Republic of China, Articles 201-204."""

    def test_201_the_first_day_is_not_counted(self) -> None:
        assert when("4 calendar days", "2026-11-02 09:00", **CHINA) == "2026-11-07 00:00"

    def test_201_a_period_in_hours_starts_at_the_hour(self) -> None:
        assert when("24 hours", "2026-11-27 09:30", **CHINA) == "2026-11-28 09:30"

    def test_202_a_period_in_months_ends_with_the_corresponding_day(self) -> None:
        assert when("1 calendar month", "2026-03-13 09:00", **CHINA) == "2026-04-14 00:00"

    def test_202_without_that_day_it_ends_with_the_last_day_of_the_month(self) -> None:
        assert when("1 calendar month", "2026-10-31 09:00", **CHINA) == "2026-12-01 00:00"

    def test_202_a_period_in_years_ends_with_the_corresponding_day(self) -> None:
        assert when("1 calendar year", "2025-11-12 09:00", **CHINA) == "2026-11-13 00:00"

    def test_203_a_last_day_in_a_statutory_holiday_is_the_day_after_it(self) -> None:
        assert when("15 calendar days", "2026-09-16 09:00", **CHINA) == "2026-10-09 00:00"

    def test_203_a_saturday_that_is_worked_in_exchange_is_no_holiday(self) -> None:
        assert when("3 calendar days", "2026-10-07 09:00", **CHINA) == "2026-10-11 00:00"

    def test_203_the_last_day_ends_at_24_00(self) -> None:
        assert when("3 calendar days", "2026-11-23 09:00", **CHINA) == "2026-11-27 00:00"

    def test_203_where_there_are_business_hours_it_ends_with_them(self) -> None:
        assert when("15 calendar days", "2026-09-16 09:00", calendar_days_end="close", **CHINA) == "2026-10-08 18:00"

    def test_204_another_rule_can_be_agreed(self) -> None:
        assert when("15 calendar days", "2026-09-16 09:00", last_day="same day") == "2026-10-02 00:00"


class TestGermanCivilCode:
    """Bürgerliches Gesetzbuch, sections 187-193."""

    def test_187_1_the_day_of_an_event_in_its_course_is_not_counted(self) -> None:
        assert when("1 calendar week", "2026-03-03 10:00", **BERLIN) == "2026-03-11 00:00"

    def test_187_2_a_day_with_whose_beginning_the_period_begins_is_counted(self) -> None:
        """A period that the end of Monday starts begins with the beginning of Tuesday."""
        start = at("2026-03-03 00:00", "Europe/Berlin")
        due = due_time(calendar(**BERLIN), parse_limit("1 calendar week"), start, from_day_end=True).due
        assert wall(due, "Europe/Berlin") == "2026-03-10 00:00"

    def test_188_2_a_period_in_months_ends_with_the_day_of_the_same_number(self) -> None:
        assert when("1 calendar month", "2026-04-08 10:00", **BERLIN) == "2026-05-09 00:00"

    def test_188_3_without_that_day_it_ends_with_the_last_day_of_the_month(self) -> None:
        assert when("1 calendar month", "2028-01-31 10:00", **BERLIN) == "2028-03-01 00:00"

    def test_192_the_end_of_a_month_is_its_last_day(self) -> None:
        assert when("until 29 February", "2027-01-10 10:00", **BERLIN) == "2027-03-02 00:00"

    def test_193_a_last_day_on_a_sunday_is_replaced_by_the_next_working_day(self) -> None:
        assert when("1 calendar month", "2026-01-31 10:00", **BERLIN) == "2026-03-03 00:00"

    def test_193_a_last_day_on_a_public_holiday_is_replaced_by_the_next_working_day(self) -> None:
        assert when("1 calendar month", "2026-04-01 10:00", **BERLIN) == "2026-05-05 00:00"
