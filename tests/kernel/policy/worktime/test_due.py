"""Rules 1 to 7: elapsed time, working time, working days, time zones, swapped days, pauses."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, LAST, MINUTE
from chalicelib.policy.worktime import DueTime, due_time, parse_limit
from chalicelib.policy.worktime.explaining import explain
from tests.kernel.policy.worktime.samples import answer, at, calendar, when

LONDON = {"timezone": "Europe/London", "holidays": "GB"}
NIGHT_AND_DAY = {"mon-sun": ["00:00-24:00"]}


class TestElapsedTime:
    def test_a_day_is_24_hours_when_clocks_go_forward(self) -> None:
        assert when("1 day", "2026-03-28 12:00", **LONDON) == "2026-03-29 13:00"

    def test_a_week_is_seven_days_of_24_hours(self) -> None:
        assert when("1 week", "2026-11-27 17:00") == "2026-12-04 17:00"

    def test_a_month_keeps_the_wall_clock_when_clocks_change(self) -> None:
        assert when("1 month", "2026-03-15 09:00", **LONDON) == "2026-04-15 09:00"

    def test_a_month_after_29_january_of_a_leap_year_is_29_february(self) -> None:
        assert when("1 month", "2028-01-29 09:00") == "2028-02-29 09:00"

    def test_months_run_into_the_next_year(self) -> None:
        assert when("13 months", "2026-12-31 09:00") == "2028-01-31 09:00"


class TestWorkingMinutesAndHours:
    def test_a_budget_that_ends_at_closing_is_due_at_closing(self) -> None:
        assert when("1 working hour", "2026-11-27 17:00") == "2026-11-27 18:00"

    def test_a_budget_that_ends_at_the_lunch_break_is_due_as_it_begins(self) -> None:
        assert when("3 working hours", "2026-11-27 09:00") == "2026-11-27 12:00"

    def test_one_more_minute_is_due_after_the_next_opening(self) -> None:
        assert when("61 working minutes", "2026-11-27 17:00") == "2026-11-30 09:01"

    def test_from_a_closed_instant_counting_begins_at_the_next_opening(self) -> None:
        assert when("30 working minutes", "2026-11-28 03:00") == "2026-11-30 09:30"

    def test_the_millisecond_of_the_start_is_kept(self) -> None:
        start = at("2026-11-27 17:59") + 59_001
        end = due_time(calendar(), parse_limit("1 working minute"), start).due
        assert end == at("2026-11-30 09:00") + 59_001

    def test_24_00_and_the_next_midnight_are_one_open_stretch(self) -> None:
        assert when("2 working hours", "2026-11-27 23:00", hours=NIGHT_AND_DAY) == "2026-11-28 01:00"


class TestWorkingDays:
    def test_the_day_of_the_start_is_not_counted(self) -> None:
        assert when("1 working day", "2026-11-26 00:00") == "2026-11-27 18:00"

    def test_from_a_closed_day_the_next_working_day_is_the_first(self) -> None:
        assert when("1 working day", "2026-11-28 10:00") == "2026-11-30 18:00"

    def test_days_that_end_at_midnight_are_due_at_24_00(self) -> None:
        assert when("1 working day", "2026-11-26 10:00", day_ends="midnight") == "2026-11-28 00:00"

    def test_own_closures_are_skipped(self) -> None:
        assert when("1 working day", "2026-11-26 10:00", closed=["2026-11-27"]) == "2026-11-30 18:00"

    def test_own_openings_count_with_their_own_hours(self) -> None:
        opened = {"2026-11-28": ["10:00-11:30"]}
        assert when("1 working day", "2026-11-27 10:00", open=opened) == "2026-11-28 11:30"


class TestSameWorkingDay:
    def test_it_is_the_closing_of_the_present_day(self) -> None:
        assert when("same working day", "2026-11-27 08:00") == "2026-11-27 18:00"

    @pytest.mark.parametrize("start", ["2026-11-27 18:00", "2026-11-27 23:00", "2026-11-28 10:00"])
    def test_after_closing_or_on_a_closed_day_it_is_the_next_ones(self, start: str) -> None:
        assert when("same working day", start) == "2026-11-30 18:00"

    def test_it_is_the_closing_even_where_days_end_at_midnight(self) -> None:
        assert when("same working day", "2026-11-27 08:00", day_ends="midnight") == "2026-11-27 18:00"


class TestWallClock:
    def test_an_opening_that_does_not_exist_is_moved_forward(self) -> None:
        hours = {"sun": ["01:30-05:00"]}
        assert when("1 working minute", "2026-03-29 00:00", hours=hours, **LONDON) == "2026-03-29 02:31"

    def test_an_opening_that_occurs_twice_is_the_first(self) -> None:
        hours = {"sun": ["01:30-05:00"]}
        assert when("60 working minutes", "2026-10-25 00:00", hours=hours, **LONDON) == "2026-10-25 01:30"

    def test_times_that_overlap_once_they_are_moved_count_once(self) -> None:
        hours = {"sun": ["00:30-01:30", "02:00-03:00"]}
        assert when("90 working minutes", "2026-03-29 00:00", hours=hours, **LONDON) == "2026-03-29 03:00"

    def test_a_month_that_ends_at_a_time_that_occurs_twice_ends_at_the_first(self) -> None:
        second = at("2020-10-25 01:30", "Europe/London") + HOUR
        assert due_time(calendar(**LONDON), parse_limit("72 months"), second).due == at(
            "2026-10-25 01:30", "Europe/London"
        )

    def test_a_repeated_hour_before_midnight_belongs_to_the_day_whose_midnight_has_been(self) -> None:
        newfoundland = {"timezone": "America/St_Johns", "holidays": None, "hours": NIGHT_AND_DAY}
        again = at("2010-11-07 00:00", "America/St_Johns") + 30 * MINUTE
        explained = explain(calendar(**newfoundland), parse_limit("1 working day"), again)
        assert (explained["closing"]["date"], [entry["cause"] for entry in explained["stretches"]]) == (
            "2010-11-08",
            ["start_day"],
        )

    def test_a_date_that_the_zone_skipped_is_no_working_day(self) -> None:
        samoa = {"timezone": "Pacific/Apia", "holidays": None, "hours": NIGHT_AND_DAY}
        assert when("1 working day", "2011-12-29 10:00", **samoa) == "2012-01-01 00:00"


class TestSwappedWorkingDays:
    def test_a_worked_saturday_has_fridays_hours(self) -> None:
        hours = {"mon-thu": ["09:00-18:00"], "fri": ["09:00-16:00"]}
        assert when("1 working day", "2026-10-09 10:00", hours=hours) == "2026-10-10 16:00"

    def test_or_those_of_the_weekday_that_is_named(self) -> None:
        hours = {"mon-thu": ["09:00-18:00"], "fri": ["09:00-16:00"]}
        assert when("1 working day", "2026-10-09 10:00", hours=hours, swapped="mon") == "2026-10-10 18:00"


class TestPauses:
    def test_elapsed_time_moves_by_the_pause(self) -> None:
        assert when("24 hours", "2026-11-27 09:00", (("2026-11-27 10:00", "2026-11-27 12:30"),)) == "2026-11-28 11:30"

    def test_overlapping_pauses_stop_time_once(self) -> None:
        stopped = (("2026-11-27 10:00", "2026-11-27 12:00"), ("2026-11-27 11:00", "2026-11-27 12:30"))
        assert when("24 hours", "2026-11-27 09:00", stopped) == "2026-11-28 11:30"

    def test_a_months_due_time_moves_by_the_pause(self) -> None:
        assert when("1 month", "2026-01-31 09:00", (("2026-02-01 00:00", "2026-02-03 00:00"),)) == "2026-03-02 09:00"

    def test_working_time_moves_by_the_open_part_of_the_pause(self) -> None:
        stopped = (("2026-11-27 17:00", "2026-11-30 09:30"),)
        assert when("2 working hours", "2026-11-27 16:00", stopped) == "2026-11-30 10:30"

    def test_a_pause_on_the_day_of_the_start_changes_nothing(self) -> None:
        stopped = (("2026-11-25 11:00", "2026-11-25 17:00"),)
        assert when("1 working day", "2026-11-25 10:00", stopped) == "2026-11-26 18:00"

    @pytest.mark.parametrize("limit", ["24 hours", "1 month", "9 working hours", "2 working days", "same working day"])
    def test_while_a_pause_is_open_nothing_is_due(self, limit: str) -> None:
        assert answer(limit, "2026-11-27 09:00", (("2026-11-27 10:00", None),)).due is None

    @pytest.mark.parametrize("limit", ["1 hour", "1 working hour", "same working day"])
    def test_a_pause_that_begins_with_the_due_time_or_later_changes_nothing(self, limit: str) -> None:
        free = answer(limit, "2026-11-27 09:00")
        stopped = [(free.due or 0, None)]
        assert due_time(calendar(), parse_limit(limit), at("2026-11-27 09:00"), stopped) == free


class TestNoLimit:
    def test_it_is_never_due(self) -> None:
        assert answer("none", "2026-11-27 09:00") == DueTime(None, False)


class TestTheEdgesOfTime:
    @pytest.mark.parametrize("start", ["2000-01-01 00:00", "2099-12-31 23:59"])
    @pytest.mark.parametrize("limit", ["3660 working days", "87840 working hours", "120 months", "same working day"])
    def test_no_start_and_no_limit_fails(self, start: str, limit: str) -> None:
        found = answer(limit, start)
        assert found.beyond or (found.due or 0) > at(start)

    @pytest.mark.parametrize(
        "limit",
        [
            *("31 days", "1 month", "200 working hours", "30 working days", "30 calendar days", "1 calendar month"),
            *("until 31 January", "later of 1 hour, 30 calendar days", "earlier of 31 days, 1 calendar month"),
        ],
    )
    def test_a_limit_that_would_end_after_2099_is_never_due_and_provisional(self, limit: str) -> None:
        assert answer(limit, "2099-12-15 09:00") == DueTime(None, True, beyond=True)

    def test_the_last_instant_that_can_be_stored_can_be_due(self) -> None:
        last = answer("1439 minutes", "2099-12-31 00:00", timezone="UTC")
        assert (last.due, last.beyond) == (LAST - MINUTE, False)
        assert answer("1440 minutes", "2099-12-31 00:00", timezone="UTC") == DueTime(None, True, beyond=True)

    def test_an_earlier_limit_decides_although_another_leads_beyond_2099(self) -> None:
        assert when("earlier of 1 day, 1 calendar month", "2099-12-15 09:00") == "2099-12-16 09:00"

    def test_a_count_that_leaves_the_years_is_never_due(self) -> None:
        hours = {"mon": ["09:00-09:01"]}
        assert answer("5000000 working minutes", "2026-11-27 09:00", hours=hours, holidays=None).beyond

    @pytest.mark.parametrize("limit", ["8 working hours", "10 working days"])
    def test_years_far_apart_do_not_disturb_each_other(self, limit: str) -> None:
        shared, fresh = calendar(), {year: calendar() for year in range(2000, 2100)}
        for year in (*range(2000, 2100), *range(2099, 1999, -1)):
            start = at(f"{year}-12-28 10:00")
            assert due_time(shared, parse_limit(limit), start) == due_time(fresh[year], parse_limit(limit), start)
