"""P9 `food-drug-administration`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

REGISTERED = "您的投诉 {} 已登记。信息中心将在2026年10月8日（周四）18:00前完成初审，并告知您是否受理。"
ACCEPTED = "您的投诉 {} 已受理，本局将在2026年10月8日（周四）18:00前作出处理决定。"
"""Of an oral complaint of Wednesday 2026-09-23, five working days before the holidays' end."""
BY_PETITION = ACCEPTED.replace("2026年10月8日（周四）", "2026年10月14日（周三）")
DECIDED = (
    "您的投诉 {} 已作出处理决定，处理意见附后，请您答复是否接受。接受的，本局将予执行；"
    "不接受的，您可向市食品药品监督管理局相关部门作进一步投诉。15 天内未收到您的答复的，本局将结案，结案后您仍可答复。"
)
AGREED = "您已接受投诉 {} 的处理意见，本局将予执行并告知您。执行之前，您仍可改变意见。"
ASKED_AGAIN = "您的投诉 {} 已有处理意见，请您答复是否接受。如一直未收到您的答复，本局将按期结案。"
"""Messages to the complainant."""
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
    {"complainant": [ACCEPTED], "leader": ["投诉 {} 已受理，请指派执法人员。"]},
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
    {"complainant": [DECIDED]},
)
FILE = Step(
    "complainant",
    "file",
    {"facts": {"occurred_at": "2026-09-22", "knew_at": "2026-09-22"}},
    "registered",
    {"complainant": [REGISTERED], "information_centre": ["投诉 {} 已登记，请进行初审。"]},
)
ARCHIVE = Step("archivist", "archive", {}, "archived", {})
WAIT = Step(
    "complainant",
    "wait",
    {"until": "2026-10-01T00:00:00+08:00"},
    "decided",
    {"complainant": ["您的投诉 {} 已有处理意见，请您答复是否接受。如一直未收到您的答复，本局将按期结案。"]},
)
