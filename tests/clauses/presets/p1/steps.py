"""P1 `platform`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

ACCEPT = Step(
    "screener",
    "accept",
    {"responsible": "@handler"},
    "investigating",
    {"complainant": ["您的投诉 {} 已受理。"], "handler": ["投诉 {} 已受理并指派，请作为责任方迅速处理。"]},
)
LAPSED = {"handler": ["投诉 {} 的举证期限已过，未收到证据。"]}
"""The complainant gave no evidence after the filing."""
WAIT = Step("complainant", "wait", {"until": "2026-11-28T09:00:00+08:00"}, "investigating", LAPSED)
DECIDE = Step(
    "handler",
    "decide",
    {"opinion": "商家退款。", "outcome": "upheld", "sanctions": ["penalty"]},
    "decided",
    {
        "complainant": ["您的投诉 {} 已作出处理决定：投诉成立。"],
        "seller": ["针对您的投诉 {} 经核实成立，如有警告、处罚，请见该投诉的办理记录。"],
    },
)
FILE = Step(
    "complainant",
    "file",
    {"unit": "seller"},
    "registered",
    {
        "complainant": [
            "您的投诉 {} 需要您提供证据，请于2026-11-28（周六）09:00前（北京时间）提交。",
            "您的投诉 {} 已登记。",
        ],
        "screener": ["投诉 {} 已登记。"],
    },
)
