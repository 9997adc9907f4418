"""P2.5: a rework that is far off is agreed anew."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import OURS, agreed, executed
from tests.clauses.organisation import Organisation

FAR_OFF, SIXTY_DAYS, CLOSED = "2099-01-01T10:00:00+08:00", "2027-01-27T00:00:00+08:00", "2027-02-11T00:00:00+08:00"
BY = (
    "您的投诉 {}：原约定的返修时间需要重新确认，请您于 2026年12月11日（周五）24:00 前另约近期的时间；"
    "逾期未答复的，我们将结案。"
)
AGAIN = "您的投诉 {}：原约定的返修时间需要重新确认，请您另约近期的时间。如一直未收到您的答复，我们将按期结案。"

VOID = "投诉 {} 约定的返修时间不再有效，已请客户另约时间。"


def test_p2_5_a_time_that_is_not_reached_within_sixty_days_is_agreed_anew(garage: Organisation) -> None:
    number = agreed(garage, rework_at=FAR_OFF)

    garage.world.move_to(SIXTY_DAYS)

    event = garage.events(number, type_="offered")[-1]
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", SIXTY_DAYS)
    assert garage.complaint(number)["stage"] == "offered"
    assert garage.told("complainant", number)[0] == AGAIN.format(number)
    for who in ("customer_service", "service_adviser"):
        assert garage.told(who, number)[0] == VOID.format(number)
    assert {garage.deadline(number, clock)["state"] for clock in ("appointment", "beginning")} == {"met"}


def test_p2_5_a_customer_who_names_no_nearer_time_is_reminded_and_the_case_closed(garage: Organisation) -> None:
    number = agreed(garage, rework_at=FAR_OFF)

    garage.world.move_to(CLOSED)

    assert garage.complaint(number)["stage"] == "closed"


def test_p2_5_the_reminder_asks_for_another_time(garage: Organisation) -> None:
    number = agreed(garage)
    garage.act(number, "customer_service", "offer")

    garage.world.move_to("2026-12-05T00:00:00+08:00")

    assert garage.told("complainant", number)[:2] == [BY.format(number), AGAIN.format(number)]


def test_p2_5_the_reminder_of_another_offer_asks_for_an_answer(garage: Organisation) -> None:
    number = agreed(garage)
    garage.act(number, "customer_service", "offer")
    garage.act(number, "complainant", "dispute")
    garage.act(number, "service_manager", "find_liability", finding="ours")
    garage.act(number, "customer_service", "offer", **OURS, offer="周日返修。")

    garage.world.move_to("2026-12-05T00:00:00+08:00")

    assert garage.told("complainant", number)[0].startswith(f"我们已就您的投诉 {number} 提出处理意见")


def test_p2_5_a_rework_that_the_office_does_not_record_is_not_taken_for_the_customers_silence(
    garage: Organisation,
) -> None:
    number = agreed(garage)

    garage.world.move_to(CLOSED)

    assert garage.complaint(number)["stage"] == "agreed"
    assert garage.deadline(number, "latest_time")["state"] == "met"
    last = garage.events(number, type_="missed")[-1]
    assert (last["fields"]["clock"], garage.local(last["at"]) > "2027-02-01") == ("rework", True)


def test_p2_5_a_nearer_time_goes_on(garage: Organisation) -> None:
    number = agreed(garage, rework_at=FAR_OFF)
    garage.world.move_to(SIXTY_DAYS)

    assert garage.act(number, "complainant", "agree", rework_at="2027-01-29T10:00:00+08:00")["stage"] == "agreed"

    garage.world.move_to("2027-01-29T10:00:00+08:00")
    assert garage.local(garage.deadline(number, "rework")["due"]) == "2027-01-30T00:00:00+08:00"


def test_p2_5_customer_service_asks_for_another_time_before_the_agreed_one(garage: Organisation) -> None:
    number = agreed(garage)
    assert garage.try_act(number, "service_manager", "offer").status == 403

    assert garage.act(number, "customer_service", "offer")["stage"] == "offered"

    assert garage.told("complainant", number)[0] == AGAIN.format(number)
    assert [garage.told(who, number)[0] for who in ("customer_service", "service_adviser")] == [VOID.format(number)] * 2
    states = {clock: garage.deadline(number, clock)["state"] for clock in ("beginning", "latest_time", "silence")}
    assert states == {"beginning": "met", "latest_time": "met", "silence": "running"}


@pytest.mark.parametrize("days_late", [0, 1])
def test_p2_5_once_the_agreed_time_has_come_the_office_asks_for_no_other(garage: Organisation, days_late: int) -> None:
    """An office that missed the rework would turn its own delay into the silence of the customer."""
    number = agreed(garage)
    garage.world.move_to(f"2026-11-{28 + days_late}T10:00:00+08:00")

    answer = garage.try_act(number, "customer_service", "offer")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert garage.complaint(number)["stage"] == "agreed"


def test_p2_5_after_another_time_of_the_customer_the_office_can_ask_for_a_nearer_one(garage: Organisation) -> None:
    number = agreed(garage)
    garage.world.move_to("2026-11-28T10:00:00+08:00")
    garage.act(number, "complainant", "agree", rework_at=FAR_OFF)

    assert garage.act(number, "customer_service", "offer")["stage"] == "offered"


def test_p2_5_customer_service_asks_for_another_time_before_the_agreed_day(garage: Organisation) -> None:
    number = agreed(garage)

    garage.act(number, "customer_service", "offer")

    assert garage.deadline(number, "latest_time")["state"] == "met"
    garage.world.move_to(SIXTY_DAYS)
    assert "latest_time" not in {one["fields"]["clock"] for one in garage.events(number, type_="missed")}


def test_p2_5_no_time_is_agreed_anew_after_the_rework(garage: Organisation) -> None:
    number = executed(garage)

    assert garage.deadline(number, "latest_time")["state"] == "met"
    assert garage.try_act(number, "customer_service", "offer").problem == "act-not-open"


def test_p2_5_no_time_is_agreed_anew_without_a_rework(garage: Organisation) -> None:
    number = agreed(garage, "not_ours")

    assert garage.try_act(number, "customer_service", "offer").problem == "act-not-open"
    assert "latest_time" not in {
        one["clock"] for one in garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]
    }


def test_p2_5_after_another_offer_without_a_rework_no_rework_begins(garage: Organisation) -> None:
    number = agreed(garage)
    garage.act(number, "customer_service", "offer")
    garage.act(number, "complainant", "dispute", reason="与维修无关。")
    garage.act(number, "service_manager", "find_liability", finding="not_ours", fee_dispute=False)
    garage.act(number, "customer_service", "offer", explanation="patient", offer="解释。")
    garage.act(number, "complainant", "agree")

    assert garage.try_act(number, "customer_service", "notify").problem == "act-not-open"
    running = [one["clock"] for one in garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]]
    assert "remedy" in running


def test_p2_5_an_absence_ends_the_limit_of_the_time(garage: Organisation) -> None:
    number = agreed(garage)
    garage.world.move_to("2026-11-28T10:00:00+08:00")

    garage.act(number, "customer_service", "park")

    assert garage.deadline(number, "latest_time")["state"] == "met"


def test_p2_5_a_time_without_a_rework_starts_nothing(garage: Organisation) -> None:
    number = agreed(garage, "not_ours", consent=True, rework_at="2026-11-28T10:00:00+08:00")

    garage.world.move_to("2026-11-28T10:00:00+08:00")

    deadlines = garage.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    assert not {one["clock"] for one in deadlines} & {"appointment", "beginning", "latest_time"}
    assert garage.events(number, type_="escalated") == []
