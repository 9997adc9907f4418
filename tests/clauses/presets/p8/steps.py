"""P8 `customer-service`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step
from tests.clauses.offices.helpdesk import DEMAND

RECEIVED = "感谢您的反馈。您的投诉 {} 已接收，我们将在2026年11月28日（周六）09:00前首次回应您。"
RESPONDED = "关于您的投诉 {}，我们的回应附后。"
OFFERED = (
    "关于您的投诉 {}，我们提出的解决方案附后，请您答复是否接受。您不接受的，我们将重新提出方案；"
    "14 天内未收到您的答复的，我们将结案，结案后您仍可答复。"
)
ACCEPTED = "您已接受投诉 {} 的解决方案，我们将在{}前执行。执行之前，您仍可改变意见。"
"""Messages to the customer. The complaint was filed on the morning of Friday 2026-11-27."""
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
    {"complainant": ["为核实您的投诉 {}，需要您提供证据，请您于2026年12月2日（周三）18:00前（北京时间）提交。"]},
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
    {"complainant": [OFFERED]},
)
AGREE = Step(
    "complainant",
    "agree",
    {},
    "agreed",
    {
        "after_sales": ["投诉 {}：客户已接受解决方案，请执行。"],
        "complainant": [ACCEPTED.format("{}", "2026年12月4日（周五）18:00")],
    },
)
ARCHIVE = Step("agent", "archive", {}, "archived", {})
FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    {
        "after_sales": ["投诉 {} 已登记。"],
        "agent": ["投诉 {} 已登记。"],
        "complainant": [RECEIVED],
    },
)
WAIT = Step(
    "complainant",
    "wait",
    {"until": "2026-12-05T00:00:00+08:00"},
    "offered",
    {"complainant": ["我们已就您的投诉 {} 提出解决方案，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"]},
)
