"""P2 `auto-repair`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

ASSIGN = Step(
    "customer_service",
    "assign",
    {"responsible": ["@service_adviser"]},
    "handling",
    {"service_adviser": ["投诉 {} 已指派，请承办。"]},
)
TICK = Step("customer_service", "tick", {"item": "1"}, "handling", {})
INSPECT = Step(
    "technical_manager",
    "inspect",
    {"findings": "滤芯未更换。", "done_at": "2026-11-27T09:00:00+08:00"},
    "handling",
    {},
)
FIND_LIABILITY = Step(
    "service_manager",
    "find_liability",
    {"finding": "ours"},
    "found",
    {"customer_service": ["投诉 {} 已认定责任。"]},
)
OFFER = Step(
    "general_manager",
    "offer",
    {"offer": "周六返修。", "apology": "sincere", "rework": "our_cost"},
    "offered",
    {"complainant": ["我们已就您的投诉 {} 提出处理意见，请您答复是否接受。"]},
)
IF_NOT_AGREED = "如您对结果有异议，请您告知我们，我们将重新提出处理意见。"
TELL_US_WHY = "请您告知我们异议所在，我们将重新提出处理意见。"
ARCHIVE = Step("customer_service", "archive", {}, "archived", {})
WAIT = Step(
    "complainant",
    "wait",
    {"until": "2026-12-05T00:00:00+08:00"},
    "offered",
    {"complainant": ["我们已就您的投诉 {} 提出处理意见，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"]},
)
