"""P4 `government-service-centre`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

FILED = (
    "您的投诉 {} 已登记，本中心将审查是否受理。予以受理的，将于 2026年12月2日（周三）18:00 前完成调查并作出处理决定。"
)
ACCEPTED = "您的投诉 {} 已受理，本中心将于 2026年12月2日（周三）18:00 前完成调查并作出处理决定。"
REFUSED_CLASS = (
    "您的投诉 {} 不属于三类受理范围，不予受理，具体说明附后。如您有异议，可以提出一次，并写明您认为属"
    "于的类别，由中心负责人决定是否受理。"
)
REFUSED_MATTER = (
    "您的投诉 {} 所选类别与投诉内容不符，不属于受理范围，不予受理，具体说明附后。如您有异议，可以提出"
    "一次，并写明您认为属于的类别，由中心负责人决定是否受理。"
)
REFUSED_AGAIN = "您对投诉 {} 不予受理提出的异议，经中心负责人审查，仍不予受理，具体说明附后。"
PLEASE_RATE = (
    "您的投诉 {} 已作出处理决定，请您对处理结果作出评价；2027年2月25日（周四）24:00 前未评价的，本中心将予以结案。"
)
CLOSED_UNRATED = "您的投诉 {} 因一直未收到您的评价，已结案。您仍可作出评价；如您对处理结果有异议，也可申请重新处理。"
DECIDED_UPHELD = (
    "您的投诉 {} 已作出处理决定：投诉属实。处理方案附后，请您对处理结果作出评价；2027年2月25日（周四）"
    "24:00 前未评价的，本中心将予以结案。"
)
DECIDED_PARTLY = (
    "您的投诉 {} 已作出处理决定：部分属实。处理方案附后，请您对处理结果作出评价；2027年2月25日（周四）"
    "24:00 前未评价的，本中心将予以结案。"
)
"""What the complainant of 2026-11-27 at 9:00 is told, with `{}` for the number; a decision of the same day."""

ACCEPT = Step(
    "reception",
    "accept",
    {"conditions": {"in_class": True}},
    "accepted",
    {"complainant": [ACCEPTED], "director": ["投诉 {} 已受理，请指派调查人员。"]},
)
ASSIGN = Step(
    "director",
    "assign",
    {"investigators": ["@investigator"]},
    "investigating",
    {"investigator": ["投诉 {} 已指派，请承办。"]},
)
INSPECT = Step(
    "investigator",
    "inspect",
    {"findings": "少开一个窗口。", "done_at": "2026-11-27T09:00:00+08:00"},
    "investigating",
    {},
)
DECIDE = Step(
    "investigator",
    "decide",
    {"plan": "增设窗口。", "outcome": "partly_upheld"},
    "decided",
    {
        "complainant": [DECIDED_PARTLY],
        "reception": ["投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"],
    },
)
ARCHIVE = Step("reception", "archive", {}, "archived", {})
FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    {"complainant": [FILED], "reception": ["投诉 {} 已登记，请审查是否受理。"]},
)
FOLLOWED_UP = "本中心已就您的投诉 {} 的处理结果向您反馈，欢迎您评价处理结果。上次反馈以来的进展："
_FEEDBACK = {"task": "#task", "feedback": "已电话告知。"}
DO_TASK = Step(
    "reception",
    "do_task",
    _FEEDBACK,
    "decided",
    {"complainant": [FOLLOWED_UP + "登记、受理、指派、调查核实、作出处理决定。"]},
)
DO_TASK_AGAIN = Step("reception", "do_task", _FEEDBACK, "decided", {"complainant": [FOLLOWED_UP + "暂无。"]})
