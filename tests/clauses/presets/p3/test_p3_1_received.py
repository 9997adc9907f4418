"""P3.1 and P3.3 `auto-repair-forms`: the hour and the day count from when the complaint was taken."""

from __future__ import annotations

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.organisation import Organisation

FRIDAY = "2026-12-04T09:30:00+08:00"


def test_p3_1_report_and_liability_count_from_when_it_was_taken(workshop: Organisation) -> None:
    workshop.world.move_to(FRIDAY)

    number = arrived(workshop, "staff", "2026-12-04T09:00:00+08:00", channel="phone")

    assert since(workshop, number, "report") == ("12-04 09:00", "12-04 10:00", "running")
    assert since(workshop, number, "liability") == ("12-04 09:00", "12-05 09:00", "running")
    assert late(workshop, number) == []


def test_p3_1_a_report_that_is_late_already_is_missed_and_escalated_at_once(workshop: Organisation) -> None:
    workshop.world.move_to(FRIDAY)

    number = arrived(workshop, "staff", "2026-12-03T10:00:00+08:00", channel="phone")

    assert late(workshop, number) == ["missed report 12-03 11:00", "warned liability 12-04 06:00"]
    assert [one["fields"]["roles"] for one in workshop.events(number, type_="escalated")] == [["management"]]


def test_p3_3_a_liability_that_is_late_already_is_missed_at_once(workshop: Organisation) -> None:
    workshop.world.move_to(FRIDAY)

    number = arrived(workshop, "staff", "2026-12-02T10:00:00+08:00", channel="phone")

    assert late(workshop, number) == ["missed report 12-02 11:00", "missed liability 12-03 10:00"]


def test_p3_3_for_an_unreachable_customer_it_is_48_hours_from_when_it_was_taken(workshop: Organisation) -> None:
    workshop.world.move_to(FRIDAY)
    number = arrived(workshop, "staff", "2026-12-03T15:00:00+08:00", channel="phone")
    workshop.act(number, "staff", "forward", to="customer_manager")

    workshop.act(number, "customer_manager", "mark_unreachable", tried_at="2026-12-03T16:00:00+08:00")

    assert since(workshop, number, "liability") == ("12-03 15:00", "12-05 15:00", "running")


def test_p3_1_staff_state_the_reason_and_a_time_at_most_ten_days_ago(workshop: Organisation) -> None:
    assert answers(workshop, "staff", channel="phone") == TEN_DAYS


def test_p3_1_why_it_was_registered_later_is_not_for_the_complainant(workshop: Organisation) -> None:
    number = arrived(workshop, "staff", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(workshop, number, "staff")
