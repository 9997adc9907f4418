"""The periods of public figures and their days of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.figures.compose import latest, published_on
from chalicelib.policy.language import publicity


@pytest.mark.parametrize(
    ("every", "today", "name", "first", "last"),
    [
        ("month", "2026-10-10", "2026-09", "2026-09-01", "2026-09-30"),
        ("month", "2026-10-09", "2026-08", "2026-08-01", "2026-08-31"),
        ("quarter", "2026-10-10", "2026-Q3", "2026-07-01", "2026-09-30"),
        ("quarter", "2026-10-09", "2026-Q2", "2026-04-01", "2026-06-30"),
        ("quarter", "2027-01-10", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("year", "2027-01-10", "2026", "2026-01-01", "2026-12-31"),
        ("year", "2027-01-09", "2025", "2025-01-01", "2025-12-31"),
        ("month", "2028-03-10", "2028-02", "2028-02-01", "2028-02-29"),
    ],
)
def test_the_tenth_day_after_a_period_publishes_it(
    every: publicity.Period, today: str, name: str, first: str, last: str
) -> None:
    found = latest(every, date.fromisoformat(today))
    assert (found.name, found.first.isoformat(), found.last.isoformat()) == (name, first, last)


@given(st.sampled_from(["month", "quarter", "year"]), st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_periods_follow_one_another(every: publicity.Period, today: date) -> None:
    found = latest(every, today)
    before = latest(every, published_on(found) - timedelta(days=1))
    assert before.last + timedelta(days=1) == found.first
    assert published_on(found) <= today
