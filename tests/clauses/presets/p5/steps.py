"""P5 `telecom-regulator`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step
from tests.clauses.offices.regulator import WANTED

ACCEPTED = "您的投诉 {} 已受理，投诉中心将进行核实和调查，并于 2026年12月27日（周日）24:00 前告知您处理结果。"
DECIDED_UPHELD = "您的投诉 {} 经核实，通信服务提供商存在违规行为，已依法处罚并责令整改。处理结果附后。"
DECIDED_NOT_UPHELD = "您的投诉 {} 经核实，通信服务提供商不存在违规行为。处理结果附后。"
WITHOUT_EVIDENCE = "您的投诉 {} 因一直未收到证据材料，不予受理。您仍可补交，收到后将重新审查是否受理。"
OVERDUE = (
    "您的投诉 {} 尚未收到证据材料。您仍可补交，收到后将审查是否受理；2026年12月18日（周五）18:00 前仍"
    "未补交的，不予受理。"
)
"""What the consumer of 2026-11-27 at 9:00 is told, with `{}` for the number; accepted on the same day."""

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
    {"complainant": [ACCEPTED], "director": ["投诉 {} 已受理，请指派执法人员。"]},
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
PASS_ON = "投诉 {} 的通信服务提供商不在系统内，请将举证链接转交提供商；如其以其他方式陈述申辩，请予登记。"
HEARD = [
    Step(
        "inspector",
        "demand_evidence",
        {"notice": "拟罚款。", "asked_how": "挂号信。", "contact": "reached"},
        "found_outside",
        {"inspector": [PASS_ON]},
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
            "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理。",
        ],
        "complaint_centre": ["投诉 {} 已登记，等待消费者提供证据材料；收到后请决定是否受理。"],
    },
)
