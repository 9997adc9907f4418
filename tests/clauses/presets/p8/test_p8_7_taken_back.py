"""P8.7: a customer takes back an acceptance, also one that a member recorded, until the solution is carried out."""

from __future__ import annotations

from tests.clauses.behaviour.timeline import missed
from tests.clauses.offices.helpdesk import executed, offered
from tests.clauses.organisation import Organisation


def agreed_for_the_customer(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    path = f"{helpdesk.path}/complaints/{number}/acts/agree"
    body = {"fields": {}, "on_behalf_of": "complainant"}
    assert helpdesk.world.call("POST", path, body, auth=helpdesk.auth("manager")).status == 200
    return number


def test_p8_7_an_acceptance_that_a_member_recorded_can_be_taken_back(helpdesk: Organisation) -> None:
    number = agreed_for_the_customer(helpdesk)

    view = helpdesk.act(number, "complainant", "dispute", counter="我没有接受。")

    assert view["stage"] == "investigated"
    assert helpdesk.told("after_sales", number)[0] == f"投诉 {number}：投诉人不接受解决方案。"
    assert helpdesk.deadline(number, "negotiation")["state"] == "running"


def test_p8_7_what_was_taken_back_is_not_owed(helpdesk: Organisation) -> None:
    number = agreed_for_the_customer(helpdesk)
    helpdesk.act(number, "complainant", "dispute")

    helpdesk.world.move_to("2026-12-12T09:00:00+08:00")

    assert missed(helpdesk, number, "remedy") == []


def test_p8_7_after_another_solution_the_customer_is_waited_for_again(helpdesk: Organisation) -> None:
    number = agreed_for_the_customer(helpdesk)
    helpdesk.act(number, "complainant", "dispute")

    helpdesk.act(number, "after_sales", "offer", remedies=["replacement"], offer="更换新品。")

    assert {helpdesk.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"running"}
    assert helpdesk.act(number, "complainant", "agree")["stage"] == "agreed"


def test_p8_7_what_was_carried_out_is_not_taken_back(helpdesk: Organisation) -> None:
    assert helpdesk.try_act(executed(helpdesk), "complainant", "dispute").problem == "act-not-open"
