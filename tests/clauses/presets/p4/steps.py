"""P4 `government-service-centre`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

ACCEPT = Step(
    "reception",
    "accept",
    {"conditions": {"in_class": True}},
    "accepted",
    {"complainant": ["您的投诉 {} 已受理。"], "director": ["投诉 {} 已受理。"]},
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
        "complainant": ["您的投诉 {} 已作出处理决定：部分属实。处理方案附后，请您对处理结果作出评价。"],
        "reception": ["投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"],
    },
)
ARCHIVE = Step("reception", "archive", {}, "archived", {})
FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    {"complainant": ["您的投诉 {} 已登记。您可以凭编号和回执查询办理情况。"], "reception": ["投诉 {} 已登记。"]},
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
