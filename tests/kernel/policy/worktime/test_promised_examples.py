"""The due times that were promised for the presets' calendar (Asia/Shanghai, CN)."""

from __future__ import annotations

import pytest

from chalicelib.policy.worktime import hours_at, parse_limit
from tests.kernel.policy.worktime.samples import answer, at, calendar, when


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        pytest.param("5 working days", "2026-09-23 10:00", "2026-10-08 18:00", id="P9 decision, oral"),
        pytest.param("10 working days", "2026-09-23 10:00", "2026-10-14 18:00", id="P9 decision, written"),
        pytest.param("3 working days", "2026-02-13 09:00", "2026-02-25 18:00", id="P4 over a worked Saturday"),
        pytest.param("3 working days", "2026-12-30 10:00", "2027-01-05 18:00", id="over an unpublished New Year"),
        pytest.param("30 minutes", "2026-11-27 17:45", "2026-11-27 18:15", id="P7 forwarding in working time"),
        pytest.param("30 minutes", "2026-11-27 12:10", "2026-11-27 12:40", id="P7 forwarding in the lunch break"),
        pytest.param("1 working hour", "2026-11-27 18:30", "2026-11-30 10:00", id="P7 forwarding after work"),
        pytest.param("6 hours", "2026-11-27 17:00", "2026-11-27 23:00", id="P6 resolution, important"),
        pytest.param("24 hours", "2026-11-27 17:00", "2026-11-28 17:00", id="P6 resolution, general"),
        pytest.param("12 hours", "2026-11-27 17:00", "2026-11-28 05:00", id="P6 resolution, major"),
        pytest.param("1 month", "2026-01-31 09:00", "2026-02-28 09:00", id="P6 ageing"),
    ],
)
def test_the_promised_due_time_holds(limit: str, start: str, expected: str) -> None:
    assert when(limit, start) == expected


def test_only_the_due_time_in_an_unpublished_year_is_provisional() -> None:
    assert answer("3 working days", "2026-12-30 10:00").provisional
    assert not answer("1 working day", "2026-12-30 10:00").provisional


@pytest.mark.parametrize(
    ("instant", "expected"),
    [("2026-11-27 17:45", "open"), ("2026-11-27 12:10", "open"), ("2026-11-27 18:30", "closed")],
)
def test_forwarding_knows_working_hours(instant: str, expected: str) -> None:
    assert hours_at(calendar(), at(instant)) == expected


def test_the_limits_are_written_back_as_they_were() -> None:
    assert str(parse_limit("10 working days")) == "10 working days"
