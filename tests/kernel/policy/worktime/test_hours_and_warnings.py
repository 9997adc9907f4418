"""Rules 8 and 9: whether hours are open, and when a warning comes."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.worktime import Term, due_time, hours_at, parse_limit, parse_warning, warning_time
from tests.kernel.policy.worktime.samples import at, calendar, wall


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-11-27 08:59", "closed"),
        ("2026-11-27 09:00", "open"),
        ("2026-11-27 12:30", "open"),
        ("2026-11-27 17:59", "open"),
        ("2026-11-27 18:00", "closed"),
        ("2026-11-28 10:00", "closed"),
        ("2026-10-10 10:00", "open"),
        ("2026-10-01 10:00", "closed"),
    ],
)
def test_hours_are_open_from_the_first_opening_to_the_last_closing(instant: str, expected: str) -> None:
    assert hours_at(calendar(), at(instant)) == expected


def warned(limit: str, start: str, warn: str, pauses: tuple[tuple[str, str], ...] = (), **changes: Any) -> str | None:
    office, stopped = calendar(**changes), [(at(begin), at(end)) for begin, end in pauses]
    end = due_time(office, parse_limit(limit), at(start), stopped).due
    assert end is not None
    return wall(warning_time(Term(office, parse_limit(limit), at(start), stopped), end, warn))


def test_elapsed_time_before() -> None:
    assert warned("24 hours", "2026-11-27 17:00", "2 hours before") == "2026-11-28 15:00"


def test_working_hours_before_count_open_time_backwards() -> None:
    assert warned("5 working days", "2026-11-20 10:00", "8 working hours before") == "2026-11-26 17:30"


def test_working_hours_that_would_end_at_an_opening_end_there() -> None:
    assert warned("5 working days", "2026-11-20 10:00", "450 working minutes before") == "2026-11-27 09:00"


def test_working_days_before_begin_with_the_first_opening() -> None:
    assert warned("5 working days", "2026-09-23 10:00", "1 working day before") == "2026-09-30 09:00"


def test_working_days_before_begin_at_midnight_where_days_end_there() -> None:
    expected = "2026-09-30 00:00"
    assert warned("5 working days", "2026-09-23 10:00", "1 working day before", day_ends="midnight") == expected


def test_counting_forward_from_a_warning_of_working_days_gives_the_due_time() -> None:
    warning = at(str(warned("5 working days", "2026-09-23 10:00", "3 working days before")))
    assert wall(due_time(calendar(), parse_limit("3 working days"), warning).due) == "2026-10-08 18:00"


def test_paused_time_is_skipped_backwards_too() -> None:
    pause = (("2026-11-28 10:00", "2026-11-28 14:00"),)
    assert warned("24 hours", "2026-11-27 17:00", "8 hours before", pause) == "2026-11-28 09:00"


def test_a_day_that_two_pauses_touch_is_skipped_once_backwards() -> None:
    pauses = (("2026-11-26 09:10", "2026-11-26 09:20"), ("2026-11-26 15:00", "2026-11-26 16:00"))
    assert warned("3 working days", "2026-11-23 10:00", "2 working days before", pauses) == "2026-11-24 09:00"


def test_a_month_before() -> None:
    assert warned("2 months", "2026-01-31 09:00", "1 month before") == "2026-02-28 09:00"


def test_a_warning_never_comes_before_the_start() -> None:
    assert warned("2 hours", "2026-11-27 17:00", "3 days before") == "2026-11-27 17:00"


def test_a_share_of_elapsed_time() -> None:
    assert warned("10 hours", "2026-11-27 08:00", "80 %") == "2026-11-27 16:00"


def test_a_share_of_working_time() -> None:
    assert warned("10 working hours", "2026-11-27 17:00", "50 %") == "2026-11-30 14:30"


def test_a_share_of_working_days_is_of_their_open_time() -> None:
    assert warned("1 working day", "2026-11-26 18:00", "40 %") == "2026-11-27 12:00"


def test_calendar_days_before_begin_at_midnight() -> None:
    assert warned("10 calendar days", "2026-11-20 10:00", "2 calendar days before") == "2026-11-28 00:00"


def test_a_calendar_month_before_is_the_same_day_of_the_month() -> None:
    assert warned("2 calendar months", "2026-01-31 10:00", "1 calendar month before") == "2026-02-28 00:00"


def test_a_calendar_day_that_a_pause_covers_is_skipped_backwards() -> None:
    pause = (("2026-11-28 00:00", "2026-11-29 00:00"),)
    assert warned("9 calendar days", "2026-11-20 10:00", "2 calendar days before", pause) == "2026-11-27 00:00"


def test_a_warning_of_days_never_comes_inside_a_pause() -> None:
    pause = (("2026-11-27 20:00", "2026-11-28 12:00"),)
    assert warned("10 calendar days", "2026-11-20 10:00", "2 calendar days before", pause) == "2026-11-27 00:00"


def test_a_share_of_calendar_days_is_of_all_time() -> None:
    assert warned("9 calendar days", "2026-11-20 00:00", "50 %") == "2026-11-25 00:00"


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("later of 10 hours, 1 working hour", "2026-11-27 22:00"),
        ("earlier of 10 hours, 1 working hour", "2026-11-27 17:30"),
        ("later of 10 hours, 10 working hours", "2026-11-30 14:30"),
    ],
)
def test_a_share_of_joined_limits_is_of_the_one_that_decides(limit: str, expected: str) -> None:
    """Half of ten hours, all of them elapsed, or half of the open time."""
    assert warned(limit, "2026-11-27 17:00", "50 %") == expected


@pytest.mark.parametrize(
    "text",
    [
        *("2 hours before", "1 working day before", "1 month before", "80 %"),
        *("2 calendar days before", "1 calendar week before", "1 calendar month before"),
    ],
)
def test_a_warnings_text_is_given_back(text: str) -> None:
    assert str(parse_warning(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "before", "none before", "same working day before", "0 %", "100 %", "2 hours"),
        *("same day before", "until 31 January before", "later of 1 day, 2 days before"),
    ],
)
def test_other_texts_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is written"):
        parse_warning(text)
