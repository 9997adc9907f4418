"""P2.2 `auto-repair`: what came by letter or from an authority counts from when it came."""

from __future__ import annotations

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.organisation import Organisation


def test_p2_2_a_letter_that_came_earlier_has_two_working_days_from_then(garage: Organisation) -> None:
    garage.world.move_to("2026-12-04T09:00:00+08:00")

    number = arrived(garage, "customer_service", "2026-12-03T10:00:00+08:00", channel="letter")

    assert since(garage, number, "handling") == ("12-03 10:00", "12-07 18:00", "running")
    assert late(garage, number) == []


def test_p2_2_a_warning_that_is_past_is_given_at_once(garage: Organisation) -> None:
    garage.world.move_to("2026-12-04T15:00:00+08:00")

    number = arrived(garage, "customer_service", "2026-12-02T10:00:00+08:00", channel="authority")

    assert late(garage, number) == ["warned handling 12-04 14:00"]


def test_p2_2_what_is_late_already_is_missed_and_escalated_at_once(garage: Organisation) -> None:
    garage.world.move_to("2026-12-04T09:00:00+08:00")

    number = arrived(garage, "customer_service", "2026-12-01T10:00:00+08:00", channel="letter")

    assert late(garage, number) == ["missed handling 12-03 18:00"]
    [escalated] = garage.events(number, type_="escalated")
    assert escalated["fields"]["roles"] == ["customer_service", "service_manager", "technical_manager"]


def test_p2_2_staff_state_the_reason_and_a_time_at_most_ten_days_ago(garage: Organisation) -> None:
    assert answers(garage, "customer_service", channel="letter") == TEN_DAYS


def test_p2_2_why_it_was_registered_later_is_not_for_the_complainant(garage: Organisation) -> None:
    number = arrived(garage, "customer_service", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(garage, number, "customer_service")
