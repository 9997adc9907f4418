"""A limitation of several parts, and the instant at which a limitation is over."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import Instant, from_text
from tests.kernel.complaints import one_person, play

LONDON = {"timezone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}}
PLANT = {"timezone": "Europe/London", "hours": {"mon-sun": ["00:00-24:00"]}}
FACTS = {
    "happened_on": {"en": "When it happened", "kind": "date", "required": True},
    "known_on": {"en": "When it was known", "kind": "date"},
    "at": {"en": "At", "kind": "time"},
}
SIX, THREE = {"from": "happened_on", "within": "6 calendar years"}, {"from": "known_on", "within": "3 calendar years"}


def in_time(limitation: dict[str, Any], filed: str | Instant, **facts: str) -> str:
    now = from_text(filed) if isinstance(filed, str) else filed
    given = {"happened_on": "2020-05-04", **facts}
    under = one_person.policy(LONDON, PLANT, intake={"channels": ["a"], "facts": FACTS, "limitation": limitation})
    return play.filed(under, Filing("a", facts=given), now).complaint.flags["in_time"]


@pytest.mark.parametrize(
    ("words", "filed", "expected"),
    [
        ("later of", "2027-09-01T23:59:00+01:00", "yes"),  # known on 1 September 2024
        ("later of", "2027-09-02T00:00:00+01:00", "no"),
        ("earlier of", "2026-05-04T23:59:00+01:00", "yes"),  # happened on 4 May 2020
        ("earlier of", "2026-05-05T00:00:00+01:00", "no"),
    ],
)
def test_the_later_or_the_earlier_end_counts(words: str, filed: str, expected: str) -> None:
    assert in_time({words: [SIX, THREE]}, filed, known_on="2024-09-01") == expected


@pytest.mark.parametrize("words", ["later of", "earlier of"])
def test_a_part_whose_fact_is_missing_is_left_out(words: str) -> None:
    assert in_time({words: [SIX, THREE]}, "2026-05-04T12:00:00+01:00") == "yes"
    assert in_time({words: [SIX, THREE]}, "2026-05-06T12:00:00+01:00") == "no"


def test_each_part_may_have_its_own_limit_and_calendar() -> None:
    """Friday 22 May 2026: three working days of the office end on Wednesday, three of the plant on Monday."""
    office, plant = {"from": "happened_on", "within": "3 working days"}, {"from": "at", "within": "3 working days"}
    at, filed = "2026-05-22T10:00:00+01:00", "2026-05-26T12:00:00+01:00"
    either = {"earlier of": [office, {**plant, "calendar": "plant"}]}
    assert in_time(either, filed, happened_on="2026-05-22", at=at) == "no"
    assert in_time({"earlier of": [office, plant]}, filed, happened_on="2026-05-22", at=at) == "yes"
    of_both = {"later of": [office, plant], "calendar": "plant"}
    assert in_time(of_both, filed, happened_on="2026-05-22", at=at) == "no"


@pytest.mark.parametrize(("early", "expected"), [(1, "yes"), (0, "no")])
@pytest.mark.parametrize(
    "limitation", [{"within": "24 hours", "latest": "at"}, {"later of": [{"from": "at", "within": "24 hours"}, SIX]}]
)
def test_a_limitation_is_over_at_the_instant_of_its_end(limitation: dict[str, Any], early: int, expected: str) -> None:
    filed = from_text("2026-05-23T10:00:00+01:00") - early
    limitation = {**limitation, **({"latest": ["at", "happened_on"]} if "latest" in limitation else {})}
    assert in_time(limitation, filed, at="2026-05-22T10:00:00+01:00") == expected


def test_a_limit_that_ends_after_2099_is_never_over() -> None:
    ten = {"from": "known_on", "within": "10 calendar years"}
    assert in_time({"later of": [SIX, ten]}, "2099-12-01T10:00:00Z", known_on="2095-01-01") == "yes"
