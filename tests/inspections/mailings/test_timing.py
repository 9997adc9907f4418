"""The day on which a mailing is sent."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.features.mailings import timing
from chalicelib.tenants.organisation import Mailing

LONG_AGO = date(2020, 1, 1)


def mailing(every: str, day: int, sent: str = "") -> Mailing:
    return Mailing(document="inflow", every=every, day=day, to=["x"], since=0, sent=sent)


@pytest.mark.parametrize(
    ("every", "day", "today", "period", "sent_on"),
    [
        ("month", 5, date(2027, 3, 5), "2027-02", date(2027, 3, 5)),
        ("month", 31, date(2027, 2, 27), "2027-01", date(2027, 2, 28)),
        ("month", 31, date(2028, 2, 1), "2028-01", date(2028, 2, 29)),
        ("month", 31, date(2027, 4, 30), "2027-03", date(2027, 4, 30)),
        ("month", 31, date(2027, 12, 31), "2027-11", date(2027, 12, 31)),
        ("month", 1, date(2027, 1, 1), "2026-12", date(2027, 1, 1)),
        ("quarter", 15, date(2027, 4, 1), "2027-Q1", date(2027, 4, 15)),
        ("quarter", 15, date(2027, 6, 30), "2027-Q1", date(2027, 4, 15)),
        ("year", 31, date(2027, 1, 1), "2026", date(2027, 1, 31)),
    ],
)
def test_it_is_about_the_last_period_and_sent_in_the_month_after_it(
    every: str, day: int, today: date, period: str, sent_on: date
) -> None:
    found = timing.latest(mailing(every, day), today)
    assert (found.period.name, found.day) == (period, sent_on)


@pytest.mark.parametrize(
    ("today", "is_due"),
    [(date(2027, 3, 4), False), (date(2027, 3, 5), True), (date(2027, 3, 12), True), (date(2027, 3, 13), False)],
)
def test_it_is_due_from_its_day_on_for_a_week(today: date, is_due: bool) -> None:
    assert timing.is_due(mailing("month", 5), today, LONG_AGO) is is_due


def test_it_is_sent_once_for_a_period_and_for_none_before_it_was_set() -> None:
    assert not timing.is_due(mailing("month", 5, sent="2027-02"), date(2027, 3, 6), LONG_AGO)
    assert timing.is_due(mailing("month", 5, sent="2027-01"), date(2027, 3, 6), LONG_AGO)
    assert not timing.is_due(mailing("month", 5), date(2027, 3, 6), since=date(2027, 3, 6))
    assert timing.is_due(mailing("month", 5), date(2027, 3, 5), since=date(2027, 3, 5))


@pytest.mark.parametrize(
    ("every", "day", "sent", "today", "following"),
    [
        ("month", 5, "", date(2027, 3, 5), date(2027, 3, 5)),
        ("month", 5, "2027-02", date(2027, 3, 5), date(2027, 4, 5)),
        ("month", 5, "", date(2027, 3, 6), date(2027, 4, 5)),
        ("month", 31, "2027-03", date(2027, 4, 30), date(2027, 5, 31)),
        ("quarter", 20, "", date(2027, 4, 21), date(2027, 7, 20)),
        ("year", 31, "2026", date(2027, 1, 31), date(2028, 1, 31)),
    ],
)
def test_the_next_day_is_stated(every: str, day: int, sent: str, today: date, following: date) -> None:
    assert timing.next_day(mailing(every, day, sent), today) == following
