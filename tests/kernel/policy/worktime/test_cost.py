"""Counting is a search: its cost does not grow with the limit."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from chalicelib.policy.worktime import due_time, parse_limit
from tests.kernel.policy.worktime.samples import at, calendar


def calls(limit: str) -> int:
    """Function calls, built-in ones included, that a warm calendar needs for one due time."""
    office, parsed, start = calendar(), parse_limit(limit), at("2026-03-10 10:07")
    due_time(office, parsed, start)
    counted = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        due_time(office, parsed, start)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("limit", ["8 working hours", "60 working days", "140 working days", "1000 working hours"])
def test_a_long_limit_costs_no_more_than_a_short_one(limit: str) -> None:
    assert calls(limit) <= 1.3 * calls("30 working minutes")


@pytest.mark.parametrize(
    ("limit", "years"), [("3000 calendar days", 9), ("9 calendar years", 9), ("until 31 January", 1), ("same day", 0)]
)
def test_a_count_of_calendar_days_costs_a_few_calls_for_each_year(limit: str, years: int) -> None:
    assert calls(limit) <= 2 * calls("1 calendar day") + 12 * years
