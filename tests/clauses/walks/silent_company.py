"""The work of P6 `corporate-standard`, who can be silent, and the deadline that runs out then."""

from __future__ import annotations

from functools import partial

from tests.clauses.offices import company as at
from tests.clauses.organisation import Organisation
from tests.clauses.walks.silence import Silence
from tests.clauses.walks.working import Step, Work

LADDER = (("team_lead",), ("business_unit",))
CLOSING = {"summary": "已退款。"}
UNITS = tuple(at.CONCERNED)
INSPECTION = {"findings": "送货记录显示晚到三天。", "truthful": True, "sample_test": "抽样检测合格。"}


def work_of(company: Organisation) -> Work:
    def by_unit(act: str, **fields: object) -> list[Step]:
        return [(unit, act, fields) for unit in UNITS]

    return {
        "registered": [("agent", "accept", at.WORK_ORDER), ("sales_unit", "accept", at.WORK_ORDER)],
        "recorded": [("team_lead", "confirm", {})],
        "reviewed": [("team_lead", "forward", {"to": "business_unit"})],
        "forwarded": [(unit, "assign", {"responsible": company.subs[unit]}) for unit in UNITS],
        "handling": [
            *by_unit("inspect", **INSPECTION),
            *by_unit("decide", solution="退还运费并致歉。", outcome="resolved"),
        ],
        "decided": [("complainant", "agree", {}), ("agent", "close", CLOSING), ("sales_unit", "close", CLOSING)],
        "closed": [("agent", "archive", {}), ("sales_unit", "archive", {})],
    }


def taken_by_sales(company: Organisation) -> str:
    return company.file(channel="direct")


def inspected(company: Organisation) -> str:
    number = at.handled(company)
    company.act(number, "business_unit", "inspect", **INSPECTION)
    return number


def asked(company: Organisation, department: str) -> str:
    """The person responsible asked this department to take part."""
    number = at.handled(company)
    company.act(number, "business_unit", "notify", asked=department, request="请配合。")
    return number


def disputed(company: Organisation) -> str:
    number = at.decided(company)
    company.act(number, "complainant", "dispute", reason="没有赔偿")
    return number


def agreed(company: Organisation) -> str:
    number = at.decided(company)
    company.act(number, "complainant", "agree")
    return number


def closed(company: Organisation) -> str:
    number = agreed(company)
    company.act(number, "agent", "close", **CLOSING)
    return number


TAKEN_UP = ("team_lead", "reopen", {"reason": "没有赔偿"})
SILENCES = [
    Silence("registered", Organisation.file, "agent", "accept", "resolution"),
    Silence("registered", taken_by_sales, "sales_unit", "accept", "resolution"),
    Silence("recorded", at.recorded, "team_lead", "confirm", "resolution"),
    Silence("reviewed", at.reviewed, "team_lead", "forward", "resolution"),
    *(Silence("forwarded", partial(at.forwarded, to=unit), unit, "assign", "resolution") for unit in UNITS),
    *(Silence("handling", partial(at.handled, unit=unit), unit, "inspect", "resolution") for unit in UNITS),
    Silence("handling", inspected, "business_unit", "decide", "resolution"),
    Silence("handling", partial(asked, department="support_department"), "support_department", "reply", "resolution"),
    Silence("handling", partial(asked, department="quality_control"), "quality_control", "execute", "resolution"),
    Silence("disputed", disputed, "team_lead", "reopen", "dispute_answer", instead=[TAKEN_UP]),
    Silence("decided", agreed, "agent", "close", "accepted_case"),
    Silence("closed", closed, "agent", "archive", "archiving"),
]
