"""P6 `corporate-standard`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.steps import (
    ACCEPTED_RESULT,
    ASSIGN,
    CONFIRM,
    DECIDED,
    DISPUTED,
    GENERAL,
    IMPORTANT,
    MAJOR,
    MOVED,
    RETURNED,
    SAMPLE_WANTED,
    SUPPORT,
    TO_SETTLE,
    accepted,
    passed_on,
    to_review,
)

COURSES = {
    "P6.1 P6.2 P6.3 P6.5: returned, handed on, supported and decided": [
        Step(
            "complainant",
            "file",
            {"channel": "letter"},
            "registered",
            {
                "agent": ["投诉 {} 已登记，请记录详细信息并提交《客户投诉处理工单》。"],
                "complainant": ["您的投诉 {} 已登记，我们承诺在 2026年11月28日（周六）09:00 前处理完毕。"],
            },
        ),
        Step("agent", "classify", {"severity": "important", "sign": "wide_effect"}, "registered", MOVED),
        accepted(IMPORTANT),
        Step("team_lead", "object", {"reason": "地址不完整。"}, "registered", {"agent": [RETURNED]}),
        accepted(IMPORTANT),
        CONFIRM,
        Step("team_lead", "forward", {"to": "sales_unit"}, "forwarded", {"sales_unit": [passed_on(IMPORTANT)]}),
        Step(
            "sales_unit",
            "forward",
            {"pass_to": "business_unit", "reason": "属业务部门。"},
            "forwarded",
            {"business_unit": [passed_on(IMPORTANT)], "team_lead": ["投诉 {} 已转交其他部门处理。"]},
        ),
        ASSIGN,
        Step(
            "business_unit",
            "notify",
            {"asked": "support_department", "request": "提供记录。"},
            "handling",
            {"support_department": [SUPPORT]},
        ),
        Step(
            "support_department",
            "reply",
            {"contribution": "已提供。"},
            "handling",
            {"business_unit": ["投诉 {} 的配合部门已提交配合情况，请查阅。"]},
        ),
        Step(
            "business_unit",
            "notify",
            {"asked": "quality_control", "request": "检测样本。"},
            "handling",
            {"quality_control": [SAMPLE_WANTED]},
        ),
        Step(
            "quality_control",
            "execute",
            {"sample_test": "合格。", "test_report": "报告一份。"},
            "handling",
            {"business_unit": ["投诉 {} 的样本检测结果已提交，请查阅。"]},
        ),
        Step(
            "business_unit",
            "inspect",
            {"findings": "晚到三天。", "truthful": True, "done_at": "2026-11-27T09:00:00+08:00"},
            "handling",
            {},
        ),
        Step(
            "business_unit",
            "decide",
            {"solution": "退运费。", "outcome": "compensated"},
            "decided",
            {"agent": ["投诉 {} 已作出处理决定：已赔偿。"], "complainant": [DECIDED]},
        ),
        Step(
            "complainant",
            "dispute",
            {"reason": "金额不对。"},
            "disputed",
            {"agent": [DISPUTED], "business_unit": [DISPUTED], "team_lead": [TO_SETTLE]},
        ),
        Step(
            "team_lead",
            "reopen",
            {"reason": "重新核算。"},
            "handling",
            {
                "agent": ["投诉 {} 现重新处理，请于2026年11月27日（周五）15:00前（北京时间）完成。"],
                "business_unit": ["投诉 {} 现重新处理，请于2026年11月27日（周五）15:00前（北京时间）完成。"],
                "complainant": ["您的投诉 {} 现重新处理。"],
            },
        ),
        Step("business_unit", "inspect", {"findings": "金额有误。", "truthful": True}, "handling", {}),
        Step(
            "business_unit",
            "decide",
            {"solution": "补退。", "outcome": "resolved"},
            "decided",
            {"agent": ["投诉 {} 已作出处理决定：已解决。"], "complainant": [DECIDED]},
        ),
        Step("complainant", "agree", {}, "decided", {"agent": [ACCEPTED_RESULT]}),
        Step("team_lead", "close", {"summary": "已退费。"}, "closed", {"complainant": ["您的投诉 {} 已结案。"]}),
        Step("agent", "archive", {}, "archived", {}),
    ],
    "P6.3: taken by a sales unit": [
        Step(
            "complainant",
            "file",
            {"channel": "direct"},
            "registered",
            {
                "complainant": ["您的投诉 {} 已登记，我们承诺在 2026年11月28日（周六）09:00 前处理完毕。"],
                "sales_unit": ["投诉 {} 已登记，请记录详细信息并提交《客户投诉处理工单》。"],
            },
        ),
        Step("sales_unit", "classify", {"severity": "general"}, "registered", {}),
        Step(
            "sales_unit",
            "accept",
            {"agent_team": "销售", "agent_number": "11"},
            "recorded",
            {"team_lead": [to_review(GENERAL)]},
        ),
        CONFIRM,
        Step(
            "team_lead",
            "forward",
            {"to": "business_unit"},
            "forwarded",
            {"business_unit": [passed_on(GENERAL)]},
        ),
        ASSIGN,
        Step(
            "business_unit",
            "forward",
            {"pass_to": "sales_unit", "reason": "属销售单位。"},
            "forwarded",
            {
                "business_unit": ["投诉 {} 已转交其他部门处理。"],
                "sales_unit": [passed_on(GENERAL)],
                "team_lead": ["投诉 {} 已转交其他部门处理。"],
            },
        ),
        Step(
            "sales_unit",
            "assign",
            {"responsible": "@sales_unit"},
            "handling",
            {
                "business_unit": ["投诉 {} 已改由其他人员承办，请知悉，无需继续办理。"],
                "sales_unit": ["投诉 {} 已指派，请承办。"],
            },
        ),
        Step("sales_unit", "inspect", {"findings": "属实。", "truthful": True}, "handling", {}),
        Step(
            "sales_unit",
            "decide",
            {"solution": "换货。", "outcome": "resolved"},
            "decided",
            {
                "complainant": [DECIDED],
                "sales_unit": ["投诉 {} 已作出处理决定：已解决。"],
            },
        ),
        Step("complainant", "agree", {}, "decided", {"sales_unit": [ACCEPTED_RESULT]}),
        Step("sales_unit", "close", {"summary": "已换货。"}, "closed", {"complainant": ["您的投诉 {} 已结案。"]}),
        Step("team_lead", "archive", {}, "archived", {}),
    ],
    "P6.3: a consumer card": [
        Step(
            "complainant",
            "file",
            {"category": {"matter": "product_quality", "card": "consumer_card"}},
            "registered",
            {
                "agent": ["投诉 {} 已登记，请记录详细信息并提交《客户投诉处理工单》。"],
                "complainant": ["您的投诉 {} 已登记，我们承诺在 2026年11月28日（周六）09:00 前处理完毕。"],
            },
        ),
        accepted(GENERAL),
        CONFIRM,
        Step(
            "team_lead",
            "forward",
            {"to": "service_department"},
            "forwarded",
            {"service_department": [passed_on(GENERAL)]},
        ),
        Step(
            "service_department",
            "assign",
            {"responsible": "@service_department"},
            "handling",
            {"service_department": ["投诉 {} 已指派，请承办。"]},
        ),
        Step("service_department", "inspect", {"findings": "卡失效。", "truthful": True}, "handling", {}),
        Step(
            "service_department",
            "decide",
            {"solution": "换卡。", "outcome": "resolved"},
            "decided",
            {"agent": ["投诉 {} 已作出处理决定：已解决。"], "complainant": [DECIDED]},
        ),
    ],
    "P6.3: a serious quality problem": [
        Step(
            "complainant",
            "file",
            {
                "category": {"matter": "product_quality"},
                "severity": "major",
                "facts": {"major_sign": "serious_quality"},
            },
            "registered",
            {
                "agent": ["投诉 {} 已登记，请记录详细信息并提交《客户投诉处理工单》。"],
                "complainant": ["您的投诉 {} 已登记，我们承诺在 2026年11月27日（周五）21:00 前处理完毕。"],
            },
        ),
        accepted(MAJOR),
        CONFIRM,
        Step(
            "team_lead",
            "forward",
            {"to": "quality_management"},
            "forwarded",
            {"quality_management": [passed_on(MAJOR)]},
        ),
        Step(
            "quality_management",
            "assign",
            {"responsible": "@quality_management"},
            "handling",
            {"quality_management": ["投诉 {} 已指派，请承办。"]},
        ),
        Step(
            "quality_management",
            "inspect",
            {"findings": "批次问题。", "truthful": True, "sample_test": "不合格。"},
            "handling",
            {},
        ),
        Step(
            "quality_management",
            "decide",
            {"solution": "召回。", "outcome": "resolved"},
            "decided",
            {"agent": ["投诉 {} 已作出处理决定：已解决。"], "complainant": [DECIDED]},
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p6_course(company: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = company.file(**steps[0].fields)

    assert list(played(company, number, steps)) == steps
