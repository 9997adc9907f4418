"""P4.6 `government-service-centre`: 接到投诉后. The time counts from when the letter or the visitor came."""

from __future__ import annotations

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.organisation import Organisation

FRIDAY = "2026-12-04T09:00:00+08:00"


def test_p4_6_a_letter_that_came_earlier_is_decided_within_three_working_days_of_then(hall: Organisation) -> None:
    hall.world.move_to(FRIDAY)

    number = arrived(hall, "reception", "2026-12-03T10:00:00+08:00", channel="written")

    assert since(hall, number, "decision") == ("12-03 10:00", "12-08 18:00", "running")
    assert late(hall, number) == []


def test_p4_6_a_warning_that_is_past_is_given_at_once(hall: Organisation) -> None:
    hall.world.move_to(FRIDAY)

    number = arrived(hall, "reception", "2026-12-01T10:00:00+08:00", channel="written")

    assert late(hall, number) == ["warned decision 12-03 09:00"]
    assert since(hall, number, "decision") == ("12-01 10:00", "12-04 18:00", "running")


def test_p4_6_a_decision_that_is_late_already_is_missed_and_escalated_at_once(hall: Organisation) -> None:
    hall.world.move_to(FRIDAY)

    number = arrived(hall, "reception", "2026-11-27T10:00:00+08:00", channel="written")

    assert late(hall, number) == ["missed decision 12-02 18:00"]
    assert [one["fields"]["roles"] for one in hall.events(number, type_="escalated")] == [["reception"]]


def test_p4_6_staff_state_the_reason_and_a_time_at_most_ten_days_ago(hall: Organisation) -> None:
    assert answers(hall, "reception", channel="written") == TEN_DAYS


def test_p4_6_why_it_was_registered_later_is_not_for_the_complainant(hall: Organisation) -> None:
    number = arrived(hall, "reception", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(hall, number, "reception")
