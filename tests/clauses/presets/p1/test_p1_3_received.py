"""P1.3 `platform`: an e-mail or a call that came before it was registered is screened within 24 hours of then."""

from __future__ import annotations

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.organisation import Organisation

FRIDAY = "2026-12-04T09:00:00+08:00"


def test_p1_3_what_came_earlier_is_screened_within_24_hours_of_then(marketplace: Organisation) -> None:
    marketplace.world.move_to(FRIDAY)

    number = arrived(marketplace, "screener", "2026-12-03T15:00:00+08:00", channel="email")

    assert since(marketplace, number, "screening") == ("12-03 15:00", "12-04 15:00", "running")
    assert late(marketplace, number) == []


def test_p1_3_a_warning_that_is_past_is_given_at_once(marketplace: Organisation) -> None:
    marketplace.world.move_to(FRIDAY)

    number = arrived(marketplace, "screener", "2026-12-03T10:00:00+08:00", channel="email")

    assert late(marketplace, number) == ["warned screening 12-04 06:00"]


def test_p1_3_a_screening_that_is_late_already_is_missed_and_escalated_at_once(marketplace: Organisation) -> None:
    marketplace.world.move_to(FRIDAY)

    number = arrived(marketplace, "screener", "2026-12-01T10:00:00+08:00", channel="phone")

    assert late(marketplace, number) == ["missed screening 12-02 10:00"]
    assert [one["fields"]["roles"] for one in marketplace.events(number, type_="escalated")] == [["director"]]


def test_p1_2_evidence_has_its_time_from_when_it_is_asked_for(marketplace: Organisation) -> None:
    marketplace.world.move_to(FRIDAY)

    number = arrived(marketplace, "screener", "2026-12-01T10:00:00+08:00", channel="phone")

    [asked] = marketplace.events(number, type_="evidence_demanded")
    assert marketplace.local(asked["fields"]["until"]) == "2026-12-05T09:00:00+08:00"
    assert marketplace.events(number, type_="demand_lapsed") == []


def test_p1_3_staff_state_the_reason_and_a_time_at_most_ten_days_ago(marketplace: Organisation) -> None:
    assert answers(marketplace, "screener", channel="email") == TEN_DAYS


def test_p1_3_why_it_was_registered_later_is_not_for_the_complainant(marketplace: Organisation) -> None:
    number = arrived(marketplace, "screener", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(marketplace, number, "screener")
