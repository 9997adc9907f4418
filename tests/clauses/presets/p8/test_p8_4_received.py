"""P8.4 `customer-service`: the first response counts from when the e-mail, the post or the call came."""

from __future__ import annotations

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.organisation import Organisation

FRIDAY = "2026-12-04T09:00:00+08:00"


def test_p8_4_an_email_that_came_earlier_is_answered_in_time_from_then(helpdesk: Organisation) -> None:
    helpdesk.world.move_to(FRIDAY)

    number = arrived(helpdesk, "agent", "2026-12-03T15:00:00+08:00", channel="email")

    assert since(helpdesk, number, "first_response") == ("12-03 15:00", "12-04 15:00", "running")
    assert since(helpdesk, number, "solution") == ("12-03 15:00", "12-10 18:00", "running")
    assert late(helpdesk, number) == []


def test_p8_4_a_warning_that_is_past_is_given_at_once(helpdesk: Organisation) -> None:
    helpdesk.world.move_to(FRIDAY)

    number = arrived(helpdesk, "agent", "2026-12-03T09:30:00+08:00", channel="social_media")

    assert late(helpdesk, number) == ["warned first_response 12-04 08:30"]


def test_p8_4_a_response_that_is_late_already_is_missed_and_escalated_at_once(helpdesk: Organisation) -> None:
    helpdesk.world.move_to(FRIDAY)

    number = arrived(helpdesk, "agent", "2026-11-27T10:00:00+08:00", channel="phone")

    assert late(helpdesk, number) == ["missed first_response 11-28 10:00", "warned solution 12-03 09:00"]
    assert [one["fields"]["roles"] for one in helpdesk.events(number, type_="escalated")] == [["manager"]]


def test_p8_4_staff_state_the_reason_and_a_time_at_most_ten_days_ago(helpdesk: Organisation) -> None:
    assert answers(helpdesk, "agent", channel="email") == TEN_DAYS


def test_p8_4_why_it_was_registered_later_is_not_for_the_complainant(helpdesk: Organisation) -> None:
    number = arrived(helpdesk, "agent", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(helpdesk, number, "agent")
