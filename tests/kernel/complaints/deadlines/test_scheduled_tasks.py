"""Tasks that the calendar opens each quarter or year."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play

START = from_text("2026-11-26T10:00:00+01:00")


def policy(**schedule: Any) -> Policy:
    document = {
        "language": 1,
        "name": "One",
        "calendar": {"timezone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}},
        "people": {"ann": "Ann"},
        "intake": {"channels": ["a"]},
        "stages": {
            "registered": {"park": {"by": "ann", "to": "parked"}, "close": {"by": "ann", "to": "over"}},
            "parked": {"resume": {"by": "ann", "to": "registered"}},
            "over": {},
        },
        "tasks": {"report": {"en": "Report", "role": "ann", **schedule}},
    }
    return compile_policy(publishing.prepare(document).document, "1")


@pytest.mark.parametrize(
    ("schedule", "opened"),
    [
        ({"yearly": {"month": 4, "day": 1, "due": "10 working days"}}, ["2027-03-31T22", "2028-03-31T22"]),
        ({"yearly": {"month": 3, "day": 31, "due": "10 working days"}}, ["2027-03-30T22", "2028-03-30T22"]),
        ({"quarterly": {"day": 5, "due": "1 month"}}, ["2027-01-04T23", "2027-04-04T22", "2027-07-04T22"]),
    ],
)
def test_a_task_is_opened_once_in_each_period(schedule: dict[str, Any], opened: list[str]) -> None:
    life = play.filed(policy(**schedule), Filing("a"), START)
    life.wait(from_text("2028-05-01T00:00:00Z"))
    times = [event.at[:13] for event in life.events if event.type == "task_opened"]
    assert times[: len(opened)] == opened
    assert len(times) == (2 if "yearly" in schedule else 6)


@pytest.mark.parametrize(
    ("stages", "act", "opened"),
    [
        ({}, None, 1),
        ({}, "park", 1),
        ({}, "close", 0),
        ({"stages": "registered"}, None, 1),
        ({"stages": "registered"}, "park", 0),
        ({"stages": "parked"}, "park", 1),
    ],
)
def test_a_task_is_opened_in_its_stages_or_else_in_each_that_acts_leave(
    stages: dict[str, str], act: str | None, opened: int
) -> None:
    life = play.filed(policy(yearly={"month": 4, "day": 1, "due": "1 working day", **stages}), Filing("a"), START)
    if act is not None:
        assert life.act(ActRequest(act), Asker("staff", "ann", (Grant("ann"),)), START) is None
    life.wait(from_text("2027-04-02T12:00:00+02:00"))
    assert [event.type for event in life.events].count("task_opened") == opened


def test_the_due_time_counts_from_the_day_of_the_opening() -> None:
    """Thursday 1 April 2027 is the opening's own day and does not count."""
    schedule = {"month": 4, "day": 1, "due": "1 working day"}
    life = play.filed(policy(yearly=schedule), Filing("a"), START)
    life.wait(from_text("2027-04-01T12:00:00+02:00"))
    assert to_text(life.complaint.runs[0].due or 0) == "2027-04-02T15:00:00.000Z"
