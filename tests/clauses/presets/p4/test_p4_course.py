"""P4 `government-service-centre`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.steps import (
    ACCEPT,
    ACCEPTED,
    ARCHIVE,
    ASSIGN,
    CLOSED_UNRATED,
    DECIDE,
    DECIDED_UPHELD,
    DO_TASK,
    DO_TASK_AGAIN,
    FILE,
    FILED,
    INSPECT,
    PLEASE_RATE,
    REFUSED_AGAIN,
    REFUSED_CLASS,
)

COURSES = {
    "P4.1 P4.2 P4.4 P4.5 P4.7: decided and rated": [
        Step(
            "complainant",
            "file",
            {"channel": "written"},
            "registered",
            {"complainant": [FILED], "reception": ["投诉 {} 已登记，请审查是否受理。"]},
        ),
        ACCEPT,
        ASSIGN,
        INSPECT,
        DECIDE,
        Step(
            "reception",
            "notify",
            {"feedback": "已开窗口。"},
            "decided",
            {"complainant": [PLEASE_RATE]},
        ),
        Step(
            "complainant",
            "rate",
            {"rating": "fair", "comment": "尚可。"},
            "rated",
            {"investigator": ["投诉 {}：投诉人已作出评价。"], "reception": ["投诉 {}：投诉人已作出评价。"]},
        ),
        Step("reception", "close", {"summary": "已改进。"}, "closed", {"complainant": ["您的投诉 {} 已结案。"]}),
        ARCHIVE,
    ],
    "P4.7: the complainant stays silent, and answers late": [
        FILE,
        ACCEPT,
        ASSIGN,
        INSPECT,
        DECIDE,
        DO_TASK,
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-28T09:00:00+08:00"},
            "decided",
            {"reception": ["投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"]},
        ),
        DO_TASK_AGAIN,
        Step(
            "complainant",
            "wait",
            {"until": "2027-01-27T00:00:00+08:00"},
            "decided",
            {
                "complainant": [PLEASE_RATE],
                "reception": ["投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"],
            },
        ),
        DO_TASK_AGAIN,
        Step(
            "complainant",
            "wait",
            {"until": "2027-02-26T00:00:00+08:00"},
            "closed",
            {
                "complainant": [CLOSED_UNRATED],
                "reception": ["投诉 {} 已结案。"],
            },
        ),
        ARCHIVE,
        Step(
            "complainant",
            "reopen",
            {},
            "investigating",
            {
                "investigator": ["投诉 {} 现重新处理，请于2027年3月3日（周三）18:00前（北京时间）完成。"],
                "reception": ["投诉 {} 现重新处理，请于2027年3月3日（周三）18:00前（北京时间）完成。"],
            },
        ),
        Step(
            "investigator",
            "inspect",
            {"findings": "仍少开一个窗口。"},
            "investigating",
            {"reception": ["投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"]},
        ),
        Step(
            "investigator",
            "decide",
            {"plan": "再增设窗口。", "outcome": "upheld"},
            "decided",
            {"complainant": [DECIDED_UPHELD.replace("2月25日（周四）", "5月27日（周四）")]},
        ),
        Step(
            "complainant",
            "rate",
            {"rating": "satisfied"},
            "rated",
            {"investigator": ["投诉 {}：投诉人已作出评价。"], "reception": ["投诉 {}：投诉人已作出评价。"]},
        ),
    ],
    "P4.7: closed by time after the reminder": [
        FILE,
        ACCEPT,
        ASSIGN,
        INSPECT,
        DECIDE,
        Step(
            "complainant",
            "wait",
            {"until": "2027-02-26T00:00:00+08:00"},
            "closed",
            {
                "complainant": [PLEASE_RATE, CLOSED_UNRATED],
                "director": [
                    "投诉 {} 已逾期，现升级至本层级，请处理。",
                    *["投诉 {} 已逾期，逐级升级后仍未完成，请尽快处理。"] * 11,
                ],
                "investigator": ["投诉 {} 已逾期，逐级升级后仍未完成，请尽快处理。"] * 11,
                "reception": [
                    "投诉 {} 已逾期，现升级至本层级，请处理。",
                    *["投诉 {} 已逾期，请尽快处理。"] * 12,
                    "投诉 {} 已结案。",
                ],
            },
        ),
        Step(
            "complainant",
            "reopen",
            {},
            "investigating",
            {
                "investigator": ["投诉 {} 现重新处理，请于2027年3月3日（周三）18:00前（北京时间）完成。"],
                "reception": ["投诉 {} 现重新处理，请于2027年3月3日（周三）18:00前（北京时间）完成。"],
            },
        ),
    ],
    "P4.2: none of the three classes": [
        Step(
            "complainant",
            "file",
            {"category": None},
            "registered",
            {"complainant": [FILED], "reception": ["投诉 {} 已登记，请审查是否受理。"]},
        ),
        Step(
            "reception",
            "refuse",
            {"ground": "not_in_class", "conditions": {"in_class": False}, "reason": "反映的是道路施工。"},
            "refused",
            {"complainant": [REFUSED_CLASS]},
        ),
        Step(
            "complainant",
            "reopen",
            {"claimed_class": "mishandling", "objection": "施工由中心批准。"},
            "contradicted",
            {"director": ["投诉 {}：投诉人对不予受理提出异议，请决定是否受理。"]},
        ),
        Step("director", "classify", {"class": "mishandling"}, "contradicted", {}),
        Step(
            "director",
            "accept",
            {"conditions": {"in_class": True}},
            "accepted",
            {"complainant": [ACCEPTED], "reception": ["投诉 {} 已受理。"]},
        ),
    ],
    "P4.2: none of the three classes, and the director agrees": [
        Step(
            "complainant",
            "file",
            {"category": None},
            "registered",
            {"complainant": [FILED], "reception": ["投诉 {} 已登记，请审查是否受理。"]},
        ),
        Step(
            "reception",
            "refuse",
            {"ground": "not_in_class", "conditions": {"in_class": False}, "reason": "反映的是道路施工。"},
            "refused",
            {"complainant": [REFUSED_CLASS]},
        ),
        Step(
            "complainant",
            "reopen",
            {"claimed_class": "mishandling"},
            "contradicted",
            {"director": ["投诉 {}：投诉人对不予受理提出异议，请决定是否受理。"]},
        ),
        Step(
            "director",
            "refuse",
            {"ground": "not_in_class", "conditions": {"in_class": False}, "reason": "施工与中心无关。"},
            "refused",
            {
                "complainant": [REFUSED_AGAIN],
                "reception": ["投诉 {} 不予受理，理由：不属于三类受理范围。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p4_course(hall: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = hall.file(**steps[0].fields)

    assert list(played(hall, number, steps)) == steps
