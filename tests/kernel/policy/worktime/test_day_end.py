"""What starts at 24:00 counts from the day that has just ended."""

from __future__ import annotations

import pytest

from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.policy.worktime.explaining import explain
from tests.kernel.policy.worktime.samples import at, calendar, wall

THURSDAY_24_00 = "2026-11-27 00:00"


def due(limit: str, start: str = THURSDAY_24_00, *, from_day_end: bool = True) -> str | None:
    return wall(due_time(calendar(), parse_limit(limit), at(start), from_day_end=from_day_end).due)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("1 working day", "2026-11-27 18:00"),
        ("1 calendar day", "2026-11-28 00:00"),
        ("1 calendar week", "2026-12-04 00:00"),
        ("1 calendar month", "2026-12-27 00:00"),
        ("until 27 November", "2026-11-28 00:00"),
        ("later of 1 hour, 1 calendar day", "2026-11-28 00:00"),
    ],
)
def test_after_a_miss_on_thursday_at_24_00_friday_is_the_first_day(limit: str, expected: str) -> None:
    assert due(limit) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("1 working day", "2026-11-30 18:00"),
        ("1 calendar day", "2026-11-29 00:00"),
        ("1 calendar month", "2026-12-28 00:00"),
    ],
)
def test_what_a_person_starts_at_midnight_counts_from_the_day_that_begins(limit: str, expected: str) -> None:
    assert due(limit, from_day_end=False) == expected


@pytest.mark.parametrize("limit", ["1 hour", "1 month", "2 working hours", "same working day", "same day"])
def test_other_limits_do_not_depend_on_it(limit: str) -> None:
    assert due(limit) == due(limit, from_day_end=False)


@pytest.mark.parametrize("limit", ["1 working day", "3 calendar days", "until 28 November"])
def test_a_start_at_another_time_has_its_own_day(limit: str) -> None:
    assert due(limit, "2026-11-27 00:01") == due(limit, "2026-11-27 00:01", from_day_end=False)


def test_the_explanation_names_the_day_from_which_it_counts() -> None:
    explained = explain(calendar(), parse_limit("1 working day"), at(THURSDAY_24_00), from_day_end=True)
    assert explained["counted_from"] == {"date": "2026-11-26", "at": "24:00"}
    assert "counted from Thu 26 Nov 2026 24:00" in explained["text"]["en"]


def test_it_names_none_for_another_start() -> None:
    assert "counted_from" not in explain(calendar(), parse_limit("1 working day"), at("2026-11-27 09:00"), (), True)
