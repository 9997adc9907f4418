"""A result is rated once, and the complainant may replace a rating that a member recorded for them.

A new result, after the case was reopened, can be rated again (P4.7).
"""

from __future__ import annotations

import pytest

from tests.clauses.offices import hall as at_hall
from tests.clauses.offices import helpdesk as at_helpdesk
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer


@pytest.fixture
def helpdesk() -> Organisation:
    """`customer-service`: a customer may rate before and after the closing."""
    return at_helpdesk.helpdesk_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def hall() -> Organisation:
    return at_hall.hall_in(InProcess("2026-11-27T09:00:00+08:00"))


def executed(helpdesk: Organisation) -> str:
    """An hour ago."""
    number = at_helpdesk.executed(helpdesk)
    helpdesk.world.move_to("2026-11-27T10:00:00+08:00")
    return number


def test_a_second_rating_of_a_result_is_refused(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="satisfied")

    answer = helpdesk.try_act(number, "complainant", "rate", rating="dissatisfied")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert answer.json["detail"] == "The result is rated already. A new result can be rated again."
    assert "rate" not in answer.json["acts"]
    assert "rate" not in helpdesk.complaint(number)["acts"]


def test_the_refusal_is_also_in_chinese(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="satisfied")

    answer = helpdesk.try_act(number, "complainant", "rate", {"Accept-Language": "zh"}, rating="satisfied")

    assert answer.json["detail"] == "该处理结果已评价。有新的处理结果后可以再次评价。"


def test_a_rated_result_is_not_rated_again_after_the_closing(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="satisfied")
    helpdesk.act(number, "agent", "close", summary="完成。")

    assert helpdesk.try_act(number, "complainant", "rate", rating="satisfied").status == 409


def test_a_result_without_a_rating_can_be_rated_after_the_closing(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="完成。")

    helpdesk.act(number, "complainant", "rate", rating="satisfied", comment="很好。")

    assert [one["fields"]["rating"] for one in helpdesk.events(number, type_="rated")] == ["satisfied"]


def test_a_new_result_of_a_reopened_case_can_be_rated(helpdesk: Organisation) -> None:
    document = helpdesk.get("/policy", "owner")["policy"]
    document["stages"]["closed"]["acts"]["reopen"] |= {"when": {}, "to": "offered"}
    published = helpdesk.world.call(
        "POST", f"{helpdesk.path}/policy/publish", {"policy": document}, auth=helpdesk.auth("owner")
    )
    assert published.status == 201, published.text
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    helpdesk.act(number, "agent", "close", summary="完成。")
    helpdesk.world.move_to("2026-11-27T11:00:00+08:00")
    helpdesk.act(number, "complainant", "reopen")
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")
    helpdesk.world.move_to("2026-11-27T12:00:00+08:00")

    helpdesk.act(number, "complainant", "rate", rating="satisfied")

    ratings = [one["fields"]["rating"] for one in helpdesk.events(number, type_="rated")]
    assert ratings == ["dissatisfied", "satisfied"]
    assert helpdesk.try_act(number, "complainant", "rate", rating="satisfied").status == 409


def test_a_decision_is_rated_once(hall: Organisation) -> None:
    number = at_hall.decided(hall)
    hall.world.move_to("2026-11-27T10:00:00+08:00")
    hall.act(number, "complainant", "rate", rating="satisfied", comment="很好。")

    assert hall.try_act(number, "complainant", "rate", rating="fair").problem == "act-not-open"


def test_the_complainant_replaces_a_recorded_rating_once(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    path = f"{helpdesk.path}/complaints/{number}/acts/rate"
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}
    assert helpdesk.world.call("POST", path, body, auth=helpdesk.auth("agent")).status == 200

    assert helpdesk.world.call("POST", path, body, auth=helpdesk.auth("agent")).status == 409
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")

    assert helpdesk.try_act(number, "complainant", "rate", rating="satisfied").problem == "act-not-open"


REFUSED = "The complainant has rated in person. That rating counts, and no member records another one."


def try_rate_for(office: Organisation, number: str, language: str = "en") -> Answer:
    """The agent records what the complainant says."""
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}
    path, headers = f"{office.path}/complaints/{number}/acts/rate", {"Accept-Language": language}
    return office.world.call("POST", path, body, auth=office.auth("agent"), headers=headers)


def rated_and_made_good(helpdesk: Organisation) -> str:
    """A customer who was not satisfied rated in person, and got another solution, which has been carried out."""
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    helpdesk.world.move_to("2026-11-27T11:00:00+08:00")
    helpdesk.act(number, "agent", "reopen")
    helpdesk.act(number, "after_sales", "offer", remedies=["redo"], offer="重新维修。")
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")
    helpdesk.world.move_to("2026-11-27T12:00:00+08:00")
    return number


@pytest.mark.parametrize("closes", [False, True])
def test_a_rating_by_staff_after_one_by_the_complainant_is_refused_with_its_place(
    helpdesk: Organisation, closes: bool
) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    if closes:
        helpdesk.act(number, "agent", "close", summary="完成。")

    answer = try_rate_for(helpdesk, number)

    assert (answer.status, answer.problem, answer.json["detail"]) == (409, "act-not-open", REFUSED)
    assert answer.json["errors"] == [{"pointer": "/on_behalf_of", "detail": "the complainant has rated in person"}]
    assert len(helpdesk.events(number, type_="rated")) == 1


def test_this_refusal_is_also_in_chinese(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")

    answer = try_rate_for(helpdesk, number, "zh")

    assert answer.json["detail"] == "投诉人已亲自评价，以其本人的评价为准，不能再由他人代为登记。"
    assert answer.json["errors"] == [{"pointer": "/on_behalf_of", "detail": "投诉人已亲自评价"}]


def test_no_member_records_a_rating_of_a_new_result_over_the_complainants_own(helpdesk: Organisation) -> None:
    number = rated_and_made_good(helpdesk)

    assert "rate" not in helpdesk.complaint(number, "agent")["complainant_acts"]
    assert try_rate_for(helpdesk, number).json["detail"] == REFUSED
    helpdesk.act(number, "complainant", "rate", rating="fair")

    assert [one["fields"]["rating"] for one in helpdesk.events(number, type_="rated")] == ["dissatisfied", "fair"]


def test_no_member_records_a_rating_in_the_instant_of_the_complainants_own(helpdesk: Organisation) -> None:
    number = at_helpdesk.executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")

    assert try_rate_for(helpdesk, number).json["detail"] == REFUSED


def test_what_a_member_recorded_of_an_earlier_result_is_followed_by_another_one(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    assert try_rate_for(helpdesk, number).status == 200
    helpdesk.act(number, "agent", "close", summary="完成。")
    helpdesk.act(number, "agent", "archive")
    helpdesk.world.move_to("2026-11-27T11:00:00+08:00")
    helpdesk.act(number, "agent", "reopen")

    assert try_rate_for(helpdesk, number).status == 200
