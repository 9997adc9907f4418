"""Calendar documents: the authoring form, the canonical form, and every fault at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.worktime import Calendar, CalendarFault
from chalicelib.policy.worktime.calendars.holidays import editions
from tests.helpers.searches import searching
from tests.kernel.policy.worktime.samples import OFFICE, calendar

CANONICAL_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]


def faults(value: Any, edition: Any = None) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(CalendarFault) as caught:
        Calendar.parse(value, edition)
    return dict(caught.value.faults)


def test_the_authoring_form_becomes_the_canonical_one() -> None:
    assert calendar().to_json() == {
        "timezone": "Asia/Shanghai",
        "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), CANONICAL_DAY),
        "holidays": "CN",
        "closed": [],
        "open": {},
        "day_ends": "close",
        "paused_days": "whole",
    }


def test_the_canonical_form_parses_to_an_equal_calendar() -> None:
    ends = {"day_ends": "midnight", "last_day": "next working day", "calendar_days_end": "close"}
    dates = {"closed": ["2026-12-24"], "open": {"2026-12-26": ["09:00-12:00"]}, "swapped": "mon"}
    own = calendar(**ends, **dates, paused_days="touched")
    assert Calendar.parse(own.to_json(), own.edition) == own


def test_dates_may_come_as_yaml_reads_them() -> None:
    assert calendar(closed=[date(2026, 12, 24)]) == calendar(closed=["2026-12-24"])


def test_touching_intervals_are_one() -> None:
    hours = calendar(hours={"mon": ["12:00-24:00", "09:00-12:00"]}).to_json()["hours"]
    assert hours == {"mon": [["09:00", "24:00"]]}


def test_ranges_of_weekdays_may_run_over_sunday() -> None:
    hours = calendar(hours={"sat-mon": ["09:00-12:00"], "wed,fri": ["09:00-12:00"]}).to_json()["hours"]
    assert list(hours) == ["mon", "wed", "fri", "sat", "sun"]


def test_the_newest_edition_is_taken_and_named() -> None:
    assert Calendar.parse(OFFICE).edition == editions()["CN"][-1]


def test_without_holidays_the_edition_is_none() -> None:
    assert calendar(holidays=None).edition == "none"


def test_an_edition_can_be_named() -> None:
    assert Calendar.parse(OFFICE, "CN-2026.1").edition == "CN-2026.1"


@pytest.mark.parametrize("edition", ["CN-1999.1", "GB-2027.1", "../../secret"])
def test_an_unknown_or_foreign_edition_is_a_fault(edition: str) -> None:
    assert ("holidays",) in faults(OFFICE, edition)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"timezone": "Asia/Nowhere"}, ("timezone",)),
        ({"timezone": "../../etc/passwd"}, ("timezone",)),
        ({"timezone": "America"}, ("timezone",)),
        ({"timezone": "localtime"}, ("timezone",)),
        ({"timezone": None}, ("timezone",)),
        ({"holidays": "XX"}, ("holidays",)),
        ({"day_ends": "noon"}, ("day_ends",)),
        ({"swapped": "someday"}, ("swapped",)),
        ({"swapped": "sun"}, ("swapped",)),
        ({"holiday": "CN"}, ("holiday",)),
        ({"hours": None}, ("hours",)),
        ({"hours": {}}, ("hours",)),
        ({"hours": {"mon": []}}, ("hours",)),
        ({"hours": {"moon": ["09:00-12:00"]}}, ("hours", "moon")),
        ({"hours": {"mon-": ["09:00-12:00"]}}, ("hours", "mon-")),
        ({"hours": {"mon": "09:00-12:00"}}, ("hours", "mon")),
        ({"hours": {"mon-fri": ["09:00-12:00"], "tue": ["09:00-12:00"]}}, ("hours", "tue")),
        ({"hours": {"mon": ["09:00-12:00", "11:59-13:00"]}}, ("hours", "mon")),
        ({"hours": {"mon": ["12:00-09:00"]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": ["09:00-09:00"]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": ["9:00-12:00"]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": ["09:00-24:01"]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": ["09:00-12:60"]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": [[540, 720]]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": ["09:00"]}}, ("hours", "mon", 0)),
        ({"hours": {"mon": ["09:00-12:00"] * 13}}, ("hours", "mon")),
        ({"closed": ["2026-02-30"]}, ("closed", 0)),
        ({"closed": ["1999-12-31"]}, ("closed", 0)),
        ({"closed": "2026-12-24"}, ("closed",)),
        ({"closed": ["2026-12-24"] * 2_001}, ("closed",)),
        ({"open": {"2026-13-01": ["09:00-12:00"]}}, ("open", "2026-13-01")),
        ({"open": ["2026-12-01"]}, ("open",)),
        ({"closed": ["2026-12-24"], "open": {"2026-12-24": ["09:00-12:00"]}}, ("open", "2026-12-24")),
    ],
)
def test_a_fault_names_its_place(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert path in faults(OFFICE | changes)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("last_day", "next day"), ("last_day", None), ("last_day", ["same day"])),
        *(("calendar_days_end", "noon"), ("calendar_days_end", True), ("calendar_days_end", "")),
        *(("paused_days", "all"), ("paused_days", None), ("paused_days", {"whole": "touched"})),
    ],
)
def test_another_value_of_a_rule_for_days_is_a_fault_at_its_key(key: str, value: Any) -> None:
    assert set(faults(OFFICE | {key: value})) == {(key,)}


def test_all_faults_are_told_at_once() -> None:
    broken = {"timezone": "Nowhere", "hours": {"mon": ["12:00-09:00"]}, "holidays": "XX", "days": 5}
    expected = {("timezone",), ("hours", "mon", 0), ("hours",), ("holidays",), ("days",)}
    assert set(faults(broken)) == expected


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["09:00-12:00", "mon", "CN"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(["mon", "tue-sat"]), inner),
    max_leaves=12,
)
_KEYS = (
    "timezone",
    "hours",
    "holidays",
    "closed",
    "open",
    "day_ends",
    "swapped",
    "last_day",
    "paused_days",
    "listed_through",
)


@searching(300)
@given(_JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(_KEYS, _JSON)), _JSON)
def test_any_value_is_a_calendar_or_a_fault(value: Any, edition: Any) -> None:
    with suppress(CalendarFault):
        parsed = Calendar.parse(value, edition)
        assert Calendar.parse(parsed.to_json()).to_json() == parsed.to_json()
