"""P9 `food-drug-administration`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

ACCEPT = Step(
    "information_centre",
    "accept",
    {
        "conditions": {
            "direct_interest": True,
            "definite": True,
            "in_scope": True,
            "proper_statement": True,
            "in_time": True,
        }
    },
    "accepted",
    {"complainant": ["您的投诉 {} 已受理。"], "leader": ["投诉 {} 已受理。"]},
)
ASSIGN = Step(
    "leader", "assign", {"officers": ["@officer"]}, "investigating", {"officer": ["投诉 {} 已指派，请承办。"]}
)
INSPECT = Step(
    "officer", "inspect", {"findings": "过期。", "done_at": "2026-09-23T09:00:00+08:00"}, "investigating", {}
)
MEDIATE = Step(
    "officer",
    "mediate",
    {
        "participants": "双方",
        "mediated_at": "2026-09-23T09:00:00+08:00",
        "agreement": "agreed",
        "mediation": "达成一致。",
    },
    "investigating",
    {},
)
DECIDE = Step(
    "officer",
    "decide",
    {"opinion": "退款。", "outcome": "mediated", "legal_basis": "食品安全法"},
    "decided",
    {"complainant": ["您的投诉 {} 已作出处理决定：调解解决。"]},
)
FILE = Step(
    "complainant",
    "file",
    {"facts": {"occurred_at": "2026-09-22", "knew_at": "2026-09-22"}},
    "registered",
    {
        "complainant": ["您的投诉 {} 已登记。您可以凭编号和回执查询办理情况。"],
        "information_centre": ["投诉 {} 已登记。"],
    },
)
ARCHIVE = Step("archivist", "archive", {}, "archived", {})
WAIT = Step(
    "complainant",
    "wait",
    {"until": "2026-10-01T00:00:00+08:00"},
    "decided",
    {"complainant": ["您的投诉 {} 已有处理意见，请您答复是否接受。如一直未收到您的答复，本局将按期结案。"]},
)
