"""Counting is a search: its cost does not grow with the limit, and a calendar keeps a bounded number of years."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from chalicelib.policy.worktime import due_time, parse_limit
from tests.unit.worktime.samples import at, calendar


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


def test_a_calendar_keeps_few_years_however_many_it_is_asked_for() -> None:
    office = calendar()
    for year in range(2000, 2100):
        office.year(year)
    kept = len(office._years)
    assert kept == 32
