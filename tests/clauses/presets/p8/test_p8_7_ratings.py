"""P8.7: a customer rates a result once, also after the closing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.helpdesk import executed, offered
from tests.clauses.organisation import Organisation, hire

RATED = "投诉 {}：客户已作出评价：{}。"
RATINGS = {"satisfied": "满意", "fair": "一般"}
NOT_SATISFIED = "投诉 {}：客户对处理结果不满意，请跟进。"
Stage = Callable[[Organisation], str]


def closed(helpdesk: Organisation) -> str:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="退款。")
    return number


def agreed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    return number


def silent(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.world.move_to(helpdesk.deadline(number, "silence")["due"])
    return number


def archived(helpdesk: Organisation) -> str:
    number = silent(helpdesk)
    helpdesk.act(number, "agent", "archive")
    return number


def test_p8_7_satisfaction_can_be_recorded_after_the_closing(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="退款。")

    helpdesk.world.move_to("2026-11-27T10:00:00+08:00")
    told = {who: helpdesk.told(who, number) for who in ("agent", "manager")}
    view = helpdesk.act(number, "complainant", "rate", rating="satisfied", comment="速度快。")

    assert view["stage"] == "closed"
    assert [event["fields"]["given"] for event in helpdesk.events(number, type_="rated")] == [["comment"]]
    assert {who: helpdesk.told(who, number) for who in told} == told
    assert helpdesk.try_act(number, "complainant", "rate", rating="fair").problem == "act-not-open"


@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_agents_and_managers_are_told_of_a_customer_who_is_not_satisfied(
    helpdesk: Organisation, stage: Stage
) -> None:
    number = stage(helpdesk)

    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")

    texts = {who: helpdesk.told(who, number)[:1] for who in ("after_sales", "agent", "manager")}
    said = NOT_SATISFIED.format(number)
    assert texts == {"after_sales": [RATED.format(number, "不满意")], "agent": [said], "manager": [said]}


@pytest.mark.parametrize("rating", list(RATINGS))
@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_7_only_the_responsible_person_is_told_of_other_ratings(
    helpdesk: Organisation, stage: Stage, rating: str
) -> None:
    number = stage(helpdesk)

    helpdesk.act(number, "complainant", "rate", rating=rating)

    assert helpdesk.told("after_sales", number)[0] == RATED.format(number, RATINGS[rating])
    assert not any("客户对处理结果" in text for who in ("agent", "manager") for text in helpdesk.told(who, number))


@pytest.mark.parametrize(
    ("stage", "act", "fields"),
    [
        (offered, "agree", {}),
        (offered, "dispute", {}),
        (agreed, "dispute", {}),
        (executed, "rate", {"rating": "satisfied"}),
        (closed, "rate", {"rating": "satisfied"}),
        (silent, "reopen", {}),
        (archived, "reopen", {}),
    ],
)
def test_p8_7_who_made_the_offer_records_no_answer_of_the_customer(
    helpdesk: Organisation, stage: Stage, act: str, fields: dict[str, str]
) -> None:
    number = stage(helpdesk)
    path = f"{helpdesk.path}/complaints/{number}/acts/{act}"
    body = {"fields": fields, "on_behalf_of": "complainant"}

    found = [
        helpdesk.world.call("POST", path, body, auth=helpdesk.auth(who)).status for who in ("after_sales", "manager")
    ]

    assert found == [403, 200]


@pytest.mark.parametrize("closes", [True, False])
def test_p8_7_who_carried_the_solution_out_records_no_rating(helpdesk: Organisation, closes: bool) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "agent", "assign", responsible=[helpdesk.subs["second"]])
    helpdesk.act(number, "second", "execute")
    if closes:
        helpdesk.act(number, "agent", "close", summary="退款。")
    path = f"{helpdesk.path}/complaints/{number}/acts/rate"
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}

    found = [
        helpdesk.world.call("POST", path, body, auth=helpdesk.auth(who)).status
        for who in ("second", "after_sales", "product_team")
    ]

    assert found == [403, 403, 200]


def test_p8_7_the_responsible_person_is_told_the_rating_in_english_too(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    helpdesk.act(number, "complainant", "rate", rating="fair")

    assert (
        helpdesk.told("after_sales", number, "en")[0] == f"Complaint {number}: the customer has given a rating: Fair."
    )
