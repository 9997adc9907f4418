"""`last_day_of`: the last day moves by the working days of another calendar."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.worktime import Calendar, CalendarFault, due_time, parse_calendars, parse_limit
from chalicelib.policy.worktime.explaining import explain
from tests.kernel.policy.worktime.samples import at, wall

SHOP: dict[str, Any] = {
    "timezone": "Europe/London",
    "hours": {"mon-sat": ["09:00-17:00"]},
    "last_day": "next working day",
    "last_day_of": "bank",
}
BANK: dict[str, Any] = {"timezone": "Europe/London", "holidays": "GB-ENG", "hours": {"mon-fri": ["10:00-15:00"]}}
OPEN_ON_SUNDAY: dict[str, Any] = {"timezone": "Europe/London", "hours": {"sun": ["10:00-15:00"]}}


def shop(bank: dict[str, Any] = BANK, **changes: Any) -> Calendar:
    return Calendar.parse(SHOP | changes, None, {"bank": bank})


def due(limit: str, start: str, *pauses: tuple[str, str], bank: dict[str, Any] = BANK, **changes: Any) -> str | None:
    stopped = [(at(begin, "Europe/London"), at(end, "Europe/London")) for begin, end in pauses]
    found = due_time(shop(bank, **changes), parse_limit(limit), at(start, "Europe/London"), stopped)
    return wall(found.due, "Europe/London")


BACK = {"last_day": "previous working day"}


@pytest.mark.parametrize(
    ("limit", "start", "changes", "end"),
    [
        ("2 working days", "2026-11-26 10:00", {}, "2026-11-30 17:00"),  # Saturday, and the bank opens on Monday
        ("2 working days", "2026-11-26 10:00", BACK, "2026-11-27 17:00"),
        ("1 working day", "2026-11-26 10:00", {}, "2026-11-27 17:00"),
        ("1 working day", "2026-12-24 10:00", {}, "2026-12-29 17:00"),  # Christmas, Saturday and Boxing Day
        ("2 working days", "2026-11-26 10:00", {"day_ends": "midnight"}, "2026-12-01 00:00"),
        ("2 calendar days", "2026-11-26 10:00", {}, "2026-12-01 00:00"),
        ("2 calendar days", "2026-11-26 10:00", {"calendar_days_end": "close"}, "2026-11-30 17:00"),
        ("same day", "2026-11-28 10:00", {}, "2026-12-01 00:00"),
        ("until 28 November", "2026-11-26 10:00", BACK, "2026-11-28 00:00"),
        ("1 calendar month", "2026-10-28 10:00", {}, "2026-12-01 00:00"),
    ],
)
def test_every_limit_that_ends_with_a_day_moves(limit: str, start: str, changes: dict[str, Any], end: str) -> None:
    assert due(limit, start, **changes) == end


@pytest.mark.parametrize(
    ("limit", "end"),
    [
        ("same working day", "2026-11-28 17:00"),
        ("8 working hours", "2026-11-30 10:00"),
        ("24 hours", "2026-11-29 10:00"),
    ],
)
def test_no_other_limit_moves(limit: str, end: str) -> None:
    assert due(limit, "2026-11-28 10:00") == end


@pytest.mark.parametrize("changes", [{"calendar_days_end": "close"}, {"day_ends": "close"}])
@pytest.mark.parametrize("limit", ["2 working days", "2 calendar days"])
def test_a_day_on_which_the_own_calendar_is_closed_ends_at_midnight(limit: str, changes: dict[str, Any]) -> None:
    assert due(limit, "2026-11-26 10:00", bank=OPEN_ON_SUNDAY, **changes) == "2026-11-30 00:00"


@pytest.mark.parametrize(
    ("limit", "end"),
    [
        ("1 working day", "2026-11-28 00:00"),
        ("2 working days", "2026-11-30 17:00"),
        ("1 calendar day", "2026-11-28 00:00"),
    ],
)
def test_no_end_lies_before_the_start(limit: str, end: str) -> None:
    """After closing on Friday: Saturday moves back to Friday, whose closing has passed, and Monday stays."""
    assert due(limit, "2026-11-27 18:00", **BACK) == end


def test_a_pause_moves_the_day_before_the_bank_does() -> None:
    pause = ("2026-11-27 09:00", "2026-11-27 17:00")
    assert due("1 working day", "2026-11-26 10:00", pause) == "2026-11-30 17:00"


def test_an_end_that_moves_into_a_pause_moves_on() -> None:
    pause = ("2026-11-30 12:00", "2026-12-01 12:00")
    assert due("2 working days", "2026-11-26 10:00", pause) == "2026-12-01 17:00"


def test_closed_time_between_two_pauses_is_no_pause() -> None:
    """Saturday is the last day, and moves to Sunday at 24:00, between the pauses of Saturday afternoon and Monday."""
    pauses = [("2026-11-28 12:00", "2026-11-28 17:00"), ("2026-11-30 09:00", "2026-11-30 12:00")]
    assert due("2 working days", "2026-11-26 10:00", *pauses, bank=OPEN_ON_SUNDAY) == "2026-11-30 00:00"


def test_days_are_those_of_the_own_zone() -> None:
    tokyo = BANK | {"timezone": "Asia/Tokyo", "holidays": None}
    assert due("2 working days", "2026-11-26 10:00", bank=tokyo) == "2026-11-30 17:00"


@pytest.mark.parametrize(
    ("own", "bank", "expected"),
    [
        ({}, BANK, False),
        ({}, BANK | {"holidays": None, "closed": ["2025-12-25"]}, True),
        ({"listed_through": 2025}, BANK, True),
    ],
)
def test_what_is_provisional_follows_both(own: dict[str, Any], bank: dict[str, Any], expected: bool) -> None:
    for limit in ("2 working days", "2 calendar days"):
        found = due_time(shop(bank, **own), parse_limit(limit), at("2026-11-26 10:00", "Europe/London"))
        assert found.provisional is expected
    same_day = due_time(shop(bank), parse_limit("same working day"), at("2026-11-26 10:00", "Europe/London"))
    assert not same_day.provisional


def test_the_reasons_name_the_calendar_and_the_days_between() -> None:
    because = explain(shop(), parse_limit("1 working day"), at("2026-12-24 10:00", "Europe/London"))
    moved = because["last_day"]
    assert (moved["date"], moved["of"], moved["rule"]) == ("2026-12-25", "bank", "next working day")
    assert [day["cause"] for day in moved["days"]] == ["holiday", "holiday", "weekend", "holiday"]
    assert "is no working day of the calendar “bank”" in because["text"]["en"]
    assert "不是日历“bank”的工作日" in because["text"]["zh"]
    assert "Holidays are those of the official table, edition 1 of 2027." in because["text"]["en"]


def test_calendars_name_each_other_and_the_policys_own() -> None:
    own = SHOP | {"last_day_of": "bank"}
    bank = BANK | {"last_day": "previous working day", "last_day_of": "calendar"}
    calendars = parse_calendars(own, {"bank": bank})
    assert calendars[""].last_days.document.hours == calendars["bank"].document.hours
    assert calendars["bank"].last_days.document.hours == calendars[""].document.hours


def test_after_a_pause_a_day_that_cannot_move_back_before_the_start_ends_the_limit() -> None:
    """Saturday would move to Wednesday, before the start; it keeps its own end although Monday is a working day."""
    pause = ("2026-11-26 09:00", "2026-11-27 09:00")
    days = {"hours": {"mon-wed": ["09:00-18:00"], "thu-fri": ["00:00-05:00"]}, "calendar_days_end": "close"}
    own = {"timezone": "Asia/Shanghai", "holidays": None} | days | BACK | {"last_day_of": "bank"}
    bank = {"timezone": "Asia/Shanghai", "holidays": None, "hours": {"mon-wed": ["09:00-18:00"]}}
    calendar = Calendar.parse(own, None, {"bank": bank})
    found = due_time(calendar, parse_limit("1 calendar day"), at("2026-11-26 00:00"), [tuple(map(at, pause))])
    assert wall(found.due) == "2026-11-29 00:00"


def test_calendars_that_move_by_others_are_not_equal() -> None:
    assert shop() == shop()
    assert shop() != shop(OPEN_ON_SUNDAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_day_of": "plant"}, "there is no other calendar plant here"),
        ({"last_day_of": "calendar"}, "there is no other calendar calendar here"),
        ({"last_day_of": 5}, "the name of a calendar is needed"),
        ({"last_day": "same day"}, "last_day is needed with it"),
    ],
)
def test_any_other_use_is_a_fault(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(CalendarFault, match=f"last_day_of: {words}"):
        shop(**changes)
