"""P4.7: someone hears of a follow-up that is not made, until the complainant has rated the result."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.hall import DECISION, closed_and_archived, decided
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to

DUE = "2026-12-04T18:00:00+08:00"
FEEDBACK = {"task": "follow_up", "feedback": "已电话告知。"}


def escalated(hall: Organisation, number: str) -> list[str]:
    return [event["fields"]["clock"] for event in hall.events(number, type_="escalated")]


def followed_up(hall: Organisation, *days: str) -> str:
    """A decided complaint with a follow-up on each of these days."""
    number = decided(hall)
    for day in days:
        hall.world.move_to(f"{day}T09:00:00+08:00")
        hall.act(number, "reception", "do_task", **FEEDBACK)
    return number


def closed_with_follow_ups(hall: Organisation) -> str:
    """A complaint that time closed, with all follow-ups made."""
    number = followed_up(hall, "2026-11-30", "2026-12-28", "2027-01-28")
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    return number


def test_p4_7_a_follow_up_that_is_not_made_escalates(hall: Organisation) -> None:
    number = decided(hall)
    hall.world.move_to(DUE.replace("18:00:00", "17:59:00"))
    assert escalated(hall, number) == []

    hall.world.move_to(DUE)

    assert escalated(hall, number) == ["follow_up_time"]
    assert hall.told("reception", number)[0] == f"投诉 {number} 已逾期，现升级至本层级，请处理。"


def test_p4_7_a_follow_up_in_time_does_not_escalate(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "reception", "do_task", **FEEDBACK)
    hall.world.move_to(DUE)

    assert (hall.deadline(number, "follow_up_time")["state"], escalated(hall, number)) == ("met", [])


def test_p4_7_the_next_follow_up_has_its_own_time(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "do_task", **FEEDBACK)

    hall.world.move_to("2026-12-28T09:00:00+08:00")

    second = hall.deadline(number, "follow_up_time")
    assert (second["run"], hall.local(second["due"])) == (2, "2027-01-04T18:00:00+08:00")


def test_p4_7_no_follow_up_is_owed_after_the_rating(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "complainant", "rate", rating="satisfied")
    closed_and_archived(hall, number)
    hall.world.move_to(DUE)

    assert (hall.deadline(number, "follow_up_time")["state"], escalated(hall, number)) == ("met", [])


def test_p4_7_a_message_with_feedback_is_a_follow_up(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "reception", "notify")
    assert hall.deadline(number, "follow_up_time")["state"] == "running"
    hall.act(number, "reception", "notify", feedback="已电话告知。")

    assert hall.deadline(number, "follow_up_time")["state"] == "met"


def test_p4_7_the_mail_to_the_complainant_holds_the_feedback(hall: Organisation) -> None:
    hall.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = decided(hall)

    hall.act(number, "reception", "notify", feedback="窗口已增设。")

    assert "窗口已增设。" in hall.world.mail("complainant@example.org")


@pytest.mark.parametrize("again", [False, True])
def test_p4_7_the_mail_about_a_follow_up_holds_the_feedback(hall: Organisation, again: bool) -> None:
    """`again`: the matter is investigated again after a late answer."""
    hall.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = decided(hall)
    if again:
        skip_to(hall.world, hall.deadline(number, "silence")["due"])
        hall.act(number, "complainant", "reopen")

    hall.act(number, "reception", "do_task", task="follow_up", feedback="窗口已增设。")

    assert "窗口已增设。" in hall.world.mail("complainant@example.org")


def test_p4_7_the_rating_ends_the_alarms_of_a_late_follow_up(hall: Organisation) -> None:
    number = decided(hall)
    hall.world.move_to(DUE)

    hall.act(number, "complainant", "rate", rating="fair")
    closed_and_archived(hall, number)

    assert timeline(hall, number, "2027-06-10T09:00:00+08:00") == []


def test_p4_7_the_closing_cancels_the_time_of_the_follow_up(hall: Organisation) -> None:
    number = followed_up(hall, "2026-11-30", "2026-12-28", "2027-01-28")
    before = hall.deadline(number, "follow_up_time")["run"]

    skip_to(hall.world, hall.deadline(number, "silence")["due"])

    last = hall.deadline(number, "follow_up_time")
    assert last["run"] == before or last["state"] == "cancelled"


def test_p4_7_no_follow_up_is_owed_in_a_closed_case(hall: Organisation) -> None:
    number = closed_with_follow_ups(hall)
    hall.act(number, "reception", "archive")

    assert timeline(hall, number, "2027-06-10T09:00:00+08:00") == []


def test_p4_7_a_message_with_feedback_is_the_follow_up_of_a_reopened_case(hall: Organisation) -> None:
    number = closed_with_follow_ups(hall)
    hall.act(number, "complainant", "reopen")
    assert hall.deadline(number, "follow_up_time")["state"] == "running"
    hall.act(number, "investigator", "inspect", findings="窗口仍少开一个。")
    hall.act(number, "investigator", "decide", **DECISION)

    hall.act(number, "reception", "notify", feedback="已电话告知。")

    assert hall.deadline(number, "follow_up_time")["state"] == "met"


def test_p4_7_after_a_late_answer_the_follow_up_is_owed_again(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])
    before = hall.deadline(number, "follow_up_time")["run"]

    hall.act(number, "complainant", "reopen")

    again = hall.deadline(number, "follow_up_time")
    assert (again["run"], again["state"]) == (before + 1, "running")
    assert "follow_up" in [task["task"] for task in hall.complaint(number, "reception")["tasks"]]


def owed(hall: Organisation, who: str = "reception") -> list[str]:
    """The tasks in the work list of this person."""
    hall.world.settle()
    return [one["task"] for one in hall.get("/tasks", who)["tasks"] if one["kind"] == "task" and one["number"]]


def test_p4_7_an_open_follow_up_is_in_the_work_list(hall: Organisation) -> None:
    decided(hall)

    assert owed(hall) == ["follow_up"]


def test_p4_7_after_the_rating_no_follow_up_is_in_the_work_list(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "complainant", "rate", rating="fair")

    assert owed(hall) == []


def test_p4_7_after_the_closing_no_follow_up_is_in_the_work_list(hall: Organisation) -> None:
    number = decided(hall)

    skip_to(hall.world, hall.deadline(number, "silence")["due"])

    assert (hall.complaint(number)["stage"], owed(hall)) == ("closed", [])


def test_p4_7_after_a_late_answer_the_open_follow_up_is_in_the_work_list_again(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, hall.deadline(number, "silence")["due"])

    hall.act(number, "complainant", "reopen")

    assert owed(hall) == ["follow_up"]
