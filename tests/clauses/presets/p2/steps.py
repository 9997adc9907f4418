"""P2 `auto-repair`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

CUSTOMER_ACCEPTED = "投诉 {}：客户已接受处理意见，约定的返修时间为 2026年11月28日（周六）10:00。"
OFFER_MADE = (
    "我们已就您的投诉 {} 提出处理意见，请您于 2026年12月11日（周五）24:00 前答复是否接受。"
    "届时未收到您的答复的，我们将结案；结案后您仍可答复。"
)
ANSWER_BY = (
    "我们已就您的投诉 {} 提出处理意见，尚未收到您的答复，请您于 2026年12月11日（周五）24:00 前答复是否接受；"
    "逾期未答复的，我们将结案。"
)
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
    {"customer_service": ["投诉 {} 已认定责任，请向客户提出处理意见。"]},
)
OFFER = Step(
    "general_manager",
    "offer",
    {"offer": "周六返修。", "apology": "sincere", "rework": "our_cost"},
    "offered",
    {"complainant": [OFFER_MADE]},
)
IF_NOT_AGREED = "如您对结果有异议，请您告知我们，我们将重新提出处理意见。"
TELL_US_WHY = "请您告知我们异议所在，我们将重新提出处理意见。"
ARCHIVE = Step("customer_service", "archive", {}, "archived", {})
WAIT = Step(
    "complainant",
    "wait",
    {"until": "2026-12-05T00:00:00+08:00"},
    "offered",
    {"complainant": [ANSWER_BY]},
)
