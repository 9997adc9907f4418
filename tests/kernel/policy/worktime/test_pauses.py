"""Rule 7 for days: which of them a pause removes, and that no limit ends inside a pause."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.policy.worktime.samples import when

TOUCHED: dict[str, Any] = {"paused_days": "touched"}
MIDNIGHT: dict[str, Any] = {"day_ends": "midnight"}
FIVE_MINUTES = (("2026-11-26 10:00", "2026-11-26 10:05"),)
THURSDAY_OPEN = (("2026-11-26 09:00", "2026-11-26 18:00"),)


class TestWhole:
    @pytest.mark.parametrize("limit", ["2 working days", "2 calendar days"])
    def test_a_five_minute_pause_removes_no_day(self, limit: str) -> None:
        assert when(limit, "2026-11-25 10:00", FIVE_MINUTES) == when(limit, "2026-11-25 10:00")

    def test_a_working_day_is_removed_if_all_of_its_open_time_is_paused(self) -> None:
        assert when("1 working day", "2026-11-25 10:00", THURSDAY_OPEN) == "2026-11-27 18:00"

    def test_so_it_is_if_two_pauses_leave_only_the_lunch_break(self) -> None:
        halves = (("2026-11-26 08:00", "2026-11-26 12:00"), ("2026-11-26 13:30", "2026-11-26 20:00"))
        assert when("2 working days", "2026-11-25 10:00", halves) == "2026-11-30 18:00"

    def test_a_working_day_with_a_minute_of_open_time_left_counts(self) -> None:
        pause = (("2026-11-26 09:01", "2026-11-26 20:00"),)
        assert when("2 working days", "2026-11-25 10:00", pause) == "2026-11-27 18:00"

    def test_where_days_end_at_midnight_the_civil_day_must_be_covered(self) -> None:
        assert when("2 working days", "2026-11-25 10:00", THURSDAY_OPEN, **MIDNIGHT) == "2026-11-28 00:00"
        whole = (("2026-11-26 00:00", "2026-11-27 00:00"),)
        assert when("2 working days", "2026-11-25 10:00", whole, **MIDNIGHT) == "2026-12-01 00:00"

    def test_where_days_end_at_midnight_two_pauses_that_leave_the_lunch_break_do_not_cover_the_day(self) -> None:
        halves = (("2026-11-26 00:00", "2026-11-26 12:00"), ("2026-11-26 13:30", "2026-11-27 00:00"))
        assert when("2 working days", "2026-11-25 10:00", halves, **MIDNIGHT) == "2026-11-28 00:00"

    def test_a_calendar_day_is_removed_if_it_is_covered_from_midnight_to_midnight(self) -> None:
        pause = (("2026-11-26 12:00", "2026-11-28 12:00"),)
        assert when("3 calendar days", "2026-11-25 10:00", pause) == "2026-11-30 00:00"

    def test_a_pause_over_days_that_are_not_open_removes_no_working_day(self) -> None:
        weekend = (("2026-11-27 18:00", "2026-11-30 09:00"),)
        assert when("2 working days", "2026-11-26 10:00", weekend) == "2026-11-30 18:00"


class TestTheEndOfTheLastDay:
    def test_a_working_day_whose_closing_is_paused_is_removed(self) -> None:
        pause = (("2026-11-26 17:59", "2026-11-26 20:00"),)
        assert when("1 working day", "2026-11-25 10:00", pause) == "2026-11-27 18:00"

    def test_but_only_if_it_is_the_last(self) -> None:
        pause = (("2026-11-26 17:59", "2026-11-26 20:00"),)
        assert when("2 working days", "2026-11-25 10:00", pause) == "2026-11-27 18:00"

    def test_a_calendar_day_whose_midnight_is_paused_is_removed(self) -> None:
        pause = (("2026-11-26 20:00", "2026-11-27 08:00"),)
        assert when("1 calendar day", "2026-11-25 10:00", pause) == "2026-11-28 00:00"

    def test_a_pause_that_lasts_until_the_end_leaves_nothing_of_the_day(self) -> None:
        pause = (("2026-11-26 20:00", "2026-11-27 00:00"),)
        assert when("1 calendar day", "2026-11-25 10:00", pause) == "2026-11-28 00:00"

    def test_the_day_that_counts_is_the_one_to_which_the_end_was_moved(self) -> None:
        """Saturday 28 November moves to Monday, whose end is paused."""
        pause = (("2026-11-30 20:00", "2026-12-01 08:00"),)
        moved = when("1 calendar day", "2026-11-27 10:00", pause, last_day="next working day")
        assert moved == "2026-12-02 00:00"

    def test_the_same_day_is_removed_if_its_end_is_paused(self) -> None:
        pause = (("2026-11-25 20:00", "2026-11-26 08:00"),)
        assert when("same day", "2026-11-25 10:00", pause) == "2026-11-27 00:00"

    def test_several_pauses_exclude_each_day_once(self) -> None:
        """Sunday 15 is first excluded because it ends with Friday, in a pause, and then covered by another pause."""
        france: dict[str, Any] = {
            "timezone": "Europe/Paris",
            "holidays": None,
            "hours": {"mon-fri": ["09:00-17:00"]},
            "last_day": "previous working day",
        }
        night, covered = ("2026-02-13 20:00", "2026-02-14 04:00"), ("2026-02-15 00:00", "2026-02-17 00:00")
        shifted = ("2026-02-14 20:00", "2026-02-16 20:00")
        for pauses, expected in {
            (night, covered): "2026-02-18 00:00",
            (night,): "2026-02-17 00:00",
            (covered,): "2026-02-14 00:00",
            (night, shifted): "2026-02-17 00:00",
        }.items():
            assert when("4 calendar days", "2026-02-11 10:00", pauses, **france) == expected


class TestTouched:
    def test_a_five_minute_pause_removes_a_day(self) -> None:
        assert when("2 working days", "2026-11-25 10:00", FIVE_MINUTES, **TOUCHED) == "2026-11-30 18:00"
        assert when("2 calendar days", "2026-11-25 10:00", FIVE_MINUTES, **TOUCHED) == "2026-11-29 00:00"

    def test_a_working_day_touched_in_its_open_time_is_not_counted(self) -> None:
        stopped = (("2026-11-26 17:59", "2026-11-26 20:00"),)
        assert when("1 working day", "2026-11-25 10:00", stopped, **TOUCHED) == "2026-11-27 18:00"

    @pytest.mark.parametrize(
        "pause", [("2026-11-26 12:00", "2026-11-26 13:30"), ("2026-11-25 18:00", "2026-11-26 09:00")]
    )
    def test_a_pause_in_closed_time_touches_no_working_day(self, pause: tuple[str, str]) -> None:
        assert when("2 working days", "2026-11-25 10:00", (pause,), **TOUCHED) == "2026-11-27 18:00"

    def test_it_touches_one_at_any_time_where_days_end_at_midnight(self) -> None:
        stopped = (("2026-11-26 12:00", "2026-11-26 12:01"),)
        assert when("1 working day", "2026-11-25 10:00", stopped, **MIDNIGHT, **TOUCHED) == "2026-11-28 00:00"

    def test_a_pause_from_midnight_on_does_not_touch_the_day_that_ends_there(self) -> None:
        stopped = (("2026-11-27 00:00", "2026-11-27 00:01"),)
        assert when("2 working days", "2026-11-25 10:00", stopped, **MIDNIGHT, **TOUCHED) == "2026-12-01 00:00"

    def test_two_pauses_on_one_day_take_that_day_once(self) -> None:
        stopped = (("2026-11-26 09:10", "2026-11-26 09:20"), ("2026-11-26 15:00", "2026-11-26 16:00"))
        assert when("1 working day", "2026-11-25 10:00", stopped, **TOUCHED) == "2026-11-27 18:00"
        assert when("1 calendar day", "2026-11-25 10:00", stopped, **TOUCHED) == "2026-11-28 00:00"


class TestMonthsAndDates:
    def test_a_month_moves_by_the_days_removed_before_its_end_moves_to_a_working_day(self) -> None:
        """31 January + 1 month is Saturday 28 February; a covered day makes it 1 March, which is a Sunday."""
        pause = (("2026-02-10 00:00", "2026-02-11 00:00"),)
        assert when("1 calendar month", "2026-01-31 09:00", pause) == "2026-03-02 00:00"
        assert when("1 calendar month", "2026-01-31 09:00", pause, last_day="next working day") == "2026-03-03 00:00"

    @pytest.mark.parametrize("pause", [("2026-01-10 00:00", "2026-02-20 00:00"), ("2026-01-10 00:00", None)])
    def test_a_date_never_moves(self, pause: tuple[str, str | None]) -> None:
        assert when("until 31 January", "2026-01-05 09:00", (pause,)) == "2026-02-01 00:00"


class TestWhilePaused:
    @pytest.mark.parametrize(
        "limit", ["2 calendar days", "1 calendar month", "same day", "later of 1 hour, 2 calendar days"]
    )
    def test_nothing_is_due(self, limit: str) -> None:
        assert when(limit, "2026-11-27 09:00", (("2026-11-27 10:30", None),)) is None

    def test_an_earlier_limit_that_ended_before_is_due(self) -> None:
        assert when("earlier of 1 hour, 2 calendar days", "2026-11-27 09:00", (("2026-11-27 10:30", None),)) == (
            "2026-11-27 10:00"
        )

    def test_each_limit_counts_its_own_pauses(self) -> None:
        """Two hours' pause move the hours, and no calendar day."""
        pause = (("2026-11-27 10:00", "2026-11-27 12:00"),)
        assert when("later of 40 hours, 1 calendar day", "2026-11-27 09:00", pause) == "2026-11-29 03:00"
        assert when("earlier of 40 hours, 1 calendar day", "2026-11-27 09:00", pause) == "2026-11-29 00:00"
