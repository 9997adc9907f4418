"""P5 `telecom-regulator`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step
from tests.clauses.offices.regulator import WANTED

SUPPLEMENT_TO_REGISTERED = Step(
    "complainant",
    "supplement",
    {"statement": "补充通话时间。"},
    "registered",
    {"complaint_centre": ["投诉 {} 已补充材料。"]},
)
RECEIVE_EVIDENCE_BY_COMPLAINT_CENTRE = Step(
    "complaint_centre",
    "receive_evidence",
    {"papers": "账单一份。"},
    "registered",
    {"complainant": ["您的投诉 {}：我们已收到证据材料，将予以核对。"]},
)
ACCEPT = Step(
    "complaint_centre",
    "accept",
    {},
    "accepted",
    {"complainant": ["您的投诉 {} 已受理。"], "director": ["投诉 {} 已受理。"]},
)
ASSIGN = Step(
    "complaint_centre",
    "assign",
    {"inspectors": ["@inspector"]},
    "inquiring",
    {"inspector": ["投诉 {} 已指派，请承办。"]},
)
DEMAND_EVIDENCE = Step(
    "inspector",
    "demand_evidence",
    {**WANTED, "of": "respondent", "kinds": ["contract"]},
    "inquiring",
    {"inspector": ["投诉 {} 的通信服务提供商不在系统内，请将举证链接转交提供商，并记录要求举证的方式和答复情况。"]},
)
ASK_OTHERWISE = Step("inspector", "notify", {"asked_how": "电话联系。", "came_back": "称已寄出。"}, "inquiring", {})
RECEIVE_EVIDENCE_BY_INSPECTOR = Step(
    "inspector", "receive_evidence", {"received": "合同一份。", "told_back": "电话告知。"}, "inquiring", {}
)
SUPPLEMENT_TO_INQUIRING = Step(
    "complainant",
    "supplement",
    {"statement": "补充合同。"},
    "inquiring",
    {"inspector": ["投诉 {} 已补充材料。"]},
)
INSPECT = Step(
    "inspector",
    "inspect",
    {"findings": "计费系统有误。", "done_at": "2026-11-27T09:00:00+08:00"},
    "inquiring",
    {},
)
HEARD = [
    Step(
        "inspector",
        "demand_evidence",
        {"notice": "拟罚款。", "asked_how": "挂号信。", "contact": "reached"},
        "found_outside",
        DEMAND_EVIDENCE.told,
    ),
    Step(
        "complainant",
        "wait",
        {"until": "2026-12-01T18:00:00+08:00"},
        "found_outside",
        {"inspector": ["投诉 {} 的举证期限已过，尚无被投诉方答复的记录。如已收到或后续收到答复，请登记。"]},
    ),
]
"""A provider outside the system is told what was found, and stays silent."""
FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    {
        "complainant": [
            "您的投诉 {} 已登记。请您于 2026年12月4日（周五）18:00 前提供至少一份证据材料，"
            "例如通信服务合同、通信账单或通信记录。",
            "为核实您的投诉 {}，需要您提供证据。",
        ],
        "complaint_centre": ["投诉 {} 已登记。"],
    },
)
