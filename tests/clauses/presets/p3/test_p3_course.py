"""P3 `auto-repair-forms`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.behaviour.timeline import LATE
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.steps import (
    ACCEPT,
    ARCHIVE,
    COME_BY,
    DECIDE,
    FILE,
    FIND_LIABILITY,
    FORM_FOLLOWS,
    FORWARD_BY_CUSTOMER_MANAGER,
    FORWARD_BY_STAFF,
    HANDED_OVER,
    NOTIFY,
)

OVERDUE = "投诉 {} 已逾期，请尽快处理。"
STILL = "投诉 {} 已逾期，逐级升级后仍未完成，请尽快处理。"


def _contact(month: str) -> str:
    return f"投诉 {{}} 有待办事项：未了事宜的客户沟通（提醒及时回厂处理），请于{month}4日24时前（北京时间）完成。"


COURSES = {
    "P3.1 P3.2 P3.3 P3.4 P3.5 P3.10: confirmed": [
        FILE,
        FORWARD_BY_STAFF,
        ACCEPT,
        FIND_LIABILITY,
        FORWARD_BY_CUSTOMER_MANAGER,
        Step("management", "confirm", {"rule": "考核办法", "negligence": "扣分。"}, "opinion", {}),
        NOTIFY,
        DECIDE,
        Step(
            "management",
            "execute",
            {"accountability": "扣分。", "talk": "已面谈。", "form": "一份。", "done_at": "2026-11-27T09:00:00+08:00"},
            "handover",
            {"service_centre": [FORM_FOLLOWS]},
        ),
        Step(
            "management",
            "close",
            {"note": "已转。"},
            "closed",
            {
                "complainant": ["您的投诉 {} 已处理完毕，您反映的问题已解决。感谢您的反馈。"],
                "service_centre": [
                    HANDED_OVER,
                    "投诉 {} 有待办事项：回访，请于2026年11月28日（周六）09:00前（北京时间）完成。",
                ],
            },
        ),
        Step("service_centre", "do_task", {"task": "#task", "satisfied": True, "contact": "满意。"}, "closed", {}),
        ARCHIVE,
    ],
    "P3.6: the customer never comes, and answers late": [
        FILE,
        FORWARD_BY_STAFF,
        ACCEPT,
        Step(
            "customer_manager",
            "park",
            {"reason": "no_time", "asked": "done"},
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
                "service_centre": ["投诉 {} 已暂停办理，转为未了事宜。"],
            },
        ),
        Step(
            "service_centre",
            "notify",
            {},
            "pending",
            {"complainant": [COME_BY]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2027-02-26T00:00:00+08:00"},
            "pending",
            {
                "complainant": [COME_BY],
                "customer_manager": [
                    _contact("2026年12月"),
                    *[OVERDUE] * 5,
                    _contact("2027年1月"),
                    *[OVERDUE] * 5,
                    _contact("2027年2月"),
                    *[OVERDUE] * 4,
                ],
                "general_manager": [LATE, *[STILL] * 3, LATE, *[STILL] * 3, LATE, *[STILL] * 2],
                "management": [LATE] * 3,
            },
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2027-05-27T00:00:00+08:00"},
            "closed",
            {
                "complainant": ["您的投诉 {} 因您一直未来店，已结案。您仍可联系我们，届时将重新处理。"],
                "customer_manager": [
                    OVERDUE,
                    _contact("2027年3月"),
                    *[OVERDUE] * 5,
                    _contact("2027年4月"),
                    *[OVERDUE] * 5,
                    _contact("2027年5月"),
                    *[OVERDUE] * 5,
                    "投诉 {} 已结案。",
                ],
                "general_manager": [STILL, *[LATE, *[STILL] * 3] * 3],
                "management": [LATE] * 3,
                "service_centre": ["投诉 {} 已结案。"],
            },
        ),
        ARCHIVE,
        Step(
            "complainant",
            "reopen",
            {},
            "handling",
            {
                "customer_manager": ["投诉 {} 现重新处理，请于2027年5月27日24时前（北京时间）完成。"],
                "service_centre": ["投诉 {} 现重新处理，请于2027年5月27日24时前（北京时间）完成。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p3_course(workshop: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = workshop.file(**steps[0].fields)

    assert list(played(workshop, number, steps)) == steps
