"""`… including the first day`: the day of the start is day 1, whatever its hour."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.worktime import due_time, parse_limit, parse_warning
from chalicelib.policy.worktime.explaining import explain
from tests.kernel.policy.worktime.samples import at, calendar, wall, when

FIRST = "including the first day"


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        ("6 calendar months", "2026-08-28 10:00", "2027-02-28 00:00"),
        ("6 calendar months", "2026-08-29 10:00", "2027-03-01 00:00"),
        ("6 calendar months", "2026-08-30 10:00", "2027-03-01 00:00"),
        ("6 calendar months", "2026-08-31 10:00", "2027-03-01 00:00"),
        ("6 calendar months", "2027-08-29 10:00", "2028-02-29 00:00"),
        ("6 calendar months", "2027-08-30 10:00", "2028-03-01 00:00"),
        ("1 calendar month", "2026-03-01 23:59", "2026-04-01 00:00"),
        ("1 calendar year", "2026-03-01 10:00", "2027-03-01 00:00"),
        ("1 calendar year", "2028-02-29 10:00", "2029-03-01 00:00"),
        ("1 calendar week", "2026-11-27 10:00", "2026-12-04 00:00"),
        ("30 calendar days", "2026-11-01 00:00", "2026-12-01 00:00"),
        ("1 calendar day", "2026-11-27 23:59", "2026-11-28 00:00"),
        ("1 working day", "2026-11-27 10:00", "2026-11-27 18:00"),
        ("1 working day", "2026-11-28 10:00", "2026-11-30 18:00"),
        ("7 working days", "2026-11-27 10:00", "2026-12-07 18:00"),
        ("7 working days", "2026-11-27 20:00", "2026-12-07 18:00"),
        ("7 working days", "2026-11-28 20:00", "2026-12-08 18:00"),
    ],
)
def test_it_counts_from_the_day_of_the_start(limit: str, start: str, end: str) -> None:
    assert when(f"{limit} {FIRST}", start) == end


@pytest.mark.parametrize("start", ["2026-11-27 18:00", "2026-11-27 23:00"])
def test_a_working_day_that_is_over_is_not_the_only_one(start: str) -> None:
    assert when(f"1 working day {FIRST}", start) == "2026-11-30 18:00"


def test_a_working_day_until_midnight_is_not_over_at_closing() -> None:
    assert when(f"1 working day {FIRST}", "2026-11-27 20:00", day_ends="midnight") == "2026-11-28 00:00"


@pytest.mark.parametrize(
    ("limit", "starts", "end"),
    [
        ("1 calendar day", {}, "2026-11-28 00:00"),
        ("1 calendar day", {"from_day_end": True}, "2026-11-28 00:00"),
        ("1 calendar day", {"from_day_end": True, "of_date": True}, "2026-11-28 00:00"),
        ("3 calendar days", {"from_day_end": True}, "2026-11-30 00:00"),
        ("3 calendar days", {"from_day_end": True, "of_date": True}, "2026-11-29 00:00"),
        ("1 working day", {"from_day_end": True}, "2026-11-27 18:00"),
        ("1 working day", {"from_day_end": True, "of_date": True}, "2026-11-27 18:00"),
        ("2 working days", {"from_day_end": True}, "2026-11-30 18:00"),
        ("2 working days", {"from_day_end": True, "of_date": True}, "2026-11-27 18:00"),
        ("1 calendar month", {"from_day_end": True}, "2026-12-27 00:00"),
        ("1 calendar month", {"from_day_end": True, "of_date": True}, "2026-12-26 00:00"),
    ],
)
def test_what_time_starts_has_the_day_that_begins_and_a_date_has_itself(
    limit: str, starts: dict[str, Any], end: str
) -> None:
    """Thursday 26 November at 24:00."""
    found = due_time(calendar(), parse_limit(f"{limit} {FIRST}"), at("2026-11-27 00:00"), **starts)
    assert wall(found.due) == end


@pytest.mark.parametrize(
    ("limit", "pause", "paused_days", "end"),
    [
        ("2 working days", ("2026-11-26 11:00", "2026-11-26 12:00"), "touched", "2026-11-30 18:00"),
        ("2 working days", ("2026-11-26 11:00", "2026-11-26 12:00"), "whole", "2026-11-27 18:00"),
        ("2 working days", ("2026-11-26 08:00", "2026-11-26 19:00"), "whole", "2026-11-30 18:00"),
        ("2 calendar days", ("2026-11-26 11:00", "2026-11-26 12:00"), "touched", "2026-11-29 00:00"),
        ("2 calendar days", ("2026-11-26 11:00", "2026-11-27 00:00"), "whole", "2026-11-28 00:00"),
        ("1 working day", ("2026-11-26 17:00", "2026-11-27 10:00"), "whole", "2026-11-27 18:00"),
    ],
)
def test_a_pause_may_remove_the_first_day(limit: str, pause: tuple[str, str], paused_days: str, end: str) -> None:
    assert when(f"{limit} {FIRST}", "2026-11-26 08:00", (pause,), paused_days=paused_days) == end


def test_the_last_day_moves_as_always() -> None:
    assert when(f"2 calendar days {FIRST}", "2026-11-27 10:00", last_day="next working day") == "2026-12-01 00:00"
    assert when(f"2 calendar days {FIRST}", "2026-11-27 10:00", last_day="previous working day") == "2026-11-28 00:00"


def test_it_may_be_one_of_several_limits() -> None:
    assert when(f"later of 24 hours, 1 working day {FIRST}", "2026-11-27 10:00") == "2026-11-28 10:00"


@pytest.mark.parametrize("text", ["1 working day", "6 calendar months", "2 calendar years", "8 calendar weeks"])
def test_its_text_is_given_back(text: str) -> None:
    assert str(parse_limit(f"{text} {FIRST}")) == f"{text} {FIRST}"


@pytest.mark.parametrize(
    "text", ["24 hours", "5 days", "2 weeks", "1 month", "3 working hours", "none", "same day", "until 31 January"]
)
def test_it_goes_with_counts_of_days_only(text: str) -> None:
    with pytest.raises(ValueError, match="a limit is written"):
        parse_limit(f"{text} {FIRST}")


@pytest.mark.parametrize(
    "text", ["including the first day", "1 working day including first day", "1 working day  " + FIRST]
)
def test_its_words_are_these(text: str) -> None:
    with pytest.raises(ValueError, match="a limit is written"):
        parse_limit(text)


def test_a_warning_does_not_include_it() -> None:
    with pytest.raises(ValueError, match="a warning is written"):
        parse_warning(f"1 working day {FIRST} before")


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (
            "6 calendar months",
            ["6 calendar months including the first day", "the day before the same day of the month"],
        ),
        ("7 working days", ["the first, whatever its hour"]),
        ("7 calendar days", ["the day of the start is the first"]),
    ],
)
def test_the_reasons_say_so(limit: str, words: list[str]) -> None:
    text = explain(calendar(), parse_limit(f"{limit} {FIRST}"), at("2026-11-27 20:00"))["text"]
    assert [word for word in words if word not in text["en"]] == []
    assert "含起算当日" in text["zh"]


def test_a_first_day_that_is_over_is_listed() -> None:
    because = explain(calendar(), parse_limit(f"1 working day {FIRST}"), at("2026-11-27 20:00"))
    assert [(one["cause"], one["days"]) for one in because["stretches"]] == [("start_day", 1), ("weekend", 2)]
