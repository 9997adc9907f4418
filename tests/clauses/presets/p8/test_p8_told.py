"""P8 `customer-service`: the customer reads answers and offers, and the agent hears what can be closed and archived."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation, hire


def test_p8_6_the_agent_is_told_that_the_solution_was_carried_out(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    assert helpdesk.told("agent", number)[0] == f"投诉 {number} 的解决方案已执行，请办理结案。"


def test_p8_8_the_agent_is_told_that_the_case_can_be_archived(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    helpdesk.act(number, "manager", "close", summary="已退款。")

    assert helpdesk.told("agent", number)[0] == f"投诉 {number} 已结案，请归档。"


MAIL = "customer@mail.example"
WRITTEN = {"facts": {"complainant.contact": MAIL, "complainant.email": MAIL}}


@pytest.mark.parametrize("who", ["agent", "after_sales"])
def test_p8_4_the_mail_about_an_answer_holds_the_answer(helpdesk: Organisation, who: str) -> None:
    number = assigned(helpdesk, **WRITTEN)

    helpdesk.act(number, who, "reply", text="零件已订购，周五到货。")

    assert "零件已订购，周五到货。" in helpdesk.world.mail(MAIL)


def test_p8_4_the_mail_about_an_answer_at_once_holds_the_answer(helpdesk: Organisation) -> None:
    number = helpdesk.file(**WRITTEN)

    helpdesk.act(number, "agent", "reply", text="您的意见已收到。")

    assert "您的意见已收到。" in helpdesk.world.mail(MAIL)


def test_p8_7_the_mail_about_an_answer_to_a_dispute_holds_the_answer(helpdesk: Organisation) -> None:
    number = inspected(helpdesk, **WRITTEN)

    helpdesk.act(number, "after_sales", "reply", text="正在研究其他方案。")

    assert "正在研究其他方案。" in helpdesk.world.mail(MAIL)


def test_p8_6_the_mail_about_a_solution_holds_what_is_offered(helpdesk: Organisation) -> None:
    number = inspected(helpdesk, **WRITTEN)

    helpdesk.act(number, "after_sales", "offer", remedies=["redo"], offer="周六上午重新维修，不收费。")

    assert "周六上午重新维修，不收费。" in helpdesk.world.mail(MAIL)


def test_p8_4_no_internal_note_is_in_a_mail(helpdesk: Organisation) -> None:
    number = executed(helpdesk, **WRITTEN)

    helpdesk.act(number, "agent", "close", summary="已退款，客户满意。")

    assert "客户满意" not in helpdesk.world.mail(MAIL)


def test_p8_4_one_person_is_responsible(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    both = [helpdesk.subs["after_sales"], helpdesk.subs["second"]]

    answer = helpdesk.try_act(helpdesk.file(), "agent", "assign", responsible=both)

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p8_8_the_result_of_a_satisfied_customer_is_kept_in_the_archive(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="satisfied")
    helpdesk.act(number, "agent", "close", summary="退款。")

    helpdesk.act(number, "agent", "archive")

    assert [row["number"] for row in helpdesk.get("/complaints?shelf=archived", "agent")["complaints"]] == [number]


def test_p8_7_whom_the_agent_names_after_the_offer_is_told_and_carries_it_out(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = offered(helpdesk)

    helpdesk.act(number, "agent", "assign", responsible=[helpdesk.subs["second"]])

    assert helpdesk.told("second", number)[0] == f"投诉 {number} 已指派，请承办。"
    helpdesk.act(number, "complainant", "agree")
    assert helpdesk.act(number, "second", "execute")["stage"] == "executed"


@pytest.mark.parametrize(
    ("rating", "said"),
    [
        ("satisfied", "感谢您对投诉 {} 的办理作出评价：满意。"),
        ("dissatisfied", "感谢您对投诉 {} 的评价。未能让您满意，我们深表歉意，已请客服人员跟进。"),
    ],
)
def test_p8_7_a_rating_is_confirmed_to_the_customer_in_one_message(
    helpdesk: Organisation, rating: str, said: str
) -> None:
    number = executed(helpdesk)
    before = helpdesk.told("complainant", number)

    helpdesk.act(number, "complainant", "rate", rating=rating)

    told = helpdesk.told("complainant", number)
    assert told[: len(told) - len(before)] == [said.format(number)]
