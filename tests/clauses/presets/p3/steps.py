"""P3 `auto-repair-forms`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    {"complainant": ["您的投诉 {} 已登记。您可以凭编号和回执查询办理情况。"], "service_centre": ["投诉 {} 已登记。"]},
)
FORWARD_BY_STAFF = Step(
    "staff",
    "forward",
    {"to": "customer_manager"},
    "handling",
    {"customer_manager": ["投诉 {} 已送达，请处理。"]},
)
ACCEPT = Step(
    "customer_manager",
    "accept",
    {"form_filler": "李经理", "form_summary": "空调不制冷。"},
    "handling",
    {
        "customer_manager": ["投诉 {} 的《客户信息反馈处理单》已填写。"],
        "service_centre": ["投诉 {} 的《客户信息反馈处理单》已填写。"],
    },
)
FIND_LIABILITY = Step(
    "customer_manager",
    "find_liability",
    {"finding": "ours", "opinion": "返修。", "department_view": "班组认可。"},
    "handling",
    {"customer_manager": ["投诉 {} 已认定责任。"], "respondent_department": ["投诉 {} 已认定责任。"]},
)
FORWARD_BY_CUSTOMER_MANAGER = Step(
    "customer_manager",
    "forward",
    {"to": "management", "contacted": True, "return_visit_wanted": True},
    "review",
    {"management": ["投诉 {} 已送达，请处理。"]},
)
NOTIFY = Step(
    "management",
    "notify",
    {},
    "final_opinion",
    {"general_manager": ["投诉 {} 的复核结果已上报，请给出处理意见。"]},
)
DECIDE = Step(
    "general_manager",
    "decide",
    {"final_opinion": "同意。", "outcome": "resolved"},
    "accountability",
    {
        "customer_manager": ["投诉 {} 已作出处理决定：已解决。"],
        "management": ["投诉 {} 已作出处理决定：已解决。"],
        "respondent_department": ["投诉 {} 已作出处理决定：已解决。"],
    },
)
ARCHIVE = Step("service_centre", "archive", {}, "archived", {})
