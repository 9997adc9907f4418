"""A calendar with too little open time for a limit, which could then end more than ten years after its start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.kit.instants import DAY
from chalicelib.policy.worktime import Budget, bounded, parse_limit
from chalicelib.policy.worktime.too_narrow import too_narrow
from tests.kernel.policy.worktime.samples import calendar

A_MINUTE_A_WEEK: dict[str, Any] = {"hours": {"mon": ["09:00-09:01"]}, "holidays": None}
MONDAYS: dict[str, Any] = {"hours": {"mon": ["09:00-18:00"]}, "holidays": None}
TWELVE_YEARS_OF_MONDAYS = [(date(2030, 1, 7) + timedelta(weeks=week)).isoformat() for week in range(12 * 53)]


@pytest.mark.parametrize(
    ("limit", "changes"),
    [
        ("10000 working minutes", A_MINUTE_A_WEEK),
        ("600 working minutes", A_MINUTE_A_WEEK),
        ("600 working days", MONDAYS),
        ("3660 working days", {}),
        ("later of 1 day, 600 working days", MONDAYS),
        ("earlier of 700 working days, 600 working days", MONDAYS),
        ("10 calendar years", {**MONDAYS, "last_day": "next working day", "closed": TWELVE_YEARS_OF_MONDAYS}),
    ],
)
def test_a_limit_that_needs_more_open_time_than_ten_years_have(limit: str, changes: dict[str, Any]) -> None:
    assert too_narrow(calendar(**changes), parse_limit(limit)) is not None


@pytest.mark.parametrize(
    ("limit", "changes"),
    [
        ("500 working minutes", A_MINUTE_A_WEEK),
        ("500 working days", MONDAYS),
        ("2000 working days", {}),
        ("87840 hours", A_MINUTE_A_WEEK),
        ("10 calendar years", {"last_day": "next working day"}),
        ("3660 calendar days", {**MONDAYS, "last_day": "next working day"}),
        ("earlier of 1 day, 600 working days", MONDAYS),
        ("none", A_MINUTE_A_WEEK),
    ],
)
def test_a_limit_that_ends_in_time_from_every_start(limit: str, changes: dict[str, Any]) -> None:
    assert too_narrow(calendar(**changes), parse_limit(limit)) is None


def test_a_gap_in_the_calendar_is_found_and_a_start_before_it_named() -> None:
    found = too_narrow(calendar(**MONDAYS, closed=TWELVE_YEARS_OF_MONDAYS), parse_limit("same working day"))
    assert found is not None
    assert (found.due or 0) - found.start > 3_660 * DAY


def test_an_ordinary_calendar_is_settled_without_compiling_a_year() -> None:
    with bounded(Budget(0)):
        assert too_narrow(calendar(), parse_limit("60 working days")) is None


def test_a_narrow_one_costs_each_year_at_most_once() -> None:
    with bounded(Budget(105 * 366 + 20_000)):
        too_narrow(calendar(**A_MINUTE_A_WEEK), parse_limit("500 working minutes"))
