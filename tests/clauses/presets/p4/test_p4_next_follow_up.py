"""P4.7: follow-ups by messages are periodic too: after each, the next one is owed within 30 days."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.behaviour.timeline import missed
from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to

DUE, NEXT = "2026-12-28T00:00:00+08:00", "2027-01-05T00:00:00+08:00"
FEEDBACK = {"feedback": "已电话告知。"}


def clocks(hall: Organisation, number: str) -> set[str]:
    return {one["clock"] for one in hall.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]}


def followed_up(hall: Organisation) -> str:
    """A decided complaint, followed up by a message on the same day."""
    number = decided(hall)
    hall.act(number, "reception", "notify", **FEEDBACK)
    return number


def test_p4_7_after_a_message_with_feedback_the_next_follow_up_is_owed(hall: Organisation) -> None:
    number = followed_up(hall)
    assert "next_follow_up" in clocks(hall, number)
    assert hall.local(hall.deadline(number, "next_follow_up")["due"]) == DUE

    hall.world.move_to(DUE)

    [event] = hall.events(number, type_="escalated")
    assert (event["fields"]["clock"], event["fields"]["roles"]) == ("next_follow_up", ["reception"])
    assert missed(hall, number, "next_follow_up") == ["12-28 00:00"]


def test_p4_7_without_feedback_a_message_is_no_follow_up(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "reception", "notify")

    assert "next_follow_up" not in clocks(hall, number)


def test_p4_7_each_message_with_feedback_owes_another(hall: Organisation) -> None:
    number = followed_up(hall)
    hall.world.move_to("2026-12-05T09:00:00+08:00")

    hall.act(number, "reception", "notify", **FEEDBACK)

    again = hall.deadline(number, "next_follow_up")
    assert (again["run"], again["state"], hall.local(again["due"])) == (2, "running", NEXT)
    skip_to(hall.world, "2027-01-04T09:00:00+08:00")
    assert missed(hall, number, "next_follow_up") == []


@pytest.mark.parametrize(
    ("who", "act", "fields"),
    [
        ("reception", "do_task", {"task": "follow_up", **FEEDBACK}),
        ("complainant", "rate", {"rating": "fair"}),
    ],
)
def test_p4_7_a_follow_up_by_the_task_and_the_rating_end_it(
    hall: Organisation, who: str, act: str, fields: dict[str, Any]
) -> None:
    number = followed_up(hall)

    hall.act(number, who, act, **fields)

    assert hall.deadline(number, "next_follow_up")["state"] == "met"


def test_p4_7_the_closing_ends_it(hall: Organisation) -> None:
    number = decided(hall)
    hall.world.move_to(hall.deadline(number, "reminder")["due"])
    hall.act(number, "reception", "notify", **FEEDBACK)

    hall.world.move_to(hall.deadline(number, "silence")["due"])

    assert hall.deadline(number, "next_follow_up")["state"] == "cancelled"
