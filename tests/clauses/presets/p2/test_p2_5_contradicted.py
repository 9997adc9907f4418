"""P2.5: the customer contradicts the result on record, also after the closing; then another offer follows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.garage import CARRIED_OUT, OURS, closed_and_archived, executed
from tests.clauses.organisation import Organisation

TOLD = ("customer_service", "service_adviser", "service_manager", "technical_manager", "general_manager")
CONTRADICTED = "投诉 {}：客户对登记的处理结果有异议，请重新提出处理意见。"


def settled(garage: Organisation) -> str:
    number = executed(garage)
    garage.act(number, "customer_service", "decide", outcome="settled")
    return number


def closed(garage: Organisation) -> str:
    number = settled(garage)
    garage.act(number, "customer_service", "close", summary="客户谅解。")
    return number


def archived(garage: Organisation) -> str:
    number = settled(garage)
    closed_and_archived(garage, number)
    return number


EACH = [(settled, "dispute"), (closed, "reopen"), (archived, "reopen")]
each = pytest.mark.parametrize(("story", "act"), EACH)
Story = Callable[[Organisation], str]


@each
def test_p2_5_the_customer_contradicts_the_result_on_record(garage: Organisation, story: Story, act: str) -> None:
    number = story(garage)

    assert garage.act(number, "complainant", act, reason="异响仍在。")["stage"] == "handling"

    for who in TOLD:
        assert garage.told(who, number)[0] == CONTRADICTED.format(number)


@each
def test_p2_5_another_offer_follows_and_is_carried_out_again(garage: Organisation, story: Story, act: str) -> None:
    number = story(garage)
    garage.act(number, "complainant", act)
    garage.act(number, "service_manager", "inspect", findings="异响仍在。")
    garage.act(number, "service_manager", "find_liability", finding="ours")
    garage.act(number, "customer_service", "offer", **OURS, offer="再次返修。")
    garage.act(number, "complainant", "agree", rework_at="2026-11-30T10:00:00+08:00")
    assert garage.try_act(number, "customer_service", "decide", outcome="settled").problem == "act-not-open"

    garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])

    assert garage.act(number, "customer_service", "decide", outcome="settled")["stage"] == "decided"


@each
def test_p2_5_the_other_offer_is_due_within_two_working_days(garage: Organisation, story: Story, act: str) -> None:
    number = story(garage)

    garage.act(number, "complainant", act)

    found = timeline(garage, number, "2026-12-02T00:00:00+08:00")
    missed = [line for line in found if " missed " in line]
    assert [line.split(" missed ")[0] for line in missed] == ["12-01 18:00"]


def test_p2_5_the_time_for_closing_ends_when_the_result_is_contradicted(garage: Organisation) -> None:
    number = settled(garage)

    garage.act(number, "complainant", "dispute")

    assert garage.deadline(number, "completion")["state"] == "met"


@pytest.mark.parametrize("story", [closed, archived])
def test_p2_5_no_answer_is_awaited_meanwhile(garage: Organisation, story: Story) -> None:
    number = story(garage)

    garage.act(number, "complainant", "reopen")

    deadlines = garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]
    assert {one["clock"] for one in deadlines if one["state"] == "running"} == {"another_offer"}


def test_p2_5_who_found_the_liability_or_made_the_offer_does_not_contradict_for_the_customer(
    garage: Organisation,
) -> None:
    number = settled(garage)
    path = f"{garage.path}/complaints/{number}/acts/dispute"

    for who in ("customer_service", "service_manager"):
        body = {"fields": {}, "on_behalf_of": "complainant"}
        assert garage.world.call("POST", path, body, auth=garage.auth(who)).status == 403
