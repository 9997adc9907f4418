"""P4 `government-service-centre`: intake in three classes, qualified investigation, three working days, follow-up."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import CONDITIONS, DECISION, accepted, assigned, decided, inspected
from tests.clauses.organisation import Organisation, hire

TASK = "投诉 {} 有待办事项：向投诉人反馈处理结果。"


@pytest.mark.parametrize("channel", ["oral", "written"])
def test_p4_1_oral_and_written_intake(hall: Organisation, channel: str) -> None:
    assert hall.complaint(hall.file(channel=channel))["channel"] == channel


def test_p4_1_there_is_no_other_channel(hall: Organisation) -> None:
    answer = hall.try_file(channel="online")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/channel")


@pytest.mark.parametrize("kind", ["service_quality", "staff_misconduct", "mishandling"])
def test_p4_2_three_classes_are_accepted(hall: Organisation, kind: str) -> None:
    number = accepted(hall, category={"class": kind})

    assert hall.complaint(number)["stage"] == "accepted"
    assert hall.told("complainant", number)[0] == f"您的投诉 {number} 已受理。"


def test_p4_2_another_matter_is_no_class(hall: Organisation) -> None:
    answer = hall.try_file(category={"class": "weather"})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/category/class")


def test_p4_2_complaints_outside_the_classes_cannot_be_accepted(hall: Organisation) -> None:
    answer = hall.try_act(hall.file(category=None), "reception", "accept", conditions={"in_class": False})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/conditions/in_class")


def test_p4_2_complaints_outside_the_classes_are_refused_and_the_complainant_told(hall: Organisation) -> None:
    number = hall.file(category=None)

    answer = hall.act(number, "reception", "refuse", ground="not_in_class", conditions={"in_class": False})

    assert answer["stage"] == "refused"
    assert hall.told("complainant", number)[0] == f"您的投诉 {number} 不予受理，理由：不属于三类受理范围。"


def test_p4_2_complaints_in_a_class_are_not_refused(hall: Organisation) -> None:
    answer = hall.try_act(hall.file(), "reception", "refuse", ground="not_in_class", conditions=CONDITIONS)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/conditions")


@pytest.mark.parametrize("fact", ["complainant.name", "complainant.phone", "content"])
def test_p4_3_personal_data_and_content_are_required(hall: Organisation, fact: str) -> None:
    answer = hall.try_file(facts={fact: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/facts/{fact}")


def test_p4_3_personal_data_content_and_time_are_registered(hall: Organisation) -> None:
    number = hall.file(facts={"occurred_at": "2026-11-26T10:00:00+08:00"})

    shown = hall.complaint(number)
    assert shown["registered_at"] == "2026-11-27T01:00:00.000Z"
    assert shown["facts"] == {
        **hall.example()["facts"],
        "occurred_at": "2026-11-26T02:00:00.000Z",
    }


def test_p4_4_the_director_assigns_qualified_people(hall: Organisation) -> None:
    number = accepted(hall)
    assert hall.try_act(number, "reception", "assign", investigators=[hall.subs["investigator"]]).status == 403

    answer = hall.act(number, "director", "assign", investigators=[hall.subs["investigator"]])

    assert answer["assigned"] == {"investigator": [hall.subs["investigator"]]}
    assert hall.told("investigator", number) == [f"投诉 {number} 已指派给您。"]


def test_p4_4_only_those_assigned_investigate(hall: Organisation) -> None:
    hire(hall, "investigator", name="second")
    number = assigned(hall)

    assert hall.try_act(number, "second", "inspect", findings="属实。").status == 403
    hall.act(number, "investigator", "inspect", findings="属实。")
    assert len(hall.events(number, type_="inspected")) == 1


def test_p4_4_nothing_is_decided_before_the_investigation(hall: Organisation) -> None:
    assert hall.try_act(assigned(hall), "investigator", "decide", **DECISION).status == 409


@pytest.mark.parametrize("field", ["plan", "outcome"])
def test_p4_5_a_handling_plan_is_made(hall: Organisation, field: str) -> None:
    answer = hall.try_act(inspected(hall), "investigator", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/fields/{field}")


def test_p4_5_the_complainant_is_told_of_the_result(hall: Organisation) -> None:
    number = decided(hall)

    assert hall.told("complainant", number)[0] == f"您的投诉 {number} 已作出处理决定：投诉属实。"
    [event] = hall.events(number, type_="decided")
    assert (
        hall.get(f"/complaints/{number}/record", "complainant", number)["values"][event["id"]]["plan"] == "增设窗口。"
    )


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-11-27T09:30:00+08:00", "2026-12-02T18:00:00+08:00"),
        ("2027-01-29T09:30:00+08:00", "2027-02-03T18:00:00+08:00"),
    ],
)
def test_p4_6_the_decision_is_due_3_working_days_after_receipt(hall: Organisation, filed: str, due: str) -> None:
    hall.world.move_to(filed)

    assert hall.local(hall.filed[hall.file()].due("decision")) == due


def test_p4_6_a_worked_weekend_day_counts_and_a_holiday_does_not(autumn_hall: Organisation) -> None:
    """In 2026, Sunday 20 September is a working day. 25 to 27 September and 1 to 7 October are holidays."""
    number = autumn_hall.file()

    assert autumn_hall.local(autumn_hall.filed[number].due("decision")) == "2026-09-22T18:00:00+08:00"


def test_p4_6_the_decision_is_warned_about_a_working_day_before_and_then_escalated(hall: Organisation) -> None:
    number = assigned(hall)

    hall.world.move_to("2026-12-04T18:00:00+08:00")

    assert [hall.local(event["at"]) for event in hall.events(number, type_="warned")] == ["2026-12-01T09:00:00+08:00"]
    escalated = hall.events(number, type_="escalated")
    assert [event["fields"]["roles"] for event in escalated] == [["reception"], ["director"]]


def test_p4_6_a_decision_in_time_meets_the_deadline(hall: Organisation) -> None:
    assert hall.deadline(decided(hall), "decision")["state"] == "met"


def test_p4_7_a_follow_up_is_due_after_the_decision(hall: Organisation) -> None:
    number = decided(hall)

    assert hall.told("reception", number)[0] == TASK.format(number)
    answer = hall.try_act(number, "reception", "do_task", task="follow_up")
    assert answer.json["errors"][0]["pointer"] == "/fields/feedback"
    assert hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")["tasks"] == []


def test_p4_7_the_follow_up_repeats_every_30_days_until_rated(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")

    hall.world.move_to("2026-12-27T09:00:00+08:00")

    assert [event["at"] for event in hall.events(number, type_="task_opened")] == [
        "2026-11-27T01:00:00.000Z",
        "2026-12-27T01:00:00.000Z",
    ]


def test_p4_7_there_is_no_follow_up_after_the_rating(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")
    hall.act(number, "complainant", "rate", rating="satisfied")

    hall.world.move_to("2027-01-27T09:00:00+08:00")

    assert len(hall.events(number, type_="task_opened")) == 1


@pytest.mark.parametrize("rating", ["satisfied", "fair", "dissatisfied"])
def test_p4_7_the_rating_and_the_comment_are_on_record(hall: Organisation, rating: str) -> None:
    number = decided(hall)

    hall.act(number, "complainant", "rate", rating=rating, comment="解释清楚。")

    [event] = hall.events(number, type_="rated")
    assert event["fields"]["rating"] == rating
    values = hall.get(f"/complaints/{number}/record", "reception")["values"]
    assert values[event["id"]] == {"comment": "解释清楚。"}
    assert hall.told("investigator", number)[0] == f"投诉 {number}：投诉人已作出评价。"


def test_p4_7_only_the_complainant_rates(hall: Organisation) -> None:
    assert hall.try_act(decided(hall), "reception", "rate", rating="satisfied").status == 403
