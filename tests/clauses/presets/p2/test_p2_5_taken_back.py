"""P2.5: a customer takes back an acceptance, also one that a member recorded, until the remedy is carried out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.garage import ACCEPTED, NOT_OURS, OURS, agreed, executed, found, offered
from tests.clauses.organisation import Organisation

AGREED_TIME, NEXT_DAY = "2026-11-28T10:00:00+08:00", "2026-11-29T09:00:00+08:00"
VISIT_OVER = "2026-12-02T18:00:00+08:00"
TAKEN_BACK = "投诉 {}：客户不接受处理意见，请重新提出处理意见。"
TOLD = ("customer_service", "service_adviser", "service_manager", "technical_manager", "general_manager")


def agreed_for_the_customer(garage: Organisation, finding: str = "not_ours") -> str:
    number = offered(garage, finding)
    path = f"{garage.path}/complaints/{number}/acts/agree"
    body = {"fields": ACCEPTED[finding], "on_behalf_of": "complainant"}
    assert garage.world.call("POST", path, body, auth=garage.auth("technical_manager")).status == 200
    return number


def rework_begun(garage: Organisation) -> str:
    number = agreed(garage)
    garage.world.move_to(AGREED_TIME)
    return number


def parked(garage: Organisation, number: str, at: str) -> str:
    garage.world.move_to(at)
    garage.act(number, "service_manager", "park")
    return number


def absent(garage: Organisation) -> str:
    return parked(garage, agreed(garage), NEXT_DAY)


def fees_agreed(garage: Organisation) -> str:
    number = found(garage, "not_ours", fees=True)
    garage.act(number, "customer_service", "offer", offer="检测并优惠。", **NOT_OURS, fee="discount")
    garage.act(number, "complainant", "agree", consent=True)
    return number


def absent_from_the_inspection(garage: Organisation) -> str:
    return parked(garage, fees_agreed(garage), VISIT_OVER)


CASES: list[tuple[Callable[[Organisation], str], set[str]]] = [
    (agreed_for_the_customer, {"remedy", "visit"}),
    (fees_agreed, {"remedy", "visit"}),
    (agreed, {"appointment", "beginning", "latest_time"}),
    (rework_begun, {"rework"}),
    (absent, {"reminder", "absence"}),
    (absent_from_the_inspection, {"reminder", "absence"}),
]
each = pytest.mark.parametrize(("story", "clocks"), CASES)


def running(garage: Organisation, number: str) -> set[str]:
    deadlines = garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]
    return {one["clock"] for one in deadlines if one["state"] == "running"}


@each
def test_p2_5_an_acceptance_is_taken_back_and_the_office_hears_why(
    garage: Organisation, story: Callable[[Organisation], str], clocks: set[str]
) -> None:
    number = story(garage)

    view = garage.act(number, "complainant", "dispute", reason="我没有同意。")

    assert view["stage"] == "handling"
    for who in TOLD:
        assert garage.told(who, number)[:1] == [TAKEN_BACK.format(number)]
    [event] = garage.events(number, type_="disputed")
    values = garage.get(f"/complaints/{number}/record", "service_manager")["values"]
    assert values[event["id"]]["reason"] == "我没有同意。"


@each
def test_p2_5_what_was_taken_back_is_no_longer_offered(
    garage: Organisation, story: Callable[[Organisation], str], clocks: set[str]
) -> None:
    number = story(garage)

    garage.act(number, "complainant", "dispute")

    flags = garage.complaint(number, "customer_service")["flags"]
    assert [flags.get(remedy) for remedy in ("rework", "inspection", "repair", "fee")] == ["no"] * 4


@each
def test_p2_5_what_was_taken_back_is_not_owed_and_another_offer_is(
    garage: Organisation, story: Callable[[Organisation], str], clocks: set[str]
) -> None:
    number = story(garage)
    assert running(garage, number) == clocks

    garage.act(number, "complainant", "dispute")

    assert running(garage, number) == {"handling"}


@each
def test_p2_5_after_an_acceptance_was_taken_back_another_offer_is_judged_by_itself(
    garage: Organisation, story: Callable[[Organisation], str], clocks: set[str]
) -> None:
    number = story(garage)
    garage.act(number, "complainant", "dispute")
    garage.act(number, "service_manager", "find_liability", finding="not_ours", fee_dispute=True)
    garage.act(number, "customer_service", "offer", offer="解释。", explanation="patient")

    garage.act(number, "complainant", "agree")

    assert running(garage, number) == {"remedy"}
    repaired = garage.try_act(number, "service_manager", "execute", explained="done", repair_done="done")
    assert (repaired.status, repaired.pointer) == (422, "/fields/repair_done")
    assert garage.try_act(number, "service_manager", "execute", explained="done").status == 200


@each
def test_p2_5_taking_an_acceptance_back_needs_no_reason(
    garage: Organisation, story: Callable[[Organisation], str], clocks: set[str]
) -> None:
    assert garage.act(story(garage), "complainant", "dispute")["stage"] == "handling"


@each
@pytest.mark.parametrize("who", ["service_manager", "customer_service"])
def test_p2_5_who_found_the_liability_or_made_the_offer_takes_nothing_back(
    garage: Organisation, story: Callable[[Organisation], str], clocks: set[str], who: str
) -> None:
    number = story(garage)
    path = f"{garage.path}/complaints/{number}/acts/dispute"
    body = {"fields": {}, "on_behalf_of": "complainant"}

    assert garage.world.call("POST", path, body, auth=garage.auth(who)).problem == "forbidden"


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_5_what_was_carried_out_is_not_taken_back(garage: Organisation, finding: str) -> None:
    assert garage.try_act(executed(garage, finding), "complainant", "dispute").problem == "act-not-open"


def test_p2_5_a_rework_that_is_offered_again_starts_with_its_own_time(garage: Organisation) -> None:
    number = rework_begun(garage)
    garage.act(number, "complainant", "dispute")
    garage.act(number, "service_manager", "find_liability", finding="ours")
    garage.act(number, "customer_service", "offer", offer="另行返修。", **OURS)

    garage.act(number, "complainant", "agree", rework_at="2026-12-05T10:00:00+08:00")

    assert running(garage, number) == {"appointment", "beginning", "latest_time"}
    assert garage.try_act(number, "customer_service", "park").problem == "act-not-open"
