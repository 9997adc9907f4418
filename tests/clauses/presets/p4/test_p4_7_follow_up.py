"""P4.7: periodic follow-ups on the result, and its rating."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import decided, inspected
from tests.clauses.organisation import Organisation

TASK = "投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"


def test_p4_7_a_follow_up_is_due_after_the_decision(hall: Organisation) -> None:
    number = decided(hall)

    assert hall.told("reception", number)[:1] == [TASK.format(number)]
    assert hall.try_act(number, "investigator", "do_task", task="follow_up", feedback="已电话告知。").status == 403
    answer = hall.try_act(number, "reception", "do_task", task="follow_up")
    assert answer.pointer == "/fields/feedback"
    assert hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")["tasks"] == []


def test_p4_7_the_complainant_is_told_of_a_follow_up(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")

    text = (
        f"本中心已就您的投诉 {number} 的处理结果向您反馈，欢迎您评价处理结果。"
        "上次反馈以来的进展：登记、受理、指派、调查核实、作出处理决定。"
    )
    assert hall.told("complainant", number)[:1] == [text]
    assert hall.told("complainant", number, "en")[0].endswith(
        "Since the last time: registered, accepted, assigned, inspected, decided."
    )


def test_p4_7_a_follow_up_that_comes_after_the_rating_asks_for_nothing(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="satisfied")
    told = hall.told("complainant", number)

    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")

    assert hall.told("complainant", number) == told


def test_p4_7_the_follow_up_repeats_every_30_days_until_rated(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")

    hall.world.move_to("2026-12-27T23:59:00+08:00")
    assert len(hall.events(number, type_="task_opened")) == 1
    hall.world.move_to("2026-12-28T00:00:00+08:00")

    assert [hall.local(event["at"]) for event in hall.events(number, type_="task_opened")] == [
        "2026-11-27T09:00:00+08:00",
        "2026-12-28T00:00:00+08:00",
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
    assert hall.told("investigator", number)[:1] == [f"投诉 {number}：投诉人已作出评价。"]


def test_p4_7_only_the_complainant_rates(hall: Organisation) -> None:
    assert hall.try_act(decided(hall), "reception", "rate", rating="satisfied").status == 403


def rated(hall: Organisation) -> str:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="satisfied")
    return number


def test_p4_7_the_reception_is_told_of_the_rating(hall: Organisation) -> None:
    number = rated(hall)

    assert hall.told("reception", number)[:1] == [f"投诉 {number}：投诉人已作出评价。"]


@pytest.mark.parametrize("rating", [None, "excellent"])
def test_p4_7_a_rating_is_one_of_three(hall: Organisation, rating: str | None) -> None:
    answer = hall.try_act(decided(hall), "complainant", "rate", rating=rating)

    assert (answer.status, answer.pointer) == (422, "/fields/rating")


def test_p4_7_there_is_no_rating_before_the_decision(hall: Organisation) -> None:
    assert hall.try_act(inspected(hall), "complainant", "rate", rating="satisfied").problem == "act-not-open"


def test_p4_7_a_rated_case_is_closed_by_the_reception_with_a_summary(hall: Organisation) -> None:
    number = rated(hall)

    assert hall.try_act(number, "investigator", "close", summary="已评价。").status == 403
    answer = hall.try_act(number, "reception", "close")
    assert (answer.status, answer.pointer) == (422, "/fields/summary")
    hall.act(number, "reception", "close", summary="已评价。")
    assert hall.told("complainant", number)[:1] == [f"您的投诉 {number} 已结案。"]


def test_p4_7_the_case_is_archived_by_the_reception(hall: Organisation) -> None:
    number = rated(hall)
    hall.act(number, "reception", "close", summary="已评价。")

    assert hall.try_act(number, "director", "archive").status == 403
    hall.act(number, "reception", "archive")

    shelf = hall.get("/complaints?shelf=archived", "reception")["complaints"]
    assert [row["number"] for row in shelf] == [number]


def test_p4_7_the_reception_follows_up_by_a_message_too(hall: Organisation) -> None:
    number = decided(hall)

    assert hall.try_act(number, "investigator", "notify", feedback="请评价。").status == 403
    hall.act(number, "reception", "notify", feedback="请评价。")

    [event] = [one for one in hall.events(number, type_="notified") if one.get("act") == "notify"]
    assert event["fields"]["given"] == ["feedback"]
    assert hall.told("complainant", number)[0].startswith(f"您的投诉 {number} 已作出处理决定，请您对处理结果作出评价；")
