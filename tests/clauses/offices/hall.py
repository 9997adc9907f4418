"""P4 `government-service-centre` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.world import World

CONDITIONS = {"in_class": True}
DECISION = {"plan": "增设窗口。", "outcome": "upheld"}


def hall_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "government-service-centre"))


def accepted(hall: Organisation, **filing: Any) -> str:
    number = hall.file(**filing)
    hall.act(number, "reception", "accept", conditions=CONDITIONS)
    return number


def assigned(hall: Organisation) -> str:
    number = accepted(hall)
    hall.act(number, "director", "assign", investigators=[hall.subs["investigator"]])
    return number


def inspected(hall: Organisation) -> str:
    number = assigned(hall)
    hall.act(number, "investigator", "inspect", findings="当日窗口少开一个。")
    return number


def decided(hall: Organisation) -> str:
    number = inspected(hall)
    hall.act(number, "investigator", "decide", **DECISION)
    return number


def closed_and_archived(hall: Organisation, number: str) -> None:
    """After the rating."""
    hall.act(number, "reception", "close", summary="已评价。")
    hall.act(number, "reception", "archive")
