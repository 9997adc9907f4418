"""P8 `customer-service`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step
from tests.clauses.offices.helpdesk import DEMAND

ASSIGN = Step(
    "agent",
    "assign",
    {"responsible": ["@after_sales"]},
    "assigned",
    {"after_sales": ["投诉 {} 已指派，请承办。"]},
)
DEMAND_EVIDENCE = Step(
    "after_sales",
    "demand_evidence",
    DEMAND,
    "assigned",
    {"complainant": ["为核实您的投诉 {}，需要您提供证据。"]},
)
RECEIVE_EVIDENCE = Step("after_sales", "receive_evidence", {"received": "发票一张。"}, "assigned", {})
INSPECT = Step(
    "after_sales",
    "inspect",
    {"findings": "零件损坏。", "root_cause": "批次问题。", "cause": "supplier", "done_at": "2026-11-27T09:00:00+08:00"},
    "investigated",
    {},
)
OFFER = Step(
    "after_sales",
    "offer",
    {"remedies": ["refund"], "offer": "全额退款。", "amount": 128.5},
    "offered",
    {"complainant": ["我们已就您的投诉 {} 提出解决方案，请您答复是否接受。"]},
)
AGREE = Step("complainant", "agree", {}, "agreed", {"after_sales": ["投诉 {}：投诉人已接受解决方案。"]})
ARCHIVE = Step("agent", "archive", {}, "archived", {})
FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    {
        "after_sales": ["投诉 {} 已登记。"],
        "agent": ["投诉 {} 已登记。"],
        "complainant": ["您的投诉 {} 已登记。您可以凭编号和回执查询办理情况。"],
    },
)
WAIT = Step(
    "complainant",
    "wait",
    {"until": "2026-12-05T00:00:00+08:00"},
    "offered",
    {"complainant": ["我们已就您的投诉 {} 提出解决方案，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"]},
)
