"""P2.5: an offer after a contradicted result has its own remedies, and none of the result that was contradicted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.garage import NOT_OURS, closed_and_archived, executed
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
