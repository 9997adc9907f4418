"""P6 `corporate-standard`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

MOVED = {"complainant": ["您的投诉 {} 的期限有变动。"]}


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
