"""P3.4 `auto-repair-forms`: a negotiation that a party does not sign is reported to the general manager as it is."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import OBJECTION, handed_over
from tests.clauses.organisation import Organisation, hire

OVERDUE = "投诉 {} 已逾期，请尽快处理。"
NOT_SIGNED = "投诉 {} 的协商未在期限内签署，请直接给出处理意见。"
LATE = "2026-11-27T13:00:00+08:00"


@pytest.fixture
def number(workshop: Organisation) -> str:
    number = handed_over(workshop)
    workshop.act(number, "management", "object", **OBJECTION)
    workshop.act(number, "customer_manager", "sign", agreement="各担一半。")
    return number


@pytest.mark.parametrize("who", ["management", "general_manager"])
def test_p3_4_a_negotiation_that_is_overdue_is_reported_to_the_general_manager(
    workshop: Organisation, number: str, who: str
) -> None:
    workshop.world.move_to(LATE)

    assert workshop.act(number, who, "notify")["stage"] == "final_opinion"

    assert workshop.told("general_manager", number)[0] == NOT_SIGNED.format(number)


def test_p3_4_the_general_manager_decides_on_what_was_not_signed(workshop: Organisation, number: str) -> None:
    workshop.world.move_to(LATE)
    workshop.act(number, "management", "notify")

    after = workshop.act(number, "general_manager", "decide", final_opinion="返修。", outcome="resolved")

    assert after["stage"] == "accountability"


def test_p3_4_before_that_it_is_not_reported(workshop: Organisation, number: str) -> None:
    workshop.world.move_to("2026-11-27T12:59:00+08:00")

    assert workshop.try_act(number, "management", "notify").status == 409


def test_p3_4_manager_and_department_sign_one_text(workshop: Organisation, number: str) -> None:
    [proposal] = workshop.complaint(number, "respondent_department")["proposals"]
    assert workshop.complaint(number, "customer_manager")["stage"] == "negotiation"

    assert workshop.act(number, "respondent_department", "approve")["stage"] == "opinion"

    [event] = workshop.events(number, type_="signed")
    values = workshop.get(f"/complaints/{number}/record", "management")["values"]
    assert (proposal["act"], values[event["id"]]["agreement"]) == ("sign", "各担一半。")
    assert workshop.told("management", number)[:1] == [f"投诉 {number} 的协商意见已签署，请上报主管总经理。"]


def test_p3_4_what_is_signed_says_what_was_agreed(workshop: Organisation) -> None:
    number = handed_over(workshop)
    workshop.act(number, "management", "object", **OBJECTION)

    answer = workshop.try_act(number, "customer_manager", "sign")

    assert (answer.status, answer.pointer) == (422, "/fields/agreement")


@pytest.mark.parametrize("who", ["customer_manager", "management", "general_manager", "both"])
def test_p3_4_only_another_person_signs_for_the_department(workshop: Organisation, number: str, who: str) -> None:
    hire(workshop, "customer_manager", name="both", also=["respondent_department"])
    if who == "both":
        workshop.act(number, "respondent_department", "reject")
        workshop.act(number, "both", "sign", agreement="各担一半。")

    assert workshop.try_act(number, who, "approve").status in (403, 409)

    assert workshop.complaint(number, "customer_manager")["stage"] == "negotiation"


def test_p3_4_a_department_that_does_not_agree_negotiates_on(workshop: Organisation, number: str) -> None:
    workshop.act(number, "respondent_department", "reject")
    assert workshop.complaint(number, "customer_manager")["stage"] == "negotiation"
    workshop.act(number, "customer_manager", "sign", agreement="班组承担三成。")

    assert workshop.act(number, "respondent_department", "approve")["stage"] == "opinion"


@pytest.mark.parametrize("who", ["customer_manager", "respondent_department"])
def test_p3_4_the_parties_do_not_end_it_alone(workshop: Organisation, number: str, who: str) -> None:
    workshop.world.move_to(LATE)

    assert workshop.try_act(number, who, "notify").status == 403


def test_p3_4_the_department_that_did_not_sign_gets_the_alarm(workshop: Organisation, number: str) -> None:
    workshop.world.move_to(LATE)

    assert workshop.told("respondent_department", number)[0] == OVERDUE.format(number)


def test_p3_4_the_owner_is_told_that_the_department_has_no_member(workshop: Organisation, number: str) -> None:
    path = f"{workshop.path}/people/{workshop.subs['respondent_department']}"
    assert workshop.world.call("DELETE", path, auth=workshop.auth("owner")).status == 204

    workshop.world.move_to(LATE)

    text = f"“{number}”有事项等待“被反馈部门”处理，但没有人担任该角色。请尽快指定人员。"
    assert workshop.told("owner", number)[0] == text
