"""P8.7: a customer replaces a rating that a member recorded for them, and rates a case in the archive."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import executed
from tests.clauses.organisation import Organisation, hire
from tests.helpers.fakes.client import Answer

RATINGS = ["satisfied", "fair", "dissatisfied"]


def try_rate_for(helpdesk: Organisation, number: str, rating: str, who: str = "agent") -> Answer:
    """A member records what the customer says."""
    body = {"fields": {"rating": rating}, "on_behalf_of": "complainant"}
    return helpdesk.world.call("POST", f"{helpdesk.path}/complaints/{number}/acts/rate", body, auth=helpdesk.auth(who))


def recorded(helpdesk: Organisation, rating: str, *, closes: bool) -> str:
    """A rating that the agent recorded an hour after the solution was carried out."""
    number = executed(helpdesk)
    helpdesk.world.move_to("2026-11-27T10:00:00+08:00")
    assert try_rate_for(helpdesk, number, rating).status == 200
    if closes:
        helpdesk.act(number, "agent", "close", summary="已退款。")
    return number


def archived(helpdesk: Organisation, rating: str | None = None) -> str:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="已退款。")
    if rating is not None:
        helpdesk.act(number, "complainant", "rate", rating=rating)
    helpdesk.act(number, "agent", "archive")
    helpdesk.world.move_to("2026-11-30T10:00:00+08:00")
    return number


@pytest.mark.parametrize("closes", [False, True])
@pytest.mark.parametrize("rating", RATINGS)
def test_p8_7_a_customer_replaces_a_rating_that_was_recorded_for_them(
    helpdesk: Organisation, rating: str, closes: bool
) -> None:
    number = recorded(helpdesk, rating, closes=closes)

    assert helpdesk.try_act(number, "complainant", "rate", rating="dissatisfied").status == 200

    assert helpdesk.act(number, "agent", "reopen")["stage"] == "investigated"


@pytest.mark.parametrize("closes", [False, True])
def test_p8_7_the_customers_own_rating_is_not_repeated(helpdesk: Organisation, closes: bool) -> None:
    number = recorded(helpdesk, "satisfied", closes=closes)
    assert helpdesk.try_act(number, "complainant", "rate", rating="fair").status == 200

    assert "rate" not in helpdesk.complaint(number)["acts"]
    assert helpdesk.try_act(number, "complainant", "rate", rating="dissatisfied").problem == "act-not-open"


@pytest.mark.parametrize("closes", [False, True])
def test_p8_7_no_member_replaces_a_rating(helpdesk: Organisation, closes: bool) -> None:
    number = recorded(helpdesk, "dissatisfied", closes=closes)
    hire(helpdesk, "agent", name="second")

    found = [try_rate_for(helpdesk, number, "satisfied", who) for who in ("agent", "second", "manager")]

    assert [(one.status, one.problem) for one in found] == [(409, "act-not-open")] * 3
    assert "rate" not in helpdesk.complaint(number, "agent")["complainant_acts"]


@pytest.mark.parametrize("closes", [False, True])
@pytest.mark.parametrize("rating", RATINGS)
def test_p8_7_no_member_records_a_rating_after_the_customers_own(
    helpdesk: Organisation, rating: str, closes: bool
) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating=rating)
    helpdesk.world.move_to("2026-11-27T10:00:00+08:00")
    if closes:
        helpdesk.act(number, "agent", "close", summary="已退款。")

    found = [try_rate_for(helpdesk, number, "satisfied", who) for who in ("agent", "manager")]

    assert [(one.status, one.problem, one.pointer) for one in found] == [(409, "act-not-open", "/on_behalf_of")] * 2
    assert len(helpdesk.events(number, type_="rated")) == 1


def test_p8_7_what_the_customer_rated_in_person_is_not_taken_up_to_be_rated_by_a_member(helpdesk: Organisation) -> None:
    number = archived(helpdesk, "fair")
    helpdesk.act(number, "manager", "reopen")

    assert try_rate_for(helpdesk, number, "satisfied").pointer == "/on_behalf_of"
    assert helpdesk.try_act(number, "complainant", "rate", rating="satisfied").status == 200


@pytest.mark.parametrize(
    ("rating", "who"),
    [
        *((None, who) for who in ("complainant", "agent", "manager")),
        *((rating, who) for rating in ("satisfied", "fair") for who in ("agent", "manager")),
    ],
)
def test_p8_7_a_case_in_the_archive_is_taken_up_to_be_rated(
    helpdesk: Organisation, rating: str | None, who: str
) -> None:
    number = archived(helpdesk, rating)
    known, before = (helpdesk.told(one, number) for one in ("after_sales", "complainant"))

    answer = helpdesk.try_act(number, who, "reopen")

    assert (answer.status, answer.json.get("stage")) == (200, "executed")
    due = "2026年12月7日（周一）18:00前（北京时间）"
    assert helpdesk.told("agent", number)[:1] == [f"投诉 {number} 现重新处理，请于{due}完成。"]
    first = f"您的投诉 {number} 的解决方案已执行，请您评价是否满意。"
    asked = f"您的投诉 {number} 已重新打开，请您再次评价对处理结果是否满意。" if rating else first
    assert helpdesk.told("complainant", number) == [asked, *before]
    assert helpdesk.told("after_sales", number) == known
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    assert helpdesk.act(number, "agent", "reopen")["stage"] == "investigated"


@pytest.mark.parametrize("rating", ["satisfied", "fair"])
def test_p8_7_a_content_customer_does_not_reopen_a_case_in_the_archive(helpdesk: Organisation, rating: str) -> None:
    number = archived(helpdesk, rating)

    answer = helpdesk.try_act(number, "complainant", "reopen")

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert helpdesk.complaint(number)["acts"] == []
    shelf = helpdesk.get("/complaints?shelf=archived", "agent")["complaints"]
    assert [row["number"] for row in shelf] == [number]
    assert "reopen" not in helpdesk.complaint(number, "agent")["complainant_acts"]


def test_p8_7_what_was_taken_up_to_be_rated_is_closed_in_time(helpdesk: Organisation) -> None:
    number = archived(helpdesk)

    assert helpdesk.try_act(number, "complainant", "reopen").status == 200

    completion = helpdesk.deadline(number, "completion")
    assert (completion["state"], helpdesk.local(completion["due"])) == ("running", "2026-12-07T18:00:00+08:00")
    helpdesk.act(number, "agent", "close", summary="客户未作评价。")
    helpdesk.act(number, "agent", "archive")
    assert helpdesk.deadline(number, "completion")["state"] == "met"


def test_p8_7_a_customer_who_is_not_satisfied_is_told_of_it_from_the_archive(helpdesk: Organisation) -> None:
    number = archived(helpdesk, "dissatisfied")
    before = helpdesk.told("complainant", number)

    answer = helpdesk.try_act(number, "complainant", "reopen")

    assert (answer.status, answer.json.get("stage")) == (200, "investigated")
    assert helpdesk.told("complainant", number) == [
        f"您的投诉 {number} 现重新处理，我们将在2026年12月2日（周三）18:00前重新提出解决方案。",
        *before,
    ]
    due = "2026年12月2日（周三）18:00前（北京时间）"
    assert helpdesk.told("after_sales", number)[:1] == [f"投诉 {number} 现重新处理，请于{due}完成。"]
    assert "现重新处理" not in helpdesk.told("agent", number)[0]
    assert helpdesk.deadline(number, "completion")["state"] == "met"
