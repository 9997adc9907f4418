"""`closed` and `open`: ranges of dates, and days that return every year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dateutil.easter import easter as easter_of_dateutil  # type: ignore[import-untyped]

from chalicelib.policy.worktime import Calendar, CalendarFault, parse_limit
from chalicelib.policy.worktime.calendars.day_entries import easter, parse_entry
from chalicelib.policy.worktime.too_narrow import too_narrow
from tests.kernel.policy.worktime.samples import OFFICE, calendar, when

HOURS = ["10:00-12:00"]
EVERY_DAY: dict[str, Any] = {"holidays": None, "hours": {"mon-sun": ["09:00-17:00"]}}


def is_open(day: str, **changes: Any) -> str:
    """The open times of the day: `10-12`, or `` for none."""
    plan = calendar(**changes).source.plan(date.fromisoformat(day).toordinal())
    return ",".join(f"{opens // 60}-{closes // 60}" for opens, closes in plan.hours)


def closes(entry: str, day: str) -> bool:
    return not is_open(day, **EVERY_DAY, closed=[entry])


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        ("2026-12-24..2027-01-03", ["2026-12-24", "2026-12-31", "2027-01-03"]),
        ("12-25", ["2026-12-25", "2027-12-25", "2099-12-25"]),
        ("12-20..01-20", ["2026-12-20", "2026-12-31", "2027-01-01", "2027-01-20"]),
        ("2nd sat", ["2026-12-12", "2027-01-09", "2027-05-08"]),
        ("4th sat", ["2026-12-26", "2027-01-23", "2027-05-22"]),
        ("last fri", ["2026-11-27", "2026-12-25", "2027-02-26"]),
        ("5th mon", ["2026-11-30", "2027-03-29"]),
        ("1st mon of aug", ["2026-08-03", "2027-08-02"]),
        ("last mon of may", ["2026-05-25", "2027-05-31"]),
        ("easter", ["2026-04-05", "2027-03-28", "2038-04-25"]),
        ("easter + 1", ["2026-04-06", "2027-03-29"]),
        ("easter - 46", ["2026-02-18", "2027-02-10"]),
        ("easter + 300", ["2028-01-22"]),
        ("02-29", ["2028-02-29"]),
        ("02-20..02-29", ["2027-02-28", "2028-02-29"]),
        ("02-29..03-02", ["2027-03-01", "2028-02-29"]),
    ],
)
def test_an_entry_closes_its_days(entry: str, days: list[str]) -> None:
    assert [day for day in days if not closes(entry, day)] == []


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        ("2026-12-24..2027-01-03", ["2026-12-23", "2027-01-04", "2027-12-24"]),
        ("12-25", ["2026-12-24"]),
        ("12-20..01-20", ["2026-12-19", "2027-01-21"]),
        ("2nd sat", ["2026-12-05", "2026-12-19"]),
        ("last fri", ["2026-12-18"]),
        ("5th mon", ["2026-12-28", "2027-01-25"]),
        ("1st mon of aug", ["2026-08-10", "2026-09-07"]),
        ("easter - 46", ["2027-02-09", "2027-02-11"]),
        ("02-29", ["2027-02-28", "2027-03-01"]),
        ("02-20..02-29", ["2027-03-01"]),
        ("02-29..03-02", ["2027-02-28"]),
    ],
)
def test_and_no_other_days(entry: str, days: list[str]) -> None:
    assert [day for day in days if closes(entry, day)] == []


def test_easter_is_that_of_the_gregorian_calendar() -> None:
    years = range(1997, 2102)
    assert [easter(year) for year in years] == [easter_of_dateutil(year).toordinal() for year in years]


def test_an_opening_wins_over_a_closure_and_a_date_over_a_day_that_returns() -> None:
    own: dict[str, Any] = {
        "closed": ["2026-12-21..2027-01-03", "2026-12-11", "4th wed", "12-07..12-18"],
        "open": {"2026-12-30": HOURS, "2nd fri": HOURS, "12-15": HOURS},
    }
    days = ("2026-12-29", "2026-12-30", "2026-12-11", "2026-12-15", "2026-12-16", "2027-06-11", "2027-06-23")
    assert [is_open(day, **EVERY_DAY, **own) for day in days] == ["", "10-12", "", "10-12", "", "10-12", ""]


def test_the_organisations_days_win_over_holidays_and_swapped_working_days() -> None:
    own: dict[str, Any] = {"open": {"10-01": HOURS}, "closed": ["10-10"]}
    days = ("2026-10-01", "2026-10-02", "2026-10-10", "2026-02-14")
    assert [is_open(day, **own) for day in days] == ["10-12", "", "", "9-12,13-18"]


def test_limits_count_by_them() -> None:
    """The recess of Brazil's courts (20 December to 20 January), Carnival and Ash Wednesday."""
    courts: dict[str, Any] = {
        "timezone": "America/Sao_Paulo",
        "holidays": None,
        "hours": {"mon-fri": ["09:00-18:00"]},
        "closed": ["12-20..01-20", "easter - 48", "easter - 47", "easter - 46"],
    }
    assert when("5 working days", "2026-12-16 10:00", **courts) == "2027-01-25 18:00"
    assert when("3 working days", "2027-02-05 10:00", **courts) == "2027-02-15 18:00"


def test_the_second_and_the_fourth_saturday_of_india_do_not_count() -> None:
    office: dict[str, Any] = {"timezone": "Asia/Kolkata", "holidays": None, "hours": {"mon-sat": ["10:00-17:00"]}}
    closed = ["2nd sat", "4th sat", "01-26", "08-15", "10-02"]
    assert when("7 working days", "2026-12-10 11:00", **office, closed=closed) == "2026-12-19 17:00"
    assert when("2 working days", "2026-12-24 11:00", **office, closed=closed) == "2026-12-28 17:00"


def test_entries_are_kept_as_written_dates_first_and_each_once() -> None:
    entries = ["last fri of aug", "easter", "12-25", "2027-01-01", "2026-12-24..2027-01-03", "2026-12-24", "12-25"]
    own = calendar(closed=entries, open={"easter - 46": HOURS, "2026-12-30": HOURS})
    assert own.to_json()["closed"] == [
        *("2026-12-24", "2026-12-24..2027-01-03", "2027-01-01", "12-25", "easter", "last fri of aug")
    ]
    assert list(own.to_json()["open"]) == ["2026-12-30", "easter - 46"]
    assert Calendar.parse(own.to_json(), own.edition) == own


@pytest.mark.parametrize(
    "entry",
    [
        *("2026-12-24..", "..2026-12-24", "2026-12-24..12-31", "2026-12-24 .. 2026-12-31", "1999-12-31..2000-01-01"),
        *("2026-02-29", "2026-02-29..2026-03-02", "12-32", "02-30", "2-5", "12-20..", "12-20..2027-01-20"),
        *("6th mon", "2 sat", "2nd saturday", "2nd sat of 8", "2nd sat of aug sep", "last", "last day", "2ND SAT"),
        *(
            "easter+1",
            "easter + 0",
            "easter + 301",
            "easter - 1000",
            "easter monday",
            "orthodox easter",
            "",
            1225,
            None,
        ),
    ],
)
def test_any_other_entry_is_a_fault_with_the_forms_that_are_possible(entry: Any) -> None:
    assert parse_entry(entry) is None
    assert "a day that returns is needed: 2026-12-24" in faults(closed=[entry])["closed", 0]


def faults(**changes: Any) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(CalendarFault) as caught:
        Calendar.parse(OFFICE | changes)
    return dict(caught.value.faults)


def test_a_range_does_not_run_backwards() -> None:
    assert faults(closed=["2027-01-03..2026-12-24"]) == {("closed", 0): "this range ends before it begins"}


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (["last fri", "12-25"], "last fri and 12-25 are both on 2009-12-25"),
        (["12-20..01-20", "01-20"], "12-20..01-20 and 01-20 are both on 2001-01-20"),
        (["easter", "04-20"], "easter and 04-20 are both on 2003-04-20"),
        (["12-25", "12-25..12-25"], "12-25 and 12-25 are both on 2000-12-25"),
        (["2026-12-24..2027-01-03", "2026-12-31"], "2026-12-24..2027-01-03 and 2026-12-31 are both on 2026-12-31"),
    ],
)
def test_open_does_not_give_a_day_two_hours(entries: list[str], found: str) -> None:
    assert list(faults(open=dict.fromkeys(entries, HOURS)).values()) == [found]


def test_a_date_and_a_day_that_returns_may_meet() -> None:
    assert is_open("2026-12-25", **EVERY_DAY, open={"12-25": HOURS, "2026-12-25": ["08:00-09:00"]}) == "8-9"


@pytest.mark.parametrize("entry", ["2026-12-24", "2026-12-24..2027-01-03", "12-25", "2nd sat", "easter"])
def test_an_entry_is_not_open_and_closed(entry: str) -> None:
    assert faults(closed=[entry], open={entry: HOURS}) == {("open", entry): "this entry is under closed as well"}


@pytest.mark.parametrize("key", ["closed", "open"])
def test_no_more_than_forty_days_return(key: str) -> None:
    days = [f"03-{number:02}" for number in range(1, 32)] + [f"05-{number:02}" for number in range(1, 11)]
    value: Any = days if key == "closed" else dict.fromkeys(days, HOURS)
    assert faults(**{key: value}) == {(key,): "at most 40 days that return are possible"}


@pytest.mark.parametrize(
    "closed",
    [
        ["01-01..12-31"],
        ["07-01..06-30"],
        [
            f"{order} {day}"
            for order in ("1st", "2nd", "3rd", "4th", "5th")
            for day in ("mon", "tue", "wed", "thu", "fri")
        ],
    ],
)
def test_days_that_return_leave_a_working_day(closed: list[str]) -> None:
    assert faults(closed=closed) == {("closed",): "these days leave no working day"}


def test_a_range_may_close_several_years() -> None:
    closed = ["2027-01-01..2028-12-31", "12-25"]
    assert when("1 working day", "2026-12-31 10:00", closed=closed, holidays=None) == "2029-01-01 18:00"


@pytest.mark.parametrize(
    ("limit", "closed", "found"),
    [
        ("60 working days", ["2nd sat", "4th sat", "12-20..01-20", "easter + 1"], False),
        ("2200 working days", ["12-20..01-20"], False),
        ("2500 working days", ["12-20..01-20"], True),
        ("60 working days", ["01-08..12-31"], True),
        ("10 working days", ["2027-01-01..2039-12-31"], True),
    ],
)
def test_a_calendar_can_be_too_narrow_because_of_them(limit: str, closed: list[str], found: bool) -> None:
    assert (too_narrow(calendar(holidays=None, closed=closed), parse_limit(limit)) is not None) is found
