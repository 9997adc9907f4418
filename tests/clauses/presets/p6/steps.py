"""P6 `corporate-standard`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

MOVED = {"complainant": ["您的投诉 {} 的期限有变动。"]}

SUPPORT = "投诉 {} 需要配合处理，请对接相关负责人，并于 2026年11月30日（周一）18:00 前提交配合情况。"
SAMPLE_WANTED = "投诉 {} 需要样本检测，请对接相关负责人，并于 2026年12月2日（周三）18:00 前提交检测分析结果。"
CLOSED_AFTER_DISPUTE = "您对投诉 {} 处理结果提出的异议，我们已研究，现予结案，理由附后。"
RETURNED = "投诉 {} 的工单未通过审核，已退回，请按退回理由补正后重新提交。"
DECIDED = (
    "您的投诉 {} 已有处理结果，内容附后。请您答复是否接受；2026年12月11日（周五）24:00 前未答复的，我们将予以结案。"
)
PLEASE_ANSWER = "您的投诉 {} 已有处理结果，请您答复是否接受；2026年12月11日（周五）24:00 前未答复的，我们将予以结案。"
ACCEPTED_RESULT = "投诉 {}：客户已接受处理结果，请办理结案。"
DISPUTED = "投诉 {}：客户不接受处理结果，已交班长坐席决定。"
TO_SETTLE = "投诉 {}：客户不接受处理结果，请在 2026年11月30日（周一）18:00 前决定重新处理或结案。"
"""What people read of a case that was decided on 2026-11-27, with `{}` for the number."""


def to_review(until: str) -> str:
    return f"投诉 {{}} 的工单已提交，请审核；投诉须在 {until} 前处理完毕。"


def passed_on(until: str) -> str:
    return f"投诉 {{}} 已转致本部门，请落实责任人，并在 {until} 前处理完毕。"


GENERAL, IMPORTANT, MAJOR = "2026年11月28日（周六）09:00", "2026年11月27日（周五）15:00", "2026年11月27日（周五）21:00"
"""The due time by class."""


def accepted(until: str) -> Step:
    fields = {"agent_team": "一组", "agent_number": "0007"}
    return Step("agent", "accept", fields, "recorded", {"team_lead": [to_review(until)]})


CONFIRM = Step("team_lead", "confirm", {}, "reviewed", {})
ASSIGN = Step(
    "business_unit",
    "assign",
    {"responsible": "@business_unit"},
    "handling",
    {"business_unit": ["投诉 {} 已指派，请承办。"]},
)
