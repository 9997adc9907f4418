"""P6 `corporate-standard`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

ACCEPT = Step(
    "agent",
    "accept",
    {"agent_team": "一组", "agent_number": "0007"},
    "recorded",
    {"team_lead": ["投诉 {} 已受理。"]},
)
CONFIRM = Step("team_lead", "confirm", {}, "reviewed", {})
ASSIGN = Step(
    "business_unit",
    "assign",
    {"responsible": "@business_unit"},
    "handling",
    {"business_unit": ["投诉 {} 已指派，请承办。"]},
)
