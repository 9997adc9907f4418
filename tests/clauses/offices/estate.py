"""P7 `property-management` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import World

NOTIFIED = {"to": "service_supervisor", "person": "王主任"}


def estate_in(world: World) -> Organisation:
    return sign_up(world, "property-management")


def forwarded(estate: Organisation, **filing: Any) -> str:
    number = estate.file(**filing)
    estate.act(number, "service_centre", "forward", **NOTIFIED)
    return number


def handled(estate: Organisation, **filing: Any) -> str:
    number = forwarded(estate, **filing)
    estate.act(number, "service_supervisor", "assign", responsible=estate.subs["management_office"])
    return number


def replied(estate: Organisation, **filing: Any) -> str:
    number = handled(estate, **filing)
    estate.act(number, "management_office", "reply", text="灯已换好。")
    return number


def decided(estate: Organisation, **filing: Any) -> str:
    number = replied(estate, **filing)
    estate.act(number, "service_centre", "decide", opinion="已修复并回访。", outcome="valid")
    return number
