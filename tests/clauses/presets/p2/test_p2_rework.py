"""P2.5: the rework follows at the customer's time, and someone hears of it if it is not done on that day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.garage import CARRIED_OUT, agreed, closed_and_archived, executed, offered
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders

AGREED_TIME, END_OF_THE_DAY = "2026-11-28T10:00:00+08:00", "2026-11-29T00:00:00+08:00"
RESULT_DUE = "2026-12-01T18:00:00+08:00"
NOW = "投诉 {} 约定的返修时间已到，请当日完成返修；客户未到店的，请予登记。"
OVERDUE = "投诉 {} 已逾期，现升级至本层级，请处理。"


def deadlines(garage: Organisation, number: str) -> list[dict[str, Any]]:
    return list(garage.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"])


def clocks(garage: Organisation, number: str) -> set[str]:
    return {one["clock"] for one in deadlines(garage, number)}


def told_of_the_time(garage: Organisation, number: str) -> set[str]:
    return {who for who in garage.tokens if NOW.format(number) in garage.told(who, number)}


def test_p2_5_the_people_who_rework_are_told_at_the_agreed_time(garage: Organisation) -> None:
    number = agreed(garage)

    garage.world.move_to(AGREED_TIME)

    [event] = reminders(garage, number)
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", AGREED_TIME)
    assert told_of_the_time(garage, number) == {
        "customer_service",
        "service_manager",
        "technical_manager",
        "service_adviser",
    }
    assert garage.deadline(number, "appointment")["state"] == "met"
    assert garage.local(garage.deadline(number, "rework")["due"]) == END_OF_THE_DAY


def test_p2_5_a_rework_that_is_not_done_on_the_agreed_day_escalates(garage: Organisation) -> None:
    number = agreed(garage)

    garage.world.move_to(END_OF_THE_DAY)

    [event] = garage.events(number, type_="escalated")
    assert (event["fields"]["clock"], event["fields"]["tier"]) == ("rework", 2)
    assert garage.told("technical_manager", number)[0] == OVERDUE.format(number)


def test_p2_5_a_rework_on_the_agreed_day_is_in_time(garage: Organisation) -> None:
    number = agreed(garage)
    garage.world.move_to(AGREED_TIME)

    garage.act(number, "technical_manager", "execute", **CARRIED_OUT["ours"])
    garage.act(number, "customer_service", "decide", outcome="settled")
    closed_and_archived(garage, number)
    garage.world.move_to("2026-12-10T09:00:00+08:00")

    assert garage.deadline(number, "rework")["state"] == "met"
    assert garage.events(number, type_="escalated") == []


def test_p2_5_a_rework_before_the_agreed_time_needs_no_reminder(garage: Organisation) -> None:
    number = agreed(garage)
    garage.act(number, "technical_manager", "execute", **CARRIED_OUT["ours"])

    garage.world.move_to(AGREED_TIME)

    assert garage.deadline(number, "appointment")["state"] == "met"
    assert reminders(garage, number) == []
    assert garage.try_act(number, "customer_service", "notify").problem == "act-not-open"


@pytest.mark.parametrize("when", ["2026-11-27T12:00:00+08:00", AGREED_TIME, END_OF_THE_DAY])
def test_p2_5_a_customer_names_another_time(garage: Organisation, when: str) -> None:
    number = agreed(garage)
    garage.world.move_to(when)

    garage.act(number, "complainant", "agree", rework_at="2026-12-05T10:00:00+08:00")

    for who in ("customer_service", "service_adviser"):
        assert garage.told(who, number)[0] == f"投诉 {number}：客户另约了返修时间，为 2026年12月5日（周六）10:00。"
    running = [one["clock"] for one in deadlines(garage, number) if one["state"] == "running"]
    assert sorted(running) == ["appointment", "beginning", "latest_time"]
    garage.world.move_to("2026-12-05T10:00:00+08:00")
    assert garage.local(garage.deadline(number, "rework")["due"]) == "2026-12-06T00:00:00+08:00"


def test_p2_5_the_rework_does_not_begin_before_the_agreed_time(garage: Organisation) -> None:
    number = agreed(garage)

    answer = garage.try_act(number, "customer_service", "notify")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "rework" not in clocks(garage, number)


@pytest.mark.parametrize("when", [AGREED_TIME, END_OF_THE_DAY])
def test_p2_5_the_rework_does_not_begin_twice(garage: Organisation, when: str) -> None:
    number = agreed(garage)
    garage.world.move_to(when)

    assert garage.try_act(number, "customer_service", "notify").problem == "act-not-open"


def test_p2_5_the_rework_does_not_begin_before_another_time(garage: Organisation) -> None:
    number = agreed(garage)
    garage.world.move_to(END_OF_THE_DAY)
    garage.act(number, "complainant", "agree", rework_at="2026-12-05T10:00:00+08:00")

    for act in ("notify", "park"):
        assert garage.try_act(number, "customer_service", act).problem == "act-not-open"


def test_p2_5_the_result_of_the_remedy_is_on_record_within_two_working_days(garage: Organisation) -> None:
    number = executed(garage)
    assert garage.local(garage.deadline(number, "rework_result")["due"]) == RESULT_DUE

    garage.world.move_to(RESULT_DUE)

    [event] = garage.events(number, type_="escalated")
    assert (event["fields"]["clock"], event["fields"]["tier"]) == ("rework_result", 2)


def test_p2_5_a_result_in_time_does_not_escalate(garage: Organisation) -> None:
    number = executed(garage)

    garage.act(number, "customer_service", "decide", outcome="unsettled")
    closed_and_archived(garage, number)
    garage.world.move_to("2026-12-10T09:00:00+08:00")

    assert garage.deadline(number, "rework_result")["state"] == "met"
    assert garage.events(number, type_="escalated") == []


def test_p2_5_another_time_needs_the_time(garage: Organisation) -> None:
    answer = garage.try_act(agreed(garage), "complainant", "agree")

    assert [error["pointer"] for error in answer.json["errors"]] == ["/fields/rework_at"]


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_5_no_other_time_without_a_rework_to_do(garage: Organisation, finding: str) -> None:
    number = agreed(garage, finding)
    if finding == "ours":
        garage.act(number, "technical_manager", "execute", **CARRIED_OUT["ours"])

    answer = garage.try_act(number, "complainant", "agree", rework_at="2026-12-05T10:00:00+08:00")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert garage.try_act(number, "customer_service", "notify").problem == "act-not-open"


def test_p2_5_what_needs_no_rework_is_done_within_five_working_days(garage: Organisation) -> None:
    number = agreed(garage, "not_ours")
    assert not clocks(garage, number) & {"appointment", "rework"}
    assert garage.local(garage.deadline(number, "remedy")["due"]) == "2026-12-04T18:00:00+08:00"

    garage.world.move_to("2026-12-04T18:00:00+08:00")

    [event] = garage.events(number, type_="escalated")
    assert (event["fields"]["clock"], event["fields"]["tier"]) == ("remedy", 2)


def test_p2_5_what_was_done_in_time_does_not_escalate(garage: Organisation) -> None:
    number = agreed(garage, "not_ours")

    garage.act(number, "service_manager", "execute", **CARRIED_OUT["not_ours"])

    assert {garage.deadline(number, clock)["state"] for clock in ("remedy", "visit")} == {"met"}


def test_p2_5_the_rework_has_no_other_limit(garage: Organisation) -> None:
    assert not clocks(garage, agreed(garage)) & {"remedy", "visit"}


def test_p2_5_a_remedy_without_rework_has_no_agreed_time(garage: Organisation) -> None:
    number = agreed(garage, "not_ours", consent=True, rework_at=AGREED_TIME)

    garage.world.move_to(AGREED_TIME)

    assert not clocks(garage, number) & {"appointment", "beginning", "rework"}


def test_p2_5_a_reminder_to_answer_starts_no_rework(garage: Organisation) -> None:
    number = offered(garage)

    garage.act(number, "customer_service", "notify")

    assert "rework" not in clocks(garage, number)


def test_p2_5_customer_service_is_told_that_it_can_close(garage: Organisation) -> None:
    number = executed(garage)

    garage.act(number, "general_manager", "decide", outcome="settled")

    assert garage.told("customer_service", number)[0] == f"投诉 {number} 的处理结果已登记，请办理结案。"
