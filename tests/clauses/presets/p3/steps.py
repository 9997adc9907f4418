"""P3 `auto-repair-forms`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

REGISTERED = {
    "complainant": ["您的投诉 {} 已登记，我们将于 2026年11月28日（周六）09:00 前认定责任并提出处理意见。"],
    "service_centre": ["投诉 {} 已登记，请确认已向客户道歉并记录，于 2026年11月27日（周五）10:00 前上报。"],
}
TO_REVIEW = (
    "投诉 {} 的《客户信息反馈处理单》已转管理部，请根据公司文件复核处理意见，并报主管总经理，"
    "于 2026年11月27日（周五）13:00 前完成反馈。"
)
TO_THE_MANAGER = (
    "投诉 {} 已上报客户经理，请填写《客户信息反馈处理单》，并协同被反馈部门完成责任认定和处理意见，"
    "于 2026年11月28日（周六）09:00 前转管理部。"
)
TO_THE_CENTRE = (
    "投诉 {} 已上报客户服务中心，请编号并填写《客户信息反馈处理单》，于 2026年11月27日（周五）18:00 前完成。"
)
FORM_FOLLOWS = (
    "投诉 {} 的责任追究和过失沟通已完成，最终《客户信息反馈处理单》将于 2026年11月27日（周五）24:00 前转客户服务中心。"
)
OPINION_GIVEN = "主管总经理已对投诉 {} 给出处理意见，请查看并按该意见执行。"
ENFORCE = (
    "主管总经理已对投诉 {} 给出处理意见，请于 2026年11月27日（周五）17:00 前实施责任追究、进行过失沟通，"
    "并完成最终《客户信息反馈处理单》。"
)
HANDED_OVER = "投诉 {} 已处理完毕，最终《客户信息反馈处理单》已转客户服务中心，请归档。"
COME_BY = (
    "您的投诉 {} 仍为未了事宜，请您在方便时直接找客户经理解决。如您在 2027年5月26日（周三）24:00 前仍未来店，"
    "我们将结案；结案后您仍可联系我们。"
)
FILE = Step(
    "complainant",
    "file",
    {},
    "registered",
    REGISTERED,
)
FORWARD_BY_STAFF = Step(
    "staff",
    "forward",
    {"to": "customer_manager"},
    "handling",
    {"customer_manager": [TO_THE_MANAGER]},
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
    {"management": [TO_REVIEW]},
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
        "customer_manager": [OPINION_GIVEN],
        "management": [ENFORCE],
        "respondent_department": [OPINION_GIVEN],
    },
)
ARCHIVE = Step("service_centre", "archive", {}, "archived", {})
