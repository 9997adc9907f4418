"""P3 `auto-repair-forms`: other ends of cases: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.steps import (
    ACCEPT,
    DECIDE,
    FILE,
    FIND_LIABILITY,
    FORWARD_BY_CUSTOMER_MANAGER,
    FORWARD_BY_STAFF,
    NOTIFY,
    REGISTERED,
    TO_THE_CENTRE,
)

COURSES = {
    "P3.4: negotiated": [
        FILE,
        FORWARD_BY_STAFF,
        ACCEPT,
        FIND_LIABILITY,
        FORWARD_BY_CUSTOMER_MANAGER,
        Step(
            "management",
            "object",
            {"rule": "考核办法", "objection": "偏轻。"},
            "negotiation",
            {
                "customer_manager": ["管理部对投诉 {} 的处理意见有异议，请参加协商并签署协商意见。"],
                "respondent_department": ["管理部对投诉 {} 的处理意见有异议，请参加协商并签署协商意见。"],
            },
        ),
        Step(
            "customer_manager",
            "sign",
            {"agreement": "同意。"},
            "negotiation",
            {"respondent_department": ["投诉 {} 有事项待审批，请审批。"]},
        ),
        Step(
            "respondent_department",
            "approve",
            {},
            "opinion",
            {
                "customer_manager": ["投诉 {}：所提议的事项已获批准。"],
                "management": ["投诉 {} 的协商意见已签署，请上报主管总经理。"],
            },
        ),
        NOTIFY,
        DECIDE,
    ],
    "P3.2 P3.6 P3.7 P3.9: a major matter is parked, visited and resumed": [
        Step(
            "complainant",
            "file",
            {"severity": "major"},
            "registered",
            REGISTERED,
        ),
        Step(
            "service_centre",
            "forward",
            {"to": "service_centre"},
            "handling",
            {
                "customer_manager": ["投诉 {} 已上报客户服务中心，请协同被反馈部门完成责任认定和处理意见。"],
                "service_centre": [TO_THE_CENTRE],
            },
        ),
        Step(
            "customer_manager",
            "mark_unreachable",
            {"tried_at": "2026-11-27T09:00:00+08:00"},
            "handling",
            {"complainant": ["您的投诉 {} 的期限有变动。"]},
        ),
        Step(
            "customer_manager",
            "park",
            {"reason": "parts_delay", "asked": "done"},
            "handling",
            {"general_manager": ["投诉 {} 有事项待审批，请审批。"]},
        ),
        Step(
            "general_manager",
            "approve",
            {},
            "pending",
            {
                "complainant": ["您的投诉 {} 暂按未了事宜处理，请您在方便时直接找客户经理解决。"],
                "customer_manager": ["投诉 {}：所提议的事项已获批准。"],
                "general_manager": ["投诉 {} 有事项待审批，请审批。"],
                "service_centre": ["投诉 {} 已暂停办理，转为未了事宜。"],
            },
        ),
        Step(
            "service_centre",
            "accept",
            {"form_filler": "张接待"},
            "pending",
            {
                "customer_manager": ["投诉 {} 的《客户信息反馈处理单》已填写。"],
                "service_centre": ["投诉 {} 的《客户信息反馈处理单》已填写。"],
            },
        ),
        Step(
            "general_manager",
            "approve",
            {},
            "pending",
            {"customer_manager": ["投诉 {} 有待办事项：上门拜访，请于2026年12月2日（周三）18:00前（北京时间）完成。"]},
        ),
        Step("customer_manager", "do_task", {"task": "#task", "visit": "已拜访。"}, "pending", {}),
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-02T09:00:00+08:00"},
            "pending",
            {
                "customer_manager": [
                    "投诉 {} 有待办事项：未了事宜的客户沟通（提醒及时回厂处理），"
                    "请于2026年12月4日24时前（北京时间）完成。"
                ]
            },
        ),
        Step(
            "customer_manager",
            "do_task",
            {"task": "#task", "contact": "下周来店。", "changes": "零件已到。"},
            "pending",
            {},
        ),
        Step(
            "service_centre",
            "resume",
            {"changes": "零件已到。"},
            "handling",
            {
                "complainant": ["您的投诉 {} 已恢复处理。"],
                "customer_manager": ["投诉 {} 已恢复处理，请于2026年12月4日（周五）09:00前（北京时间）完成。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p3_course_ends(workshop: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = workshop.file(**steps[0].fields)

    assert list(played(workshop, number, steps)) == steps
