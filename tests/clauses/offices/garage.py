"""P2 `auto-repair` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.world import World

OURS = {"apology": "sincere", "rework": "our_cost"}
NOT_OURS = {"explanation": "patient", "inspection": "free", "repair": "with_consent"}
REMEDIES = {"ours": OURS, "not_ours": NOT_OURS}
ACCEPTED: dict[str, dict[str, Any]] = {
    "ours": {"rework_at": "2026-11-28T10:00:00+08:00"},
    "not_ours": {"consent": True},
}
CARRIED_OUT = {
    "ours": {"apology_made": "done", "rework_done": "done"},
    "not_ours": {"explained": "done", "inspection_done": "done", "repair_done": "done"},
}
CARRIED_OUT_NOT_OURS = CARRIED_OUT["not_ours"]


def garage_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "auto-repair"))


def received(garage: Organisation, **filing: Any) -> str:
    number = garage.file(**filing)
    garage.act(number, "customer_service", "assign", responsible=garage.subs["service_adviser"])
    return number


def found(garage: Organisation, finding: str = "ours", *, fees: bool = False) -> str:
    number = received(garage)
    garage.act(number, "service_manager", "inspect", findings="空调滤芯未更换。")
    given = {"fee_dispute": fees} if finding == "not_ours" else {}
    garage.act(number, "service_manager", "find_liability", finding=finding, **given)
    return number


def offered(garage: Organisation, finding: str = "ours") -> str:
    number = found(garage, finding)
    garage.act(number, "customer_service", "offer", **REMEDIES[finding], offer="周六上午返修。")
    return number


def agreed(garage: Organisation, finding: str = "ours", **fields: Any) -> str:
    number = offered(garage, finding)
    tomorrow = garage.local(to_text(garage.world.now() + DAY))
    given = ACCEPTED[finding]
    given = {**given, "rework_at": max(given["rework_at"], tomorrow)} if "rework_at" in given else given
    garage.act(number, "complainant", "agree", **(fields or given))
    return number


def executed(garage: Organisation, finding: str = "ours") -> str:
    number = agreed(garage, finding)
    garage.act(number, "service_manager", "execute", **CARRIED_OUT[finding])
    return number


def decided(garage: Organisation) -> str:
    number = executed(garage)
    garage.act(number, "customer_service", "decide", outcome="settled")
    return number


def absent(garage: Organisation) -> str:
    """The customer has not come to the agreed rework."""
    number = agreed(garage)
    garage.world.move_to("2026-11-28T10:00:00+08:00")
    garage.act(number, "customer_service", "park")
    return number


def contradicted(garage: Organisation) -> str:
    """The customer contradicts a result on record after the closing."""
    number = executed(garage)
    garage.act(number, "customer_service", "decide", outcome="settled")
    garage.act(number, "customer_service", "close", summary="客户谅解。")
    garage.act(number, "complainant", "reopen", reason="异响仍在。")
    return number


def closed_and_archived(garage: Organisation, number: str) -> None:
    garage.act(number, "customer_service", "close", summary="客户谅解。")
    garage.act(number, "customer_service", "archive")
