"""P2 `auto-repair` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import World

REMEDIES = {
    "ours": ["apology", "rework"],
    "not_ours": ["discount", "explanation", "free_inspection", "labour_fee_waived", "repair_with_consent"],
}


def garage_in(world: World) -> Organisation:
    return sign_up(world, "auto-repair")


def received(garage: Organisation, **filing: Any) -> str:
    number = garage.file(**filing)
    garage.act(number, "customer_service", "assign", responsible=garage.subs["service_adviser"])
    return number


def found(garage: Organisation, finding: str = "ours") -> str:
    number = received(garage)
    garage.act(number, "service_manager", "inspect", findings="空调滤芯未更换。")
    garage.act(number, "service_manager", "find_liability", finding=finding)
    return number


def offered(garage: Organisation, finding: str = "ours") -> str:
    number = found(garage, finding)
    garage.act(number, "customer_service", "offer", remedies=REMEDIES[finding], offer="周六上午返修。")
    return number
