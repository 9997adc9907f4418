"""P8.7: a customer who is not satisfied with the result gets another solution, also after the closing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import missed
from tests.clauses.offices.helpdesk import executed, offered
from tests.clauses.organisation import Organisation

Stage = Callable[[Organisation], str]


def closed(helpdesk: Organisation) -> str:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="已退款。")
    return number


def silent(helpdesk: Organisation) -> str:
    """Closed because the customer did not answer the offer."""
    number = offered(helpdesk)
    helpdesk.world.move_to(helpdesk.deadline(number, "silence")["due"])
    return number


def not_satisfied(helpdesk: Organisation, stage: Stage) -> str:
    number = stage(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied", comment="问题没有解决。")
    return number


def done_again(helpdesk: Organisation, number: str) -> None:
    """Another solution is offered, accepted and carried out."""
    helpdesk.act(number, "after_sales", "offer", remedies=["redo"], offer="免费重做。")
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")


@pytest.mark.parametrize("who", ["agent", "manager"])
@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_who_is_told_of_it_takes_the_case_up_again(helpdesk: Organisation, stage: Stage, who: str) -> None:
    number = not_satisfied(helpdesk, stage)

    assert helpdesk.told(who, number)[:1] == [f"投诉 {number}：客户对处理结果不满意，请跟进。"]
    assert helpdesk.act(number, who, "reopen")["stage"] == "investigated"


@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_customer_and_responsible_person_are_told_of_it(helpdesk: Organisation, stage: Stage) -> None:
    number = not_satisfied(helpdesk, stage)
    known, before = (helpdesk.told(one, number) for one in ("agent", "complainant"))

    helpdesk.act(number, "manager", "reopen")

    assert helpdesk.told("complainant", number) == [
        f"您的投诉 {number} 现重新处理，我们将在2026年12月1日（周二）18:00前重新提出解决方案。",
        *before,
    ]
    due = "2026年12月1日（周二）18:00前（北京时间）"
    assert helpdesk.told("after_sales", number)[:1] == [f"投诉 {number} 现重新处理，请于{due}完成。"]
    assert helpdesk.told("agent", number) == known


@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_another_solution_then_has_two_working_days(helpdesk: Organisation, stage: Stage) -> None:
    number = not_satisfied(helpdesk, stage)
    helpdesk.act(number, "agent", "reopen")

    helpdesk.world.move_to("2026-12-13T09:00:00+08:00")

    assert missed(helpdesk, number, "negotiation")[0] == "12-01 18:00"
    assert missed(helpdesk, number, "completion") == []
    assert helpdesk.complaint(number)["stage"] == "investigated"


@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_the_new_result_is_rated_anew(helpdesk: Organisation, stage: Stage) -> None:
    number = not_satisfied(helpdesk, stage)
    helpdesk.act(number, "agent", "reopen")

    done_again(helpdesk, number)

    assert helpdesk.try_act(number, "agent", "reopen").problem == "act-not-open"
    helpdesk.act(number, "complainant", "rate", rating="satisfied")
    helpdesk.act(number, "agent", "close", summary="已重做。")
    assert helpdesk.deadline(number, "negotiation")["state"] == "met"


@pytest.mark.parametrize("archived", [False, True])
def test_p8_7_a_customer_who_is_not_satisfied_after_the_closing_has_it_taken_up(
    helpdesk: Organisation, archived: bool
) -> None:
    number = not_satisfied(helpdesk, closed)
    if archived:
        helpdesk.act(number, "agent", "archive")

    assert helpdesk.act(number, "complainant", "reopen")["stage"] == "investigated"


@pytest.mark.parametrize("rating", ["satisfied", "fair"])
@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_after_another_rating_it_is_not_taken_up(helpdesk: Organisation, stage: Stage, rating: str) -> None:
    number = stage(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating=rating)

    assert {helpdesk.try_act(number, who, "reopen").problem for who in ("agent", "manager")} == {"act-not-open"}


@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_without_a_rating_it_is_not_taken_up(helpdesk: Organisation, stage: Stage) -> None:
    number = stage(helpdesk)

    assert {helpdesk.try_act(number, who, "reopen").problem for who in ("agent", "manager")} == {"act-not-open"}


def test_p8_7_before_the_closing_the_office_decides_whether_it_is_taken_up(helpdesk: Organisation) -> None:
    number = not_satisfied(helpdesk, executed)

    assert {helpdesk.try_act(number, who, "reopen").status for who in ("complainant", "after_sales")} == {403}


def test_p8_7_what_was_never_carried_out_is_not_rated(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(silent(helpdesk), "complainant", "rate", rating="satisfied")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("who", ["agent", "manager"])
def test_p8_7_the_office_can_ask_a_silent_customer_again(helpdesk: Organisation, who: str, archived: bool) -> None:
    number = silent(helpdesk)
    if archived:
        helpdesk.act(number, "agent", "archive")
    before = helpdesk.told("complainant", number)

    assert helpdesk.act(number, who, "reopen")["stage"] == "offered"

    asked = f"我们已就您的投诉 {number} 提出解决方案，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"
    assert helpdesk.told("complainant", number) == [asked, *before]
    assert {helpdesk.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"running"}


def test_p8_7_a_customer_who_is_asked_again_is_owed_no_other_solution(helpdesk: Organisation) -> None:
    number = silent(helpdesk)
    helpdesk.act(number, "complainant", "reopen")

    helpdesk.world.move_to("2026-12-18T09:00:00+08:00")

    assert missed(helpdesk, number, "negotiation") == []


def test_p8_7_nobody_waits_for_an_answer_while_another_solution_is_owed(helpdesk: Organisation) -> None:
    number = not_satisfied(helpdesk, executed)
    helpdesk.act(number, "agent", "reopen")

    assert {helpdesk.deadline(number, clock)["run"] for clock in ("reminder", "silence")} == {1}
