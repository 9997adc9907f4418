"""P1 `platform` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import World

DECISION = {"opinion": "商家退款。", "outcome": "upheld"}


def marketplace_in(world: World) -> Organisation:
    return sign_up(world, "platform")


def accepted(marketplace: Organisation, **filing: Any) -> str:
    number = marketplace.file(**filing)
    marketplace.act(number, "screener", "accept")
    return number


def assigned(marketplace: Organisation, **filing: Any) -> str:
    number = accepted(marketplace, **filing)
    marketplace.act(number, "screener", "assign", responsible=marketplace.subs["handler"])
    return number


def demanded(marketplace: Organisation) -> str:
    """Evidence was requested from the complainant, who did not respond, and then from the respondent."""
    number = assigned(marketplace)
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    marketplace.act(number, "handler", "demand_evidence")
    return number


def answered(marketplace: Organisation) -> str:
    number = demanded(marketplace)
    marketplace.act(number, "handler", "receive_evidence")
    return number


def decided(marketplace: Organisation, **decision: Any) -> str:
    number = answered(marketplace)
    marketplace.act(number, "handler", "decide", **{**DECISION, **decision})
    return number


def archived(marketplace: Organisation) -> str:
    number = decided(marketplace)
    marketplace.act(number, "handler", "close", summary="退款后归档。")
    marketplace.act(number, "archivist", "archive")
    return number
