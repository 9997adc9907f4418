"""Policies that ask whether the customer was reached: what is refused, what is left out, and whose duty it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.reading.faults import PolicyFault
from tests.clauses.organisation import sign_up_with
from tests.clauses.world import InProcess
from tests.handling.reaching.shop import FRIDAY, WITH_NUMBER, decided, open_shop, policy, tasks


def faults(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(PolicyFault) as refused:
        check_publishable(json.dumps(policy(**changes)))
    return [(one.pointer, one.kind) for one in refused.value.faults]


def test_a_start_that_tells_the_customer_nothing_is_refused() -> None:
    quiet = {"registered": {"decide": {"tells": []}}}

    assert faults(stages=quiet) == [("/clocks/silence/from", "tells-nothing")]


def test_the_task_need_not_be_defined() -> None:
    without = {key: part for key, part in policy().items() if key != "tasks"}
    shop = sign_up_with(InProcess(FRIDAY), json.dumps(without))
    number = decided(shop, WITH_NUMBER)

    assert tasks(shop, number) == ["telephone"]


def test_the_duty_of_a_silence_that_staff_end_too_is_the_services() -> None:
    shop = open_shop(clocks={"silence": {"until": ["disputed", "closed"], "missed": {"act": "close"}}})
    number = decided(shop, {**WITH_NUMBER, "complainant.email": "customer@mail.example"})
    found = shop.get(f"/complaints/{number}/deadlines", "agent")["deadlines"]

    assert [one["duty"] for one in found if one["clock"] == "silence"] == ["service"]


def test_a_stage_may_say_who_records_attempts() -> None:
    shop = open_shop(stages={"decided": {"attempt": {"by": "manager"}}})
    number = decided(shop, WITH_NUMBER)

    refused = shop.try_act(number, "agent", "attempt", by="phone", reached="yes")
    lacking = shop.try_act(number, "manager", "attempt", by="phone")
    shop.act(number, "manager", "attempt", by="letter", reached="yes")

    assert (refused.status, lacking.pointer, tasks(shop, number)) == (403, "/fields/reached", [])


@pytest.mark.parametrize(("reached", "state"), [("yes", "running"), ("no", None)])
def test_a_preview_assumes_that_messages_reach_the_customer_unless_it_is_told(reached: str, state: str | None) -> None:
    shop = open_shop()
    body = {
        "policy": policy(),
        "complaint": {"channel": "shop", "reached": reached},
        "events": [
            {"event": "registered", "at": "2026-11-27T09:00:00Z"},
            {"event": "decided", "at": "2026-11-27T10:00:00Z"},
        ],
    }

    answer = shop.world.call("POST", "/v1/preview/policy", body)

    found = {one["clock"]: one["state"] for one in answer.json["deadlines"]}
    assert found.get("silence") == state
