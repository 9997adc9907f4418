"""Previews of a deadline: calendar days in the answer, and calculations that are refused."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"
OFFICE = {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}}


def previewed(within: str, calendar: dict[str, Any] | None = None, **more: Any) -> Answer:
    body = {"calendar": {**OFFICE, **(calendar or {})}, "start": START, "within": within, **more}
    return InProcess(START).call("POST", "/v1/preview/deadline", body)


def test_a_last_day_that_moved_is_in_the_answer() -> None:
    found = previewed("1 calendar day", {"last_day": "next working day"}).json
    assert (found["due"], found["because"]["last_day"]["date"]) == ("2026-11-30T16:00:00.000Z", "2026-11-28")


def test_joined_limits_are_explained_one_by_one() -> None:
    because = previewed("later of 24 hours, 1 working day").json["because"]
    assert ([part["limit"] for part in because["parts"]], because["decides"]) == (["24 hours", "1 working day"], 1)


def test_a_deadline_after_2099_is_refused() -> None:
    answer = previewed("10000 working minutes", {"hours": {"mon": ["09:00-09:01"]}})
    assert (answer.status, [place["pointer"] for place in answer.json["errors"]]) == (422, ["/within"])


@pytest.mark.parametrize(
    ("given", "place", "why"),
    [
        ({"start": "noon"}, "/start", "is not a time: Invalid isoformat string: 'noon'"),
        ({"pauses": [["noon", None]]}, "/pauses/0/0", "is not a time: Invalid isoformat string: 'noon'"),
        (
            {"pauses": [[START, START], [START, "noon"]]},
            "/pauses/1/1",
            "is not a time: Invalid isoformat string: 'noon'",
        ),
        ({"pauses": [[START, "2026-11-27T08:59:59+08:00"]]}, "/pauses/0", "ends before it begins"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_at_its_place(given: dict[str, Any], place: str, why: str) -> None:
    answer = previewed("1 day", **given)
    assert (answer.status, answer.problem) == (422, "invalid")
    assert {"pointer": place, "detail": why} in answer.json["errors"]


def test_a_pause_may_end_when_it_begins() -> None:
    assert previewed("1 day", pauses=[[START, START]]).json["due"] == previewed("1 day").json["due"]


@pytest.mark.parametrize("within", ["10000 working minutes", "3660 working days", "later of 1 day, 3660 working days"])
def test_many_pauses_on_a_calendar_that_hardly_opens_are_refused_within_the_steps(within: str) -> None:
    first = datetime.fromisoformat(START)
    pauses = [
        [(first + timedelta(days=days)).isoformat(), (first + timedelta(days=days + 150)).isoformat()]
        for days in range(0, 20_000, 200)
    ]
    assert previewed(within, {"hours": {"mon": ["09:00-09:01"]}}, pauses=pauses).status == 422


FAULTY: dict[str, list[Any]] = {
    "timezone": [None, "Asia/Atlantis"],
    "hours": [None, {}, {"someday": []}, {"mon": [], "mon-fri": ["09:00-18:00"]}, {"mon": "09:00"}],
    "holidays": ["XX"],
    "closed": ["2026-12-31", ["soon"], ["6th mon"], ["2027-01-03..2026-12-24"], ["01-01..12-31"]],
    "open": [["2026-12-31"], {"soon": []}, {"last fri": [], "12-25": []}],
    "day_ends": ["noon"],
    "swapped": ["someday", "sun"],
    "last_day": ["never"],
    "calendar_days_end": ["noon"],
    "paused_days": ["none"],
    "listed_through": ["2028", 1999],
    "last_day_of": [5, "bank"],
    "colour": ["red"],
}
HOURS: list[Any] = [[7], ["9-18"], ["18:00-09:00"], ["09:00-12:00", "11:00-13:00"], ["09:00-10:00"] * 20]


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, values in FAULTY.items() for value in values] + [("hours", {"mon": day}) for day in HOURS],
)
def test_a_fault_of_the_calendar_answers_in_the_language_of_the_request(key: str, value: Any) -> None:
    english, chinese = (faults_of({key: value}, language) for language in ("en", "zh"))

    assert english.keys() == chinese.keys() != set()
    assert [text for text in english.values() if not text.isascii()] == []
    assert [text for text in chinese.values() if not re.search("[\u4e00-\u9fff]", text)] == []


def faults_of(calendar: dict[str, Any], language: str) -> dict[str, str]:
    """The text of each fault, by its place."""
    body = {"calendar": {**OFFICE, **calendar}, "start": START, "within": "1 day"}
    answer = InProcess(START).call("POST", "/v1/preview/deadline", body, headers={"Accept-Language": language})
    assert (answer.status, answer.headers["Content-Language"]) == (422, language)
    return {place["pointer"]: place["detail"] for place in answer.json["errors"]}
