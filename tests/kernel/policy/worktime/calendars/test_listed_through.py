"""Up to which year a calendar's own dates are complete. What a later year can change is provisional."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.worktime import CalendarFault, parse_limit
from chalicelib.policy.worktime.explaining import explain
from tests.kernel.policy.worktime.samples import answer, at, calendar

HOURS = ["10:00-12:00"]
_CALENDARS: dict[str, tuple[dict[str, Any], int | None]] = {
    "a last date in December": ({"closed": ["2026-12-24", "2027-12-24"]}, 2027),
    "a last date before December": ({"closed": ["2026-12-24", "2027-11-30"]}, 2026),
    "an opening": ({"open": {"2026-12-05": HOURS}}, 2026),
    "a closure and a later opening": ({"closed": ["2026-12-24"], "open": {"2027-12-05": HOURS}}, 2027),
    "a range that begins in December": ({"closed": ["2027-12-20..2028-01-10"]}, 2027),
    "a range that ends in December": ({"closed": ["2027-11-20..2027-12-31"]}, 2026),
    "days that return": ({"closed": ["12-25", "2nd sat"], "open": {"easter": HOURS}}, None),
    "no days": ({}, None),
    "a year that is stated": ({"closed": ["2026-05-01"], "listed_through": 2028}, 2028),
    "a year that is stated, and days that return": ({"closed": ["12-25"], "listed_through": 2028}, 2028),
    "holidays through 2026": ({"holidays": "CN", "closed": ["2024-05-01"]}, 2026),
    "holidays, and dates through an earlier year": ({"holidays": "CN", "listed_through": 2025}, 2025),
    "holidays, and dates through a later year": ({"holidays": "CN", "listed_through": 2030}, 2026),
}


@pytest.mark.parametrize(("changes", "through"), _CALENDARS.values(), ids=list(_CALENDARS))
def test_due_times_after_the_year_are_provisional(changes: dict[str, Any], through: int | None) -> None:
    own = {"holidays": None} | changes
    found = {
        year for year in range(2022, 2032) if not answer("1 working day", f"{year}-06-01 10:00", **own).provisional
    }
    assert found == set(range(2022, 1 + (through or 2031)))


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("3 working days", True),
        ("30 working hours", True),
        ("10 calendar days", False),
        ("10 days", False),
        ("same day", False),
    ],
)
def test_only_what_depends_on_open_time_is(limit: str, expected: bool) -> None:
    assert answer(limit, "2027-12-30 10:00", holidays=None, closed=["2027-12-24"]).provisional is expected


@pytest.mark.parametrize("rule", ["next working day", "previous working day"])
def test_so_is_a_last_day_that_may_move(rule: str) -> None:
    found = answer("10 calendar days", "2027-12-30 10:00", holidays=None, closed=["2027-12-24"], last_day=rule)
    assert found.provisional


def test_an_end_in_the_year_is_not_provisional() -> None:
    assert not answer("3 working days", "2027-12-27 10:00", holidays=None, closed=["2027-12-24"]).provisional


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holidays": None, "closed": ["2026-12-24"]}, "the organisation has listed its own dates through 2026 only"),
        ({"listed_through": 2025}, "the organisation has listed its own dates through 2025 only"),
        ({"listed_through": 2028}, "official holidays are published through 2026 only"),
    ],
)
def test_the_reasons_say_what_is_not_known(changes: dict[str, Any], words: str) -> None:
    text = explain(calendar(**changes), parse_limit("3 working days"), at("2027-12-30 10:00"))["text"]
    assert words in text["en"]
    assert "暂定" in text["zh"]


@pytest.mark.parametrize("value", ["2028", 1999, 2100, 2028.5, True, [2028], {"year": 2028}])
def test_any_other_value_is_a_fault(value: Any) -> None:
    with pytest.raises(CalendarFault, match="listed_through: a year from 2000 to 2099 is needed"):
        calendar(listed_through=value)


def test_it_is_kept() -> None:
    assert calendar(listed_through=2028).to_json()["listed_through"] == 2028
