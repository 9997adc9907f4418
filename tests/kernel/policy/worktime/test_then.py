"""`30 calendar days then 1 calendar year`: each limit starts where the one before ends."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import Term, parse_limit, warning_time
from chalicelib.policy.worktime.explaining import explain
from chalicelib.policy.worktime.too_narrow import too_narrow
from tests.kernel.policy.worktime.samples import answer, at, calendar, wall, when


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        ("30 calendar days then 1 calendar year", "2026-11-01 10:00", "2027-12-02 00:00"),
        ("30 calendar days then 1 calendar month", "2026-12-01 10:00", "2027-02-01 00:00"),
        ("30 calendar days then 5 working days", "2026-11-01 10:00", "2026-12-08 18:00"),
        ("24 hours then 24 hours", "2026-11-27 10:00", "2026-11-29 10:00"),
        ("1 working day then 24 hours", "2026-11-27 10:00", "2026-12-01 18:00"),
        ("24 hours then 4 working hours", "2026-11-27 17:00", "2026-11-30 14:30"),
        ("1 calendar day then same day", "2026-11-27 10:00", "2026-11-30 00:00"),
        ("1 calendar day then 1 calendar day including the first day", "2026-11-27 10:00", "2026-11-30 00:00"),
        ("1 hour then 1 hour then 1 hour then 1 hour", "2026-11-27 10:00", "2026-11-27 14:00"),
        ("until 31 December then 10 working days", "2026-12-01 10:00", "2027-01-15 18:00"),
    ],
)
def test_a_limit_starts_where_the_one_before_ends(limit: str, start: str, end: str) -> None:
    assert when(limit, start) == end


def test_a_part_is_moved_before_the_next_one_starts() -> None:
    """The last day of the first part, Sunday 29 November, moves to Monday."""
    limit, start = "2 calendar days then 2 calendar days", "2026-11-27 10:00"
    assert when(limit, start) == "2026-12-02 00:00"
    assert when(limit, start, last_day="next working day") == "2026-12-03 00:00"


@pytest.mark.parametrize(
    ("pause", "end"),
    [
        (("2026-11-26 00:00", "2026-11-27 00:00"), "2026-11-28 18:00"),
        (("2026-11-27 00:00", "2026-11-28 00:00"), "2026-12-01 18:00"),
        (("2026-11-27 20:00", "2026-11-28 20:00"), "2026-11-29 18:00"),
        (("2026-11-28 09:00", "2026-11-28 10:00"), "2026-11-28 19:00"),
        (("2026-11-28 18:00", "2026-11-28 19:00"), "2026-11-28 18:00"),
    ],
)
def test_a_pause_counts_in_the_part_in_which_it_lies(pause: tuple[str, str], end: str) -> None:
    """`1 working day`, to Friday at 18:00, then a day."""
    assert when("1 working day then 1 day", "2026-11-26 08:00", (pause,)) == end


def test_an_open_pause_of_a_later_part_leaves_it_without_an_end() -> None:
    limit = "1 working day then 1 day"
    assert when(limit, "2026-11-26 08:00", (("2026-11-28 09:00", None),)) is None
    assert when(limit, "2026-11-26 08:00", (("2026-11-28 18:00", None),)) == "2026-11-28 18:00"


def test_it_is_provisional_if_a_part_is() -> None:
    assert answer("1 working day then 1 day", "2027-03-01 10:00").provisional
    assert not answer("1 working day then 400 days", "2026-03-02 10:00").provisional


def test_a_share_is_one_of_all_elapsed_time() -> None:
    term = Term(calendar(), parse_limit("10 working hours then 4 days"), at("2026-11-27 14:00"))
    due = term.due().due
    assert due is not None
    half = (due - term.start) // 2
    assert warning_time(term, due, "50 %") == term.start + half


@pytest.mark.parametrize(
    "text",
    [
        *("30 calendar days then 1 calendar year", "1 hour then 1 hour then 1 hour then 1 hour"),
        *("until 31 January then same day", "14 working days including the first day then 24 hours"),
    ],
)
def test_its_text_is_given_back(text: str) -> None:
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 day then none", '"then" joins two to 4 limits'),
        ("none then 1 day", '"then" joins two to 4 limits'),
        ("1 day then later of 1 day, 2 days", '"then" joins two to 4 limits'),
        ("1 hour then 1 hour then 1 hour then 1 hour then 1 hour", '"then" joins two to 4 limits'),
        ("later of 1 day then 2 days, 3 days", '"later of" and "earlier of" join'),
        ("earlier of 3 days, 1 day then 2 days", '"later of" and "earlier of" join'),
        ("1 day then", "a limit is written"),
        ("1 day then soon", "a limit is written"),
        ("1 day, then 2 days", "a limit is written"),
        ("5 calendar years then 61 calendar months", "at most ten years together"),
        ("3000 days then 700 days", "at most ten years together"),
    ],
)
def test_other_texts_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_limit(text)


def test_ten_years_may_be_divided() -> None:
    assert when("5 calendar years then 60 calendar months", "2026-11-27 10:00") == "2036-11-28 00:00"


def test_a_calendar_is_too_narrow_if_it_is_for_a_part() -> None:
    mondays: dict[str, Any] = {"hours": {"mon": ["09:00-18:00"]}, "holidays": None}
    assert too_narrow(calendar(**mondays), parse_limit("1 day then 600 working days")) is not None
    assert too_narrow(calendar(**mondays), parse_limit("1 day then 300 working days")) is None


def test_the_reasons_show_each_part_from_its_own_start() -> None:
    because = explain(calendar(), parse_limit("30 calendar days then 1 calendar year"), at("2026-11-01 10:00"))
    assert [(one["limit"], wall(from_text(one["start"])), wall(from_text(one["end"]))) for one in because["parts"]] == [
        ("30 calendar days", "2026-11-01 10:00", "2026-12-02 00:00"),
        ("1 calendar year", "2026-12-02 00:00", "2027-12-02 00:00"),
    ]
    assert "decides" not in because
    assert because["parts"][1]["counted_from"] == {"date": "2026-12-01", "at": "24:00"}
    assert "30 calendar days, then 1 calendar year" in because["text"]["en"]
    assert "From Sun 1 Nov 2026 10:00 to Tue 1 Dec 2026 24:00" in because["text"]["en"]
    assert "30个自然日，届满后再计1个自然年" in because["text"]["zh"]


def test_a_part_that_is_paused_is_the_last_one_told() -> None:
    pause = [(at("2026-11-26 12:00"), None)]
    because = explain(calendar(), parse_limit("1 working day then 1 day"), at("2026-11-26 08:00"), pause)
    assert (because["end"], [one["end"] for one in because["parts"]]) == (None, [None])
