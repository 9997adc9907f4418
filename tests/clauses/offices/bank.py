"""A bank in England under its own policy (`docs/examples/uk-financial.yaml`): brings complaints to a stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.kit.instants import from_instant, from_text
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import World

POLICY = (Path(__file__).parents[3] / "docs" / "examples" / "uk-financial.yaml").read_text("utf-8")
WEDNESDAY = "2026-04-01T10:00:00+01:00"
"""Two days before Good Friday."""
LONDON = ZoneInfo("Europe/London")
PAYMENT = {"category": {"kind": "payment_services"}}


def bank_in(world: World) -> Organisation:
    return sign_up_with(world, POLICY)


def local(instant: str) -> str:
    """The instant in London time."""
    return from_instant(from_text(instant)).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


def proposed(bank: Organisation, **filing: Any) -> str:
    number = bank.file(**filing)
    bank.act(number, "agent", "offer", offer="The second fee is paid back.", redress=12)
    return number


def investigated(bank: Organisation, **filing: Any) -> str:
    number = bank.file(**filing)
    bank.act(number, "complaints_manager", "assign", responsible=bank.subs["handler"])
    return number


def answered(bank: Organisation, **filing: Any) -> str:
    number = investigated(bank, **filing)
    bank.act(number, "handler", "inspect", findings="The fee was charged twice.")
    bank.act(number, "handler", "decide", outcome="accepted", text="We pay the second fee back.", redress=12)
    return number


def told(bank: Organisation, who: str, number: str) -> str:
    """The newest English message to this reader about the complaint."""
    bank.world.settle()
    query = f"?complaint={number}" if who == "complainant" else ""
    messages = bank.get(f"/messages{query}", who, number)["messages"]
    return str(next(one["text"]["en"] for one in messages if one["number"] == number))
