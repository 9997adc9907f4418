"""P3 `auto-repair-forms` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.world import World

FILLED = {"form_filler": "示例客户经理"}
REVIEW = {"rule": "《质量考核办法》第三条", "negligence": "轻微过失。"}
OBJECTION = {"rule": "《质量考核办法》第三条", "objection": "责任划分不清。"}
FINDING = {"finding": "ours", "opinion": "返修并致歉。", "department_view": "班组认可。"}
FORM = {"accountability": "班组扣分。", "talk": "已面谈。", "form": "最终处理单一份。"}


STAFF_SAY = {"filler": "示例接待员", "summary": "空调维修后仍不制冷", "apologised": True, "nature": "quality"}
"""What only staff say of a complaint."""


def workshop_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "auto-repair-forms"))


def by_customer(workshop: Organisation, **filing: Any) -> str:
    """A complaint that a customer files alone."""
    facts = {name: None for name in STAFF_SAY if name != "nature"} | filing.pop("facts", {})
    return workshop.file(auth="", category={}, facts=facts, **filing)


def reported(workshop: Organisation, **filing: Any) -> str:
    number = workshop.file(**filing)
    workshop.act(number, "staff", "forward", to="customer_manager")
    return number


def filled(workshop: Organisation, **filing: Any) -> str:
    """A reported complaint whose form is filled in."""
    number = reported(workshop, **filing)
    workshop.act(number, "customer_manager", "accept", **FILLED)
    return number


def found(workshop: Organisation, **filing: Any) -> str:
    number = filled(workshop, **filing)
    workshop.act(number, "customer_manager", "find_liability", **FINDING)
    return number


def handed_over(workshop: Organisation, **fields: Any) -> str:
    number = found(workshop)
    workshop.act(number, "customer_manager", "forward", to="management", **fields)
    return number


def confirmed(workshop: Organisation, **fields: Any) -> str:
    number = handed_over(workshop, **fields)
    workshop.act(number, "management", "confirm", **REVIEW)
    return number


def decided(workshop: Organisation, **fields: Any) -> str:
    number = confirmed(workshop, **fields)
    workshop.act(number, "management", "notify")
    workshop.act(number, "general_manager", "decide", final_opinion="同意。", outcome="resolved")
    return number


def executed(workshop: Organisation, **fields: Any) -> str:
    number = decided(workshop, **fields)
    workshop.act(number, "management", "execute", **FORM)
    return number


def closed(workshop: Organisation, **fields: Any) -> str:
    number = executed(workshop, **fields)
    workshop.act(number, "management", "close", note="已转客服中心。")
    return number


def parked(workshop: Organisation, reason: str = "parts_delay", **filing: Any) -> str:
    number = reported(workshop, **filing)
    workshop.act(number, "customer_manager", "park", reason=reason, asked="done")
    workshop.act(number, "general_manager", "approve")
    return number
