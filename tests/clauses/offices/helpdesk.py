"""P8 `customer-service` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.world import World

DEMAND = {"of": "complainant", "wanted": "购买发票的照片。", "why": "用于核实保修期。"}
FOUND = {"findings": "批次轴承有砂眼。", "root_cause": "供应商换了料。", "cause": "supplier"}


def helpdesk_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "customer-service"))


def assigned(helpdesk: Organisation, to: str = "after_sales", **filing: Any) -> str:
    number = helpdesk.file(**filing)
    helpdesk.act(number, "agent", "assign", responsible=[helpdesk.subs[to]])
    return number


def inspected(helpdesk: Organisation, **filing: Any) -> str:
    number = assigned(helpdesk, **filing)
    helpdesk.act(number, "after_sales", "inspect", **FOUND)
    return number


def offered(helpdesk: Organisation, remedies: tuple[str, ...] = ("refund",), **more: Any) -> str:
    number = inspected(helpdesk)
    fields = {"amount": 128.5, **more}
    helpdesk.act(number, "after_sales", "offer", remedies=list(remedies), offer="如下。", **fields)
    return number


def executed(helpdesk: Organisation, **filing: Any) -> str:
    number = inspected(helpdesk, **filing)
    helpdesk.act(number, "after_sales", "offer", remedies=["refund"], offer="如下。", amount=128.5)
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")
    return number
