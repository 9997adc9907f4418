"""Rule 11: the due time can be worked out again, by hand, from what its explanation says."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.policy.worktime.explaining import explain
from chalicelib.policy.worktime.explaining.schema import because_schema
from tests.helpers.searches import searching
from tests.kernel.policy.worktime.samples import at, calendar, wall
from tests.kernel.policy.worktime.strategies import Case, cases

bounded = searching(200)
VALIDATOR = jsonschema.Draft202012Validator(because_schema())


def because(limit: str, start: str, *pauses: tuple[str, str | None], **changes: Any) -> dict[str, Any]:
    stopped = [(at(begin), None if end is None else at(end)) for begin, end in pauses]
    return explain(calendar(**changes), parse_limit(limit), at(start), stopped)


def told(explained: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [
        (entry["cause"], wall(from_text(entry["from"])), entry["until"] and wall(from_text(entry["until"])))
        for entry in explained["stretches"]
    ]


def days_of(explained: dict[str, Any]) -> int:
    return sum(entry["days"] for entry in explained["stretches"])


def test_skipped_days_are_named_with_their_causes() -> None:
    explained = because("5 working days", "2026-09-23 10:00")
    assert told(explained) == [
        ("start_day", "2026-09-23 10:00", "2026-09-24 00:00"),
        ("holiday", "2026-09-25 00:00", "2026-09-26 00:00"),
        ("weekend", "2026-09-26 00:00", "2026-09-28 00:00"),
        ("holiday", "2026-10-01 00:00", "2026-10-04 00:00"),
        ("weekend", "2026-10-04 00:00", "2026-10-05 00:00"),
        ("holiday", "2026-10-05 00:00", "2026-10-08 00:00"),
    ]


def test_swapped_working_days_that_were_worked_are_named() -> None:
    worked = because("10 working days", "2026-09-23 10:00")["worked"]
    assert [(day["date"], day["cause"], day["name"]["zh"]) for day in worked] == [("2026-10-10", "swapped", "国庆节")]


def test_a_nightly_closure_is_one_stretch_and_so_is_a_weekend() -> None:
    assert told(because("9 working hours", "2026-11-26 17:00")) == [
        ("closed_hours", "2026-11-26 18:00", "2026-11-27 09:00"),
        ("closed_hours", "2026-11-27 12:00", "2026-11-27 13:30"),
        ("weekend", "2026-11-27 18:00", "2026-11-30 09:00"),
    ]


def test_own_closures_and_pauses_are_told_apart() -> None:
    explained = because(
        "2 working days", "2026-11-25 10:00", ("2026-11-26 08:00", "2026-11-26 19:00"), closed=["2026-11-27"]
    )
    assert [entry[0] for entry in told(explained)] == ["start_day", "pause", "own_closure", "weekend"]


def test_an_end_that_moves_back_into_a_pause_before_is_counted_on() -> None:
    """Sunday would move back to Friday, whose end is paused, so Sunday is removed."""
    pause = ("2026-11-27 00:00", "2026-11-28 00:00")
    explained = because("2 calendar days", "2026-11-26 10:00", pause, last_day="previous working day")
    assert (explained["end"], told(explained)[-1]) == (
        "2026-11-30T16:00:00.000Z",
        ("ends_in_pause", "2026-11-29 00:00", "2026-11-30 00:00"),
    )


@pytest.mark.parametrize(
    ("begin", "until", "touches"),
    [("07:00", "09:00", False), ("18:00", "20:00", False), ("07:00", "09:01", True), ("17:59", "18:00", True)],
)
def test_a_pause_touches_a_day_only_within_its_open_hours(begin: str, until: str, touches: bool) -> None:
    pause = (f"2026-11-26 {begin}", f"2026-11-26 {until}")
    explained = because("3 working days", "2026-11-25 10:00", pause, paused_days="touched")
    assert ("pause" in [cause for cause, *_ in told(explained)]) is touches
    assert wall(from_text(explained["end"])) == ("2026-12-01 18:00" if touches else "2026-11-30 18:00")


@pytest.mark.parametrize(
    ("begin", "listed"), [("2026-11-26 17:59", 1), ("2026-11-27 17:30", 1), ("2026-11-27 18:00", 0)]
)
def test_a_pause_that_begins_at_the_due_time_or_later_is_not_listed(begin: str, listed: int) -> None:
    explained = because("2 working days", "2026-11-25 10:00", (begin, "2026-11-28 10:00"), paused_days="whole")
    due = because("2 working days", "2026-11-25 10:00")["end"]
    assert (len(explained["pauses"]), explained["end"] == due) == (listed, listed == 0)


def test_an_open_pause_is_the_last_stretch_and_has_no_end() -> None:
    explained = because("24 hours", "2026-11-27 18:30", ("2026-11-27 19:00", None))
    assert (explained["end"], told(explained)) == (None, [("pause", "2026-11-27 19:00", None)])


def test_an_open_pause_has_removed_no_day_yet() -> None:
    explained = because("2 working days", "2026-11-27 10:00", ("2026-11-27 19:00", None))
    assert (told(explained)[-1], explained["stretches"][-1]["days"]) == (("pause", "2026-11-27 19:00", None), 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["10个工作日", "2026年10月14日（周三）18:00", "国庆节", "调休上班", "起算当日不计入", "2026年第1版"]),
        ("en", ["10 working days", "Wed 14 Oct 2026 18:00", "National Day", "in exchange", "day of the start is not"]),
    ],
)
def test_the_account_is_told_in_words(language: str, words: list[str]) -> None:
    text = because("10 working days", "2026-09-23 10:00")["text"][language]
    assert [word for word in words if word not in text] == []


def test_a_provisional_due_time_says_so_in_words() -> None:
    text = because("3 working days", "2026-12-30 10:00")["text"]
    assert ("暂定" in text["zh"], "provisional" in text["en"]) == (True, True)


def test_a_due_time_of_ten_years_is_explained_within_bounds() -> None:
    explained = because("87840 working hours", "2026-01-01 09:00")
    assert len(json.dumps(explained)) < 150_000


def test_sums_of_many_stretches_lead_to_the_same_end() -> None:
    explained = because("4000 working hours", "2026-01-01 09:00")
    skipped = sum(entry["ms"] for entry in explained["stretches"])
    assert from_text(explained["start"]) + 4000 * 3_600_000 + skipped == from_text(explained["end"])


@bounded
@given(cases(), st.integers(1, 1_500), st.sampled_from(["minutes", "working minutes"]))
def test_start_limit_and_skipped_time_give_the_end(case: Case, count: int, unit: str) -> None:
    explained = explain(case.calendar, parse_limit(f"{count} {unit}"), case.instant, case.stopped)
    if explained["end"]:
        skipped = sum(entry["ms"] for entry in explained["stretches"])
        assert case.instant + count * 60_000 + skipped == from_text(explained["end"])


@bounded
@given(cases(), st.integers(1, 12))
def test_days_until_the_closing_less_skipped_days_give_the_limit(case: Case, count: int) -> None:
    explained = explain(case.calendar, parse_limit(f"{count} working days"), case.instant, case.stopped)
    if explained["end"]:
        closing = explained.get("last_day", explained["closing"])
        first, last = case.reader.day_of(case.start), date.fromisoformat(closing["date"])
        days = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
        existing = [day for day in days if case.reader.begin(day) < case.reader.begin(day + timedelta(days=1))]
        assert len(existing) - days_of(explained) == count


@bounded
@given(cases())
def test_the_same_working_day_is_the_one_day_that_is_not_skipped(case: Case) -> None:
    explained = explain(case.calendar, parse_limit("same working day"), case.instant, case.stopped)
    if explained["end"]:
        first, last = case.reader.day_of(case.start), date.fromisoformat(explained["closing"]["date"])
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        existing = [day for day in days if case.reader.begin(day) < case.reader.begin(day + timedelta(days=1))]
        assert len(existing) - days_of(explained) == 1


_LIMITS = st.sampled_from(
    [
        *("none", "same working day", "1 month", "90 minutes", "5 working days", "40 working hours"),
        *("200 working days", "30 calendar days", "1 calendar month", "same day", "until 31 January"),
        *("later of 24 hours, 1 working day", "earlier of 3 days, 2 calendar days, same day"),
        *("2 calendar days then 1 working day then 3 hours", "1 working hour then same day"),
        *("1 working day including the first day", "6 calendar months including the first day"),
    ]
)


@bounded
@given(cases(), _LIMITS)
def test_every_explanation_fits_its_schema_and_agrees_with_the_due_time(case: Case, limit: str) -> None:
    asked = case.asked(limit)
    explained, answered = explain(*asked), due_time(*asked)
    VALIDATOR.validate(explained)
    end = explained["end"] and from_text(explained["end"])
    assert (end, explained["provisional"]) == (answered.due, answered.provisional)
