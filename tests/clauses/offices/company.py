"""P6 `corporate-standard` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.world import World

SIGN = {"general": "slight", "important": "wide_effect", "major": "media"}
WORK_ORDER = {"agent_team": "一组", "agent_number": "0007"}


def of_class(severity: str) -> dict[str, Any]:
    """A filing that says this class, and the sign that a class above general needs."""
    facts = {} if severity == "general" else {f"{severity}_sign": SIGN[severity]}
    return {"severity": severity, "facts": facts}


CONCERNED: dict[str, dict[str, Any]] = {
    "business_unit": {},
    "sales_unit": {"channel": "direct"},
    "service_department": {"category": {"matter": "product_quality", "card": "consumer_card"}},
    "quality_control": {"category": {"matter": "product_quality"}},
    "quality_management": {"category": {"matter": "product_quality"}, **of_class("major")},
}
"""By unit: a filing whose nature concerns it."""


def company_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "corporate-standard"))


def recorded(company: Organisation, **filing: Any) -> str:
    number = company.file(**filing)
    taker = "sales_unit" if filing.get("channel") == "direct" else "agent"
    company.act(number, taker, "accept", **WORK_ORDER)
    return number


def reviewed(company: Organisation, **filing: Any) -> str:
    number = recorded(company, **filing)
    company.act(number, "team_lead", "confirm")
    return number


def forwarded(company: Organisation, to: str = "business_unit", **filing: Any) -> str:
    number = reviewed(company, **{**CONCERNED[to], **filing})
    company.act(number, "team_lead", "forward", to=to)
    return number


def handled(company: Organisation, unit: str = "business_unit", **filing: Any) -> str:
    """A complaint that is assigned to one responsible person."""
    number = forwarded(company, unit, **filing)
    company.act(number, unit, "assign", responsible=company.subs[unit])
    return number


def lowered(company: Organisation, number: str, severity: str, sign: str, *struck: str) -> None:
    """The team lead lowers the class with a reason, strikes the signs, and the business unit approves."""
    fields: dict[str, Any] = {"severity": severity, "sign": sign, "reason": "经核实不属实。"}
    company.act(number, "team_lead", "classify", **fields, **({"struck": list(struck)} if struck else {}))
    company.act(number, "business_unit", "approve")


def decided(company: Organisation, **filing: Any) -> str:
    number = handled(company, **filing)
    company.act(number, "business_unit", "inspect", findings="送货记录显示晚到三天。", truthful=True)
    company.act(number, "business_unit", "decide", solution="退还运费并致歉。", outcome="resolved")
    return number
