"""P9 `food-drug-administration` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.kit.instants import from_instant, to_text
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.world import World

CONDITIONS = {"direct_interest": True, "definite": True, "in_scope": True, "proper_statement": True}
DECISION = {"opinion": "责令退款。", "outcome": "upheld", "legal_basis": "食品安全法第一百四十八条"}


def bureau_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "food-drug-administration"))


def recent(world: World) -> dict[str, str]:
    """The days of something that happened, and was known, yesterday."""
    yesterday = (from_instant(world.now()) - timedelta(days=1)).date().isoformat()
    return {"occurred_at": yesterday, "knew_at": yesterday}


def filed(bureau: Organisation, channel: str = "oral", **facts: Any) -> str:
    return bureau.file(channel=channel, facts={**recent(bureau.world), **facts})


def accepted(bureau: Organisation, channel: str = "oral") -> str:
    number = filed(bureau, channel)
    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)
    return number


def assigned(bureau: Organisation, channel: str = "oral") -> str:
    number = accepted(bureau, channel)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"]])
    return number


def inspected(bureau: Organisation) -> str:
    number = assigned(bureau)
    bureau.act(number, "officer", "inspect", findings="现场核实，食品已过保质期。")
    return number


def mediation(bureau: Organisation, **changes: Any) -> dict[str, Any]:
    """A mediation of just now without an agreement, or with `changes`."""
    held = {"participants": "投诉人、店主", "mediated_at": to_text(bureau.world.now()), "agreement": "not_agreed"}
    return {**held, **changes}


def mediated(bureau: Organisation, **changes: Any) -> str:
    """Inspected, and mediated between the parties."""
    number = inspected(bureau)
    bureau.act(number, "officer", "mediate", **mediation(bureau, **changes))
    return number


def decided(bureau: Organisation) -> str:
    number = mediated(bureau)
    bureau.act(number, "officer", "decide", **DECISION)
    return number


def settled(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.act(number, "complainant", "agree")
    return number


def disputed(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.act(number, "complainant", "dispute")
    return number


def executed(bureau: Organisation, **fields: Any) -> str:
    number = settled(bureau)
    bureau.act(number, "officer", "execute", **fields)
    return number


def closed(bureau: Organisation) -> str:
    number = executed(bureau)
    bureau.act(number, "officer", "close", handling_record="已退款并处罚。")
    return number
