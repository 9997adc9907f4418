"""P1.5 `platform`: a respondent that gets an account is told by the system, also after it was told in another way."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    DECISION,
    FOUND,
    UNREACHABLE,
    accepted,
    asked_otherwise,
    decision,
    unit,
)
from tests.clauses.organisation import Organisation, hire

TOLD = {
    "upheld": "针对您的投诉 {} 经核实成立，现对您给予警告。",
    "not_upheld": "针对您的投诉 {} 已作出处理决定：投诉不成立。",
}
RESULT = "针对您的投诉 {} 的复核已完成：{}。"


@pytest.mark.parametrize("outcome", TOLD)
def test_p1_5_a_respondent_that_gave_no_answer_still_reads_the_decision(
    marketplace: Organisation, outcome: str
) -> None:
    number = _not_reached(marketplace, "seller")

    marketplace.act(number, "handler", "decide", **decision(outcome=outcome))

    assert marketplace.told("seller", number) == [TOLD[outcome].format(number)]


@pytest.mark.parametrize("outcome", TOLD)
def test_p1_5_the_system_misses_no_reader_of_a_decision_outside_the_system(
    marketplace: Organisation, outcome: str
) -> None:
    number = asked_otherwise(marketplace)
    before = marketplace.told("owner", number)

    marketplace.act(number, "handler", "decide", **decision(outcome=outcome))

    assert marketplace.told("owner", number) == before


@pytest.mark.parametrize("outcome", TOLD)
def test_p1_5_the_record_does_not_say_that_the_system_told_a_respondent_outside_it(
    marketplace: Organisation, outcome: str
) -> None:
    number = asked_otherwise(marketplace)

    marketplace.act(number, "handler", "decide", **decision(outcome=outcome))

    about = marketplace.events(number, type_="decided")[-1]["id"]
    told = [event["fields"] for event in marketplace.events(number, type_="notified")]
    assert [one["to"] for one in told if one.get("about") == about] == [["complainant"]]


def test_p1_5_a_unit_that_got_an_account_is_told_by_the_system(marketplace: Organisation) -> None:
    number = _told_outside(marketplace)
    hire(marketplace, "respondent", name="shop", unit="shop")
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    marketplace.act(number, "second", "inspect", **FOUND)
    marketplace.act(number, "second", "demand_evidence", of="respondent", **ASKED_FOR)
    marketplace.world.move_to("2026-12-20T09:00:00+08:00")

    marketplace.act(number, "second", "decide", opinion="证据不足。", outcome="not_upheld")

    marketplace.world.move_to("2026-12-20T09:01:00+08:00")
    assert marketplace.told("shop", number)[1:2] == [RESULT.format(number, "复核认定投诉不成立")]
    assert marketplace.try_act(number, "second", "close", summary="复核后改判。").status == 200


def _told_outside(marketplace: Organisation) -> str:
    """An archived case about a unit without an account, which was told of the decision by letter."""
    number = _not_reached(marketplace, unit(marketplace, "shop"))
    marketplace.act(number, "handler", "decide", **DECISION)
    marketplace.act(number, "handler", "close", summary="已警告。", told_how="挂号信。")
    marketplace.act(number, "archivist", "archive")
    return number


def _not_reached(marketplace: Organisation, of: str) -> str:
    """The director confirmed that the unit cannot be reached through the system."""
    number = accepted(marketplace, unit=of)
    marketplace.act(number, "handler", "notify", **UNREACHABLE)
    [proposal] = marketplace.complaint(number, "director")["proposals"]
    marketplace.act(number, "director", "approve", proposal=proposal["proposal"])
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.act(number, "handler", "demand_evidence", **ASKED)
    marketplace.world.move_to("2026-12-05T09:00:00+08:00")
    return number
