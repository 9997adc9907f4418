"""P9.2 and P9.4 `food-drug-administration`: screening and limitation count from when the complaint came."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.offices.bureau import CONDITIONS, bureau_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

OPENED = "2026-11-27T09:00:00+08:00"


def bureau_at(now: str) -> Organisation:
    """Founded on a Friday; then time moves on."""
    bureau = bureau_in(InProcess(OPENED))
    bureau.world.move_to(now)
    return bureau


def test_p9_2_a_petition_that_came_earlier_is_screened_within_five_working_days_of_then() -> None:
    bureau = bureau_at("2026-12-02T09:00:00+08:00")

    number = arrived(bureau, "information_centre", "2026-11-30T10:00:00+08:00", channel="petition")

    assert since(bureau, number, "first_review") == ("11-30 10:00", "12-07 18:00", "running")
    assert late(bureau, number) == []


def test_p9_2_a_screening_that_is_late_already_is_missed_and_escalated_at_once() -> None:
    bureau = bureau_at("2026-12-07T09:00:00+08:00")

    number = arrived(bureau, "information_centre", "2026-11-27T10:00:00+08:00", channel="written")

    assert late(bureau, number) == ["missed first_review 12-04 18:00"]
    assert [one["fields"]["roles"] for one in bureau.events(number, type_="escalated")] == [["information_centre"]]


@pytest.mark.parametrize(("at", "in_time"), [("2026-11-30T23:59:00+08:00", True), ("2026-12-01T00:00:00+08:00", False)])
def test_p9_4_a_complaint_that_came_in_time_is_in_time_though_it_is_registered_later(at: str, in_time: bool) -> None:
    bureau = bureau_at("2026-12-02T09:00:00+08:00")
    days = dict.fromkeys(("occurred_at", "knew_at"), OPENED[:10])
    number = arrived(bureau, "information_centre", at, channel="written", facts=days)

    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)

    assert bureau.events(number, type_="accepted")[0]["fields"]["conditions"]["in_time"] is in_time


def test_p9_2_staff_state_the_reason_and_a_time_at_most_ten_days_ago() -> None:
    assert answers(bureau_at(OPENED), "information_centre", channel="petition") == TEN_DAYS


def test_p9_2_why_it_was_registered_later_is_not_for_the_complainant(bureau: Organisation) -> None:
    number = arrived(bureau, "information_centre", "2026-09-23T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(bureau, number, "information_centre")
