"""P2.5: a customer who accepts an inspection and does not come is reminded; silence closes the case."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import CARRIED_OUT, agreed, found
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders

INSPECTION = {"explanation": "patient", "inspection": "free"}
REMINDED_OF_THE_VISIT, ESCALATED = "2026-12-02T18:00:00+08:00", "2026-12-04T18:00:00+08:00"
REMINDED, CLOSED = "2026-12-10T00:00:00+08:00", "2026-12-17T00:00:00+08:00"
COME = "您的投诉 {}：您已同意处理意见，请您到店接受免费检测。"
COME_BY = (
    "您的投诉 {}：您尚未到店接受免费检测，请您于 2026年12月16日（周三）24:00 前到店或作出答复；"
    "逾期未答复的，我们将结案。"
)
NOT_INSPECTED = "您的投诉 {}：您尚未到店接受免费检测，请您到店或作出答复。如一直未收到您的答复，我们将按期结案。"
CLOSING = "您的投诉 {} 因您未到店接受免费检测，也未答复，已结案。您仍可答复，届时将重新处理。"
REASON = "客户未到店返修或接受检测"
STAFF = ("customer_service", "service_manager", "technical_manager")


def awaited(garage: Organisation, repair: bool = True) -> str:
    """A case whose customer was reminded of the inspection."""
    number = agreed(garage, "not_ours") if repair else inspection_agreed(garage)
    garage.world.move_to(REMINDED_OF_THE_VISIT)
    return number


def inspection_agreed(garage: Organisation) -> str:
    """No repair is offered, only an inspection."""
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", **INSPECTION, offer="免费检测。")
    garage.act(number, "complainant", "agree")
    return number


def absent(garage: Organisation) -> str:
    number = awaited(garage)
    garage.act(number, "customer_service", "park")
    return number


@pytest.mark.parametrize("repair", [False, True])
def test_p2_5_a_customer_who_does_not_come_to_the_inspection_is_reminded(garage: Organisation, repair: bool) -> None:
    number = awaited(garage, repair)

    [event] = garage.events(number, type_="replied")
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", REMINDED_OF_THE_VISIT)
    assert garage.told("complainant", number)[0] == COME.format(number)


def test_p2_5_customer_service_reminds_of_the_inspection_at_any_time(garage: Organisation) -> None:
    number = agreed(garage, "not_ours")

    garage.act(number, "customer_service", "reply")

    assert garage.told("complainant", number)[0] == COME.format(number)
    assert garage.try_act(number, "service_manager", "reply").status == 403


@pytest.mark.parametrize("act", ["reply", "park"])
def test_p2_5_after_the_inspection_no_customer_is_awaited(garage: Organisation, act: str) -> None:
    number = awaited(garage)
    garage.act(number, "service_manager", "execute", **CARRIED_OUT["not_ours"])

    assert garage.try_act(number, "customer_service", act).problem == "act-not-open"


def test_p2_5_an_inspection_in_time_needs_no_reminder(garage: Organisation) -> None:
    number = agreed(garage, "not_ours")
    garage.act(number, "service_manager", "execute", **CARRIED_OUT["not_ours"])
    garage.act(number, "customer_service", "decide", outcome="settled")

    garage.world.move_to(REMINDED_OF_THE_VISIT)

    assert garage.events(number, type_="replied") == []


@pytest.mark.parametrize("act", ["reply", "park"])
def test_p2_5_no_customer_is_awaited_without_an_inspection(garage: Organisation, act: str) -> None:
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", explanation="patient", offer="解释。")
    garage.act(number, "complainant", "agree")
    garage.world.move_to(REMINDED_OF_THE_VISIT)

    assert garage.try_act(number, "customer_service", act).problem == "act-not-open"
    assert garage.events(number, type_="replied") == []


@pytest.mark.parametrize("reminded", [False, True])
def test_p2_5_no_customer_is_absent_before_the_time_of_the_inspection(garage: Organisation, reminded: bool) -> None:
    """A reminder of the office by hand does not shorten the time."""
    number = agreed(garage, "not_ours")
    if reminded:
        garage.act(number, "customer_service", "reply")
    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"

    garage.world.move_to(REMINDED_OF_THE_VISIT)

    assert garage.deadline(number, "visit")["state"] == "met"
    assert garage.try_act(number, "customer_service", "park").status == 200
    assert garage.complaint(number)["stage"] == "no_show"


def test_p2_5_a_customer_who_was_about_to_come_is_not_absent_at_once(garage: Organisation) -> None:
    number = absent(garage)
    garage.act(number, "customer_service", "resume")

    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"

    garage.world.move_to("2026-12-07T18:00:00+08:00")
    assert garage.act(number, "customer_service", "park")["stage"] == "no_show"


def test_p2_5_an_inspection_that_is_neither_done_nor_missed_escalates(garage: Organisation) -> None:
    number = awaited(garage)

    garage.world.move_to(ESCALATED)

    [event] = garage.events(number, type_="escalated")
    assert (event["fields"]["clock"], event["fields"]["tier"]) == ("remedy", 2)


@pytest.mark.parametrize("who", STAFF)
def test_p2_5_the_office_records_that_the_customer_did_not_come_to_the_inspection(
    garage: Organisation, who: str
) -> None:
    number = awaited(garage)

    assert garage.act(number, who, "park")["stage"] == "no_show"

    assert garage.told("complainant", number)[0] == NOT_INSPECTED.format(number)
    assert garage.told("customer_service", number)[0] == f"投诉 {number} 已登记客户未到店，待客户另约时间或直接到店。"
    assert garage.deadline(number, "remedy")["state"] == "met"


def test_p2_5_who_did_not_come_to_the_inspection_is_reminded_and_the_case_closed(garage: Organisation) -> None:
    number = absent(garage)
    before = len(reminders(garage, number))

    garage.world.move_to(REMINDED)
    assert len(reminders(garage, number)) == before + 1
    assert garage.told("complainant", number)[:2] == [COME_BY.format(number), NOT_INSPECTED.format(number)]
    garage.world.move_to(CLOSED)

    [event] = garage.events(number, type_="closed")
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", CLOSED)
    assert REASON in garage.get(f"/complaints/{number}/record", "general_manager")["values"][event["id"]]["summary"]
    assert garage.told("complainant", number)[0] == CLOSING.format(number)
    assert garage.events(number, type_="escalated") == []


@pytest.mark.parametrize("comes", [False, True])
def test_p2_5_nobody_hears_of_a_rework_that_was_not_offered(garage: Organisation, comes: bool) -> None:
    number = absent(garage)

    if comes:
        garage.act(number, "complainant", "agree")
    else:
        garage.world.move_to(CLOSED)

    for who in ("complainant", "customer_service", "service_adviser"):
        assert [text for text in garage.told(who, number) if "返修" in text] == []


def test_p2_5_a_late_answer_about_the_inspection_reopens_the_case(garage: Organisation) -> None:
    number = absent(garage)
    garage.world.move_to(CLOSED)

    assert garage.act(number, "complainant", "reopen")["stage"] == "offered"
    assert garage.act(number, "complainant", "agree", consent=True)["stage"] == "agreed"
    garage.world.move_to("2026-12-22T18:00:00+08:00")
    assert len(garage.events(number, type_="replied")) == 2


def test_p2_5_a_customer_who_announces_a_visit_is_awaited_again(garage: Organisation) -> None:
    number = absent(garage)

    assert garage.act(number, "complainant", "agree")["stage"] == "agreed"

    for who in ("customer_service", "service_adviser"):
        assert garage.told(who, number)[0] == f"投诉 {number}：客户答复将到店接受检测。"
    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"
    assert garage.local(garage.deadline(number, "remedy")["due"]) == "2026-12-09T18:00:00+08:00"
    garage.act(number, "service_manager", "execute", **CARRIED_OUT["not_ours"])


def test_p2_5_a_customer_who_comes_to_the_inspection_after_all(garage: Organisation) -> None:
    number = absent(garage)

    garage.act(number, "customer_service", "resume")

    running = {one["clock"] for one in garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]}
    assert "rework" not in running
    assert garage.local(garage.deadline(number, "remedy")["due"]) == "2026-12-09T18:00:00+08:00"
    assert garage.local(garage.deadline(number, "visit")["due"]) == "2026-12-07T18:00:00+08:00"
