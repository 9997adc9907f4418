"""P2.5: who found the liability or made the offer does not speak for the customer, who hears of what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.garage import ACCEPTED, agreed, executed, offered
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p2.steps import IF_NOT_AGREED
from tests.helpers.fakes.client import Answer

NEXT_DAY, CLOSED = "2026-11-29T09:00:00+08:00", "2026-12-12T00:00:00+08:00"
OTHER_TIME = {"rework_at": "2026-12-20T10:00:00+08:00"}
RECORDED = "您的投诉 {}：我们已代您登记“{}”。如非您的本意，请您尽快与我们联系。"


def absent(garage: Organisation) -> str:
    number = agreed(garage)
    garage.world.move_to(NEXT_DAY)
    garage.act(number, "technical_manager", "park")
    return number


def closed(garage: Organisation) -> str:
    number = offered(garage)
    garage.world.move_to(CLOSED)
    return number


def archived(garage: Organisation) -> str:
    number = closed(garage)
    garage.act(number, "customer_service", "archive")
    return number


CASES: list[tuple[Callable[[Organisation], str], str, dict[str, Any], str]] = [
    (offered, "agree", ACCEPTED["ours"], "接受处理意见"),
    (offered, "dispute", {}, "不接受处理意见"),
    (agreed, "agree", OTHER_TIME, "接受处理意见"),
    (absent, "agree", OTHER_TIME, "接受处理意见"),
    (closed, "reopen", {}, "重新处理"),
    (archived, "reopen", {}, "重新处理"),
]
each = pytest.mark.parametrize(("story", "act", "fields", "event"), CASES)


def recorded(garage: Organisation, number: str, who: str, act: str, fields: dict[str, Any]) -> Answer:
    body = {"fields": fields, "on_behalf_of": "complainant"}
    path = f"{garage.path}/complaints/{number}/acts/{act}"
    return garage.world.call("POST", path, body, auth=garage.auth(who))


@each
@pytest.mark.parametrize("who", ["service_manager", "customer_service"])
def test_p2_5_who_found_the_liability_or_made_the_offer_does_not_speak_for_the_customer(
    garage: Organisation, story: Callable[[Organisation], str], act: str, fields: dict[str, Any], event: str, who: str
) -> None:
    """The service manager found the liability, customer service made the offer."""
    assert recorded(garage, story(garage), who, act, fields).problem == "forbidden"


@each
def test_p2_5_another_person_records_what_the_customer_said_and_the_customer_hears_of_it(
    garage: Organisation, story: Callable[[Organisation], str], act: str, fields: dict[str, Any], event: str
) -> None:
    number = story(garage)

    assert recorded(garage, number, "call_back_agent", act, fields).status == 200

    assert garage.told("complainant", number)[0] == RECORDED.format(number, event)


@pytest.mark.parametrize("who", ["service_manager", "technical_manager", "general_manager"])
def test_p2_5_those_who_find_the_liability_are_told_of_a_refused_offer(garage: Organisation, who: str) -> None:
    number = offered(garage)

    garage.act(number, "complainant", "dispute", reason="与维修无关。")

    assert garage.told(who, number)[:1] == [f"投诉 {number}：客户不接受处理意见，请重新提出处理意见。"]


def test_p2_5_the_member_who_made_the_offer_records_the_result_and_the_customer_is_told(garage: Organisation) -> None:
    number = executed(garage)
    [offer] = garage.events(number, type_="offered")
    assert offer["actor"]["id"] == garage.subs["customer_service"]

    garage.act(number, "customer_service", "decide", outcome="settled")

    text = f"您的投诉 {number} 已按您接受的处理意见办理完毕，感谢您的谅解。{IF_NOT_AGREED}"
    assert garage.told("complainant", number)[:1] == [text]
