"""P2.5: an offer after a contradicted result has its own remedies, and none of the result that was contradicted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.garage import NOT_OURS, closed_and_archived, executed, found
from tests.clauses.organisation import Organisation

EXPLAINED = {"explanation": "patient"}


def recorded(garage: Organisation, finding: str = "ours") -> str:
    number = executed(garage, finding)
    garage.act(number, "customer_service", "decide", outcome="unsettled")
    return number


def decided(garage: Organisation, finding: str = "ours") -> str:
    number = recorded(garage, finding)
    garage.act(number, "complainant", "dispute", reason="异响仍在。")
    return number


def archived(garage: Organisation, finding: str = "ours") -> str:
    number = recorded(garage, finding)
    closed_and_archived(garage, number)
    garage.act(number, "complainant", "reopen", reason="异响仍在。")
    return number


def offered_again(garage: Organisation, number: str, **remedies: Any) -> str:
    garage.act(number, "service_manager", "find_liability", finding="not_ours", fee_dispute=False)
    garage.act(number, "customer_service", "offer", offer="轮胎磨损，属正常现象。", **remedies)
    return number


EACH = pytest.mark.parametrize("story", [decided, archived])


@EACH
def test_p2_5_who_accepts_an_offer_without_rework_names_no_time(
    garage: Organisation, story: Callable[[Organisation], str]
) -> None:
    number = offered_again(garage, story(garage), **NOT_OURS)

    garage.act(number, "complainant", "agree", consent=True)

    runs = {
        one["clock"]
        for one in garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]
        if "ended" not in one
    }
    assert {"remedy", "visit"} <= runs
    assert not {"appointment", "beginning", "latest_time"} & runs


@EACH
@pytest.mark.parametrize(
    ("before", "again"), [("ours", EXPLAINED), ("not_ours", EXPLAINED)], ids=["rework", "inspection"]
)
def test_p2_5_only_what_was_offered_again_is_carried_out(
    garage: Organisation, story: Callable[[Organisation, str], str], before: str, again: dict[str, str]
) -> None:
    number = offered_again(garage, story(garage, before), **again)
    garage.act(number, "complainant", "agree")

    assert garage.act(number, "service_manager", "execute", explained="done")["stage"] == "agreed"


@EACH
def test_p2_5_a_discount_of_the_contradicted_result_is_not_owed_again(
    garage: Organisation, story: Callable[[Organisation], str]
) -> None:
    number = story(garage)
    garage.act(number, "service_manager", "find_liability", finding="not_ours", fee_dispute=True)
    garage.act(number, "customer_service", "offer", offer="优惠一成。", fee="discount", **EXPLAINED)
    garage.act(number, "complainant", "agree")
    garage.act(number, "service_manager", "execute", explained="done", fee_reduced="discount")
    garage.act(number, "customer_service", "decide", outcome="unsettled")
    garage.act(number, "complainant", "dispute")
    offered_again(garage, number, **EXPLAINED)
    garage.act(number, "complainant", "agree")

    assert garage.act(number, "service_manager", "execute", explained="done")["stage"] == "agreed"


def test_p2_5_what_was_found_under_an_earlier_version_is_carried_out_in_time(garage: Organisation) -> None:
    present = garage.get("/policy", "owner")["policy"]
    _publish(garage, _earlier(present))
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", offer="属正常磨损。", **EXPLAINED)
    _publish(garage, present)
    garage.act(number, "owner", "switch")

    garage.act(number, "complainant", "agree")

    assert garage.local(garage.deadline(number, "remedy")["due"]) == "2026-12-04T18:00:00+08:00"
    assert garage.told("complainant", number)[0].endswith("我们将于 2026年12月4日（周五）18:00 前落实。")


def _earlier(present: dict[str, Any]) -> dict[str, Any]:
    """Its finding says nothing of the remedies."""
    handling = present["stages"]["handling"]
    finding = handling["acts"]["find_liability"]
    sets = {name: value for name, value in finding["sets"].items() if value != "no"}
    acts = {**handling["acts"], "find_liability": {**finding, "sets": sets}}
    return {**present, "stages": {**present["stages"], "handling": {**handling, "acts": acts}}, "examples": []}


def _publish(garage: Organisation, policy: dict[str, Any]) -> None:
    path = f"{garage.path}/policy/publish"
    answer = garage.world.call("POST", path, {"policy": policy}, auth=garage.auth("owner"))
    assert answer.status == 201, answer.text
