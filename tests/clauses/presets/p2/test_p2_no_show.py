"""P2.5: a customer who does not come to the rework is reminded; another time goes on, and silence closes the case."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import CARRIED_OUT, agreed
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders

AGREED_TIME, NEXT_DAY, REMINDED, CLOSED = (
    f"2026-{day}+08:00" for day in ("11-28T10:00:00", "11-29T09:00:00", "12-07T00:00:00", "12-14T00:00:00")
)
ANOTHER_TIME = {"rework_at": "2026-12-20T10:00:00+08:00"}
COME = "您的投诉 {}：请您按约定的返修时间到店；如不便前来，请您另约时间。"
COME_BY = (
    "您的投诉 {}：您未按约定时间到店返修，请您于 2026年12月13日（周日）24:00 前另约时间或直接到店；"
    "逾期未答复的，我们将结案。"
)
DID_NOT_COME = "您的投诉 {}：您未按约定时间到店返修，请您另约时间或直接到店。如一直未收到您的答复，我们将按期结案。"
CLOSING = "您的投诉 {} 因您未按约定时间到店，也未另约返修时间，已结案。您仍可答复，届时将重新处理。"
REASON = "客户未到店返修或接受检测"
TOLD = ("customer_service", "service_manager", "technical_manager", "service_adviser")
STAFF = ("customer_service", "service_manager", "technical_manager", "general_manager")


def absent(garage: Organisation) -> str:
    """A case whose customer did not come. The office records it on the next day, a Sunday."""
    number = agreed(garage)
    garage.world.move_to(NEXT_DAY)
    garage.act(number, "customer_service", "park")
    return number


def test_p2_5_the_customer_is_reminded_at_the_agreed_time(garage: Organisation) -> None:
    number = agreed(garage)

    garage.world.move_to(AGREED_TIME)

    [event] = garage.events(number, type_="confirmed")
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", AGREED_TIME)
    assert garage.told("complainant", number)[0] == COME.format(number)


def test_p2_5_an_early_reminder_leaves_the_one_at_the_agreed_time(garage: Organisation) -> None:
    number = agreed(garage)

    garage.act(number, "customer_service", "confirm")
    garage.world.move_to(AGREED_TIME)

    assert garage.told("complainant", number).count(COME.format(number)) == 1
    assert "rework" in {one["clock"] for one in garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]}


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_5_no_reminder_without_a_rework_to_do(garage: Organisation, finding: str) -> None:
    number = agreed(garage, finding)
    if finding == "ours":
        garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])

    assert garage.try_act(number, "customer_service", "confirm").problem == "act-not-open"


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("when", [AGREED_TIME, NEXT_DAY])
def test_p2_5_the_office_records_that_the_customer_did_not_come(garage: Organisation, who: str, when: str) -> None:
    number = agreed(garage)
    garage.world.move_to(when)

    assert garage.act(number, who, "park")["stage"] == "no_show"

    assert garage.told("complainant", number)[0] == DID_NOT_COME.format(number)
    assert garage.told("customer_service", number)[0] == f"投诉 {number} 已登记客户未到店，待客户另约时间或直接到店。"
    assert garage.deadline(number, "rework")["state"] == {AGREED_TIME: "met", NEXT_DAY: "missed"}[when]


def test_p2_5_it_is_not_recorded_before_the_agreed_time(garage: Organisation) -> None:
    assert garage.try_act(agreed(garage), "customer_service", "park").problem == "act-not-open"


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_5_it_is_not_recorded_without_a_rework_to_do(garage: Organisation, finding: str) -> None:
    number = agreed(garage, finding)
    if finding == "ours":
        garage.world.move_to(NEXT_DAY)
        garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])

    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"


def test_p2_5_after_the_record_no_alarm_repeats(garage: Organisation) -> None:
    number = absent(garage)
    before = len(garage.events(number, type_="missed"))

    garage.world.move_to(CLOSED)
    assert garage.complaint(number)["stage"] == "closed"
    garage.act(number, "customer_service", "archive")
    garage.world.move_to("2027-03-01T00:00:00+08:00")

    assert len(garage.events(number, type_="missed")) == before


def test_p2_5_an_absent_customer_is_reminded_again(garage: Organisation) -> None:
    number = absent(garage)
    before = len(reminders(garage, number))

    garage.act(number, "customer_service", "notify")
    garage.world.move_to(REMINDED)

    assert len(reminders(garage, number)) == before + 2
    assert garage.told("complainant", number)[:3] == [
        *[COME_BY.format(number)] * 2,
        DID_NOT_COME.format(number),
    ]


def test_p2_5_the_case_of_an_absent_customer_is_closed_with_its_reason(garage: Organisation) -> None:
    number = absent(garage)

    garage.world.move_to(CLOSED)

    [event] = garage.events(number, type_="closed")
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", CLOSED)
    assert REASON in garage.get(f"/complaints/{number}/record", "general_manager")["values"][event["id"]]["summary"]
    assert garage.told("complainant", number)[0] == CLOSING.format(number)
    assert garage.told("customer_service", number)[0] == f"投诉 {number} 已结案。"


def test_p2_5_nobody_hears_of_an_inspection_that_was_not_offered(garage: Organisation) -> None:
    number = absent(garage)

    garage.world.move_to(CLOSED)

    for who in ("complainant", "customer_service"):
        assert [text for text in garage.told(who, number) if "检测" in text] == []


def test_p2_5_no_person_closes_it_before_the_time_that_the_customer_was_told(garage: Organisation) -> None:
    number = absent(garage)
    garage.world.move_to(REMINDED)

    for who in ("customer_service", "general_manager"):
        assert garage.try_act(number, who, "close", summary="未到店。").status in (403, 409)


@pytest.mark.parametrize("archived", [False, True])
def test_p2_5_an_absent_customer_who_answers_late_reopens_the_case(garage: Organisation, archived: bool) -> None:
    number = absent(garage)
    garage.world.move_to(CLOSED)
    if archived:
        garage.act(number, "customer_service", "archive")

    assert garage.try_act(number, "complainant", "reopen").status == 200

    assert garage.complaint(number)["stage"] == "offered"
    assert garage.act(number, "complainant", "agree", **ANOTHER_TIME)["stage"] == "agreed"
    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"
    garage.world.move_to(ANOTHER_TIME["rework_at"])
    assert garage.local(garage.deadline(number, "rework")["due"]) == "2026-12-21T00:00:00+08:00"
    assert garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])["stage"] == "agreed"


def test_p2_5_an_absent_customer_names_another_time(garage: Organisation) -> None:
    number = absent(garage)
    assert garage.try_act(number, "complainant", "agree").pointer == "/fields/rework_at"

    assert garage.act(number, "complainant", "agree", **ANOTHER_TIME)["stage"] == "agreed"

    for who in ("customer_service", "service_adviser"):
        assert garage.told(who, number)[0] == f"投诉 {number}：客户另约了返修时间，为 2026年12月20日（周日）10:00。"
    assert {garage.deadline(number, clock)["state"] for clock in ("reminder", "absence")} == {"met"}
    garage.world.move_to(ANOTHER_TIME["rework_at"])
    assert garage.local(garage.deadline(number, "rework")["due"]) == "2026-12-21T00:00:00+08:00"


@pytest.mark.parametrize("who", STAFF)
def test_p2_5_an_absent_customer_comes_after_all(garage: Organisation, who: str) -> None:
    number = absent(garage)

    assert garage.act(number, who, "resume")["stage"] == "agreed"

    for one in TOLD:
        assert garage.told(one, number)[0].startswith(f"投诉 {number} 已恢复处理")
    assert {garage.deadline(number, clock)["state"] for clock in ("reminder", "absence")} == {"met"}
    assert garage.local(garage.deadline(number, "rework")["due"]) == "2026-11-30T00:00:00+08:00"
    garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])


def test_p2_5_a_second_absence_is_recorded_too(garage: Organisation) -> None:
    number = absent(garage)
    garage.act(number, "complainant", "agree", **ANOTHER_TIME)
    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"
    garage.world.move_to(ANOTHER_TIME["rework_at"])

    garage.act(number, "customer_service", "park")

    assert garage.local(garage.deadline(number, "absence")["due"]) == "2027-01-04T00:00:00+08:00"
