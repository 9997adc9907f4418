"""P2 `auto-repair`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p2.steps import (
    ARCHIVE,
    ASSIGN,
    FIND_LIABILITY,
    IF_NOT_AGREED,
    INSPECT,
    OFFER,
    TELL_US_WHY,
    TICK,
)

COURSES = {
    "P2.1 P2.3 P2.4 P2.5 P2.6: our fault": [
        Step(
            "complainant",
            "file",
            {"channel": "authority"},
            "registered",
            {
                "complainant": ["您的投诉 {} 已登记。您可以凭编号和回执查询办理情况。"],
                "customer_service": ["投诉 {} 已登记。"],
            },
        ),
        ASSIGN,
        TICK,
        INSPECT,
        FIND_LIABILITY,
        OFFER,
        Step(
            "complainant",
            "agree",
            {"rework_at": "2026-11-28T10:00:00+08:00"},
            "agreed",
            {
                "customer_service": ["投诉 {}：投诉人已接受处理意见。"],
                "service_adviser": ["投诉 {}：投诉人已接受处理意见。"],
            },
        ),
        Step(
            "technical_manager",
            "execute",
            {"apology_made": "done", "rework_done": "done", "done_at": "2026-11-27T09:00:00+08:00"},
            "agreed",
            {},
        ),
        Step(
            "general_manager",
            "decide",
            {"outcome": "settled"},
            "decided",
            {
                "complainant": ["您的投诉 {} 已按您接受的处理意见办理完毕，感谢您的谅解。" + IF_NOT_AGREED],
                "customer_service": ["投诉 {} 已作出处理决定：客户谅解。"],
            },
        ),
        Step("service_manager", "tick", {"item": "1"}, "decided", {}),
        Step("customer_service", "close", {"summary": "客户谅解。"}, "closed", {}),
        ARCHIVE,
    ],
    "P2.3 P2.5: not our fault, and a second offer": [
        Step(
            "complainant",
            "file",
            {"channel": "on_site"},
            "registered",
            {
                "complainant": ["您的投诉 {} 已登记。您可以凭编号和回执查询办理情况。"],
                "customer_service": ["现场投诉 {}：请客服立即到场处理，服务顾问陪同。"],
                "service_adviser": ["现场投诉 {}：请客服立即到场处理，服务顾问陪同。"],
            },
        ),
        ASSIGN,
        TICK,
        INSPECT,
        Step(
            "general_manager",
            "find_liability",
            {"finding": "not_ours", "fee_dispute": True},
            "found",
            {"customer_service": ["投诉 {} 已认定责任。"]},
        ),
        Step(
            "customer_service",
            "offer",
            {
                "offer": "免费检测，工时费减免。",
                "explanation": "patient",
                "inspection": "free",
                "repair": "with_consent",
                "fee": "labour_fee",
            },
            "offered",
            {"complainant": ["我们已就您的投诉 {} 提出处理意见，请您答复是否接受。"]},
        ),
        Step(
            "complainant",
            "dispute",
            {"reason": "仍有异响。"},
            "handling",
            {
                "customer_service": ["投诉 {}：投诉人不接受处理意见。"],
                "general_manager": ["投诉 {}：投诉人不接受处理意见。"],
                "service_adviser": ["投诉 {}：投诉人不接受处理意见。"],
                "service_manager": ["投诉 {}：投诉人不接受处理意见。"],
                "technical_manager": ["投诉 {}：投诉人不接受处理意见。"],
            },
        ),
        Step(
            "technical_manager",
            "find_liability",
            {"finding": "not_ours", "fee_dispute": True},
            "found",
            {"customer_service": ["投诉 {} 已认定责任。"]},
        ),
        Step(
            "service_manager",
            "offer",
            {
                "offer": "优惠。",
                "explanation": "patient",
                "inspection": "free",
                "repair": "with_consent",
                "fee": "discount",
            },
            "offered",
            {"complainant": ["我们已就您的投诉 {} 提出处理意见，请您答复是否接受。"]},
        ),
        Step(
            "complainant",
            "agree",
            {"consent": True},
            "agreed",
            {
                "customer_service": ["投诉 {}：投诉人已接受处理意见。"],
                "service_adviser": ["投诉 {}：投诉人已接受处理意见。"],
            },
        ),
        Step(
            "customer_service",
            "execute",
            {"explained": "done", "inspection_done": "done", "repair_done": "done", "fee_reduced": "discount"},
            "agreed",
            {},
        ),
        Step(
            "customer_service",
            "decide",
            {"outcome": "unsettled"},
            "decided",
            {
                "complainant": [
                    "您的投诉 {} 已按您接受的处理意见办理完毕，您对结果不满意，我们已如实记录。" + TELL_US_WHY
                ],
                "customer_service": ["投诉 {} 已作出处理决定：客户不满意。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p2_course(garage: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = garage.file(**steps[0].fields)

    assert list(played(garage, number, steps)) == steps
