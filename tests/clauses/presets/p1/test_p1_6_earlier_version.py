"""P1.6 `platform`: a re-examination from before it had stages of its own ends in those of the first handling."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    FOUND,
    REVERSED,
    deputised,
    reopened,
    reopened_elsewhere,
)
from tests.clauses.organisation import Organisation

LATER = {
    "re_examining",
    "re_inquiring",
    "re_hearing",
    "re_hearing_outside",
    "outcome_kept",
    "now_upheld",
    "now_not_upheld",
}


def publish(marketplace: Organisation, policy: dict[str, Any]) -> None:
    body = {"policy": policy}
    answer = marketplace.world.call("POST", f"{marketplace.path}/policy/publish", body, auth=marketplace.auth("owner"))
    assert answer.status == 201, answer.text


def earlier(present: dict[str, Any]) -> dict[str, Any]:
    """The version in which the first stages are those of a re-examination too."""
    stages = {name: stage for name, stage in present["stages"].items() if name not in LATER}
    acts = stages["archived"]["acts"]
    told = [{**rule, "due": None} for rule in acts["reopen"]["tells"]]
    reopen = {**acts["reopen"], "undoes": [], "to": stages["registered"]["acts"]["accept"]["to"], "tells": told}
    stages["archived"] = {**stages["archived"], "acts": {**acts, "reopen": reopen}}
    clocks = {name: clock for name, clock in present["clocks"].items() if name not in ("re_examination", "lifting")}
    return {**present, "stages": stages, "clocks": clocks, "examples": []}


def switched(marketplace: Organisation, *, unit: bool) -> str:
    """Reopened under the earlier version, and then switched to the present one."""
    present = marketplace.get("/policy", "owner")["policy"]
    publish(marketplace, earlier(present))
    number = (reopened if unit else reopened_elsewhere)(marketplace)
    publish(marketplace, present)
    assert marketplace.try_act(number, "owner", "switch").status == 200
    return number


def verified(marketplace: Organisation, *, unit: bool) -> str:
    """The other handler (`second`) could decide it."""
    number = switched(marketplace, unit=unit)
    marketplace.act(number, "second", "inspect", **FOUND)
    if unit:
        marketplace.act(number, "second", "demand_evidence", **ASKED_FOR)
    else:
        marketplace.act(number, "second", "demand_evidence", **ASKED)
    marketplace.world.move_to("2026-12-20T09:00:00+08:00")
    return number


@pytest.mark.parametrize("unit", [True, False])
def test_p1_6_the_person_who_decided_does_not_examine_it_as_a_deputy(marketplace: Organisation, unit: bool) -> None:
    number = verified(marketplace, unit=unit)

    deputised(marketplace, "second", "handler")

    assert "decide" in marketplace.complaint(number, "second")["acts"]
    assert marketplace.complaint(number, "handler")["acts"] == ["classify"]


@pytest.mark.parametrize("unit", [True, False])
def test_p1_6_it_is_decided_and_archived(marketplace: Organisation, unit: bool) -> None:
    number = verified(marketplace, unit=unit)

    assert marketplace.act(number, "second", "decide", **REVERSED)["stage"] == "decided"

    marketplace.act(number, "second", "close", summary="改判。", told_how="电话告知。")
    assert marketplace.act(number, "archivist", "archive")["stage"] == "archived"
