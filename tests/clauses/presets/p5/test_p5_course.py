"""P5 `telecom-regulator`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p5.steps import (
    ACCEPT,
    ASK_OTHERWISE,
    ASSIGN,
    DECIDED_NOT_UPHELD,
    DECIDED_UPHELD,
    DEMAND_EVIDENCE,
    FILE,
    HEARD,
    INSPECT,
    OVERDUE,
    RECEIVE_EVIDENCE_BY_COMPLAINT_CENTRE,
    RECEIVE_EVIDENCE_BY_INSPECTOR,
    SUPPLEMENT_TO_INQUIRING,
    SUPPLEMENT_TO_REGISTERED,
    WITHOUT_EVIDENCE,
)

REFUSED = "投诉 {} 因一直未收到证据材料，不予受理。"
COURSES = {
    "P5.1 P5.2 P5.3 P5.4: a violation, sanctioned and rectified": [
        Step(
            "complainant",
            "file",
            {"channel": "window"},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 已登记。请您于 2026年12月4日（周五）18:00 前提供至少一份证据材料，"
                    "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理。",
                ],
                "complaint_centre": ["投诉 {} 已登记，等待消费者提供证据材料；收到后请决定是否受理。"],
            },
        ),
        SUPPLEMENT_TO_REGISTERED,
        RECEIVE_EVIDENCE_BY_COMPLAINT_CENTRE,
        ACCEPT,
        ASSIGN,
        DEMAND_EVIDENCE,
        ASK_OTHERWISE,
        RECEIVE_EVIDENCE_BY_INSPECTOR,
        SUPPLEMENT_TO_INQUIRING,
        INSPECT,
        Step("inspector", "find_liability", {"finding": "violation"}, "found_outside", {}),
        *HEARD,
        Step(
            "inspector",
            "decide",
            {
                "opinion": "退还费用。",
                "outcome": "upheld",
                "legal_basis": "电信条例第四十条",
                "sanctions": ["fine", "confiscation"],
                "amount": 1000,
                "order": "清退。",
                "rectify_by": "2026-12-25T18:00:00+08:00",
            },
            "ordered",
            {
                "complainant": [DECIDED_UPHELD],
                "complaint_centre": ["投诉 {} 已作出处理决定：投诉属实。"],
                "inspector": ["投诉 {} 有待办事项：整改核验，请于2026年12月25日（周五）18:00前（北京时间）完成。"],
            },
        ),
        Step(
            "complaint_centre",
            "notify",
            {"served_how": "挂号信。"},
            "decided",
            {"complaint_centre": ["投诉 {} 的整改要求已送达通信服务提供商，请办理结案。"]},
        ),
        Step("inspector", "do_task", {"task": "#task", "rectified": "done", "verified": "已整改。"}, "decided", {}),
        Step("complaint_centre", "close", {"summary": "已处罚。"}, "closed", {"complainant": ["您的投诉 {} 已结案。"]}),
        Step("complaint_centre", "archive", {}, "archived", {}),
    ],
    "P5.3 P5.4: no violation": [
        Step(
            "complainant",
            "file",
            {"channel": "hotline"},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 已登记。请您于 2026年12月4日（周五）18:00 前提供至少一份证据材料，"
                    "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理。",
                ],
                "complaint_centre": ["投诉 {} 已登记，等待消费者提供证据材料；收到后请决定是否受理。"],
            },
        ),
        SUPPLEMENT_TO_REGISTERED,
        RECEIVE_EVIDENCE_BY_COMPLAINT_CENTRE,
        ACCEPT,
        ASSIGN,
        DEMAND_EVIDENCE,
        ASK_OTHERWISE,
        RECEIVE_EVIDENCE_BY_INSPECTOR,
        SUPPLEMENT_TO_INQUIRING,
        INSPECT,
        Step("inspector", "find_liability", {"finding": "no_violation"}, "unfounded", {}),
        Step(
            "inspector",
            "decide",
            {"opinion": "计费无误。", "outcome": "not_upheld"},
            "decided",
            {
                "complainant": [DECIDED_NOT_UPHELD],
                "complaint_centre": ["投诉 {} 已作出处理决定：投诉不实。"],
            },
        ),
    ],
    "P5.2: no evidence": [
        FILE,
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-04T18:00:00+08:00"},
            "registered",
            {"complainant": [OVERDUE]},
        ),
        Step(
            "complaint_centre",
            "refuse",
            {"ground": "no_evidence"},
            "refused",
            {
                "complainant": [WITHOUT_EVIDENCE],
                "complaint_centre": [REFUSED],
            },
        ),
        Step(
            "complainant",
            "reopen",
            {},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 现重新处理。请您于 2026年12月11日（周五）18:00 前提供至少一份证据材料，"
                    "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理。"
                ],
                "complaint_centre": ["投诉 {} 应消费者要求重新处理，等待消费者提供证据材料。"],
            },
        ),
    ],
    "P5.2: refused by time": [
        FILE,
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-18T18:00:00+08:00"},
            "refused",
            {
                "complainant": [
                    OVERDUE,
                    WITHOUT_EVIDENCE,
                ],
                "complaint_centre": [REFUSED],
            },
        ),
    ],
    "P5.2: not about communication services": [
        FILE,
        Step(
            "complaint_centre",
            "refuse",
            {"ground": "out_of_scope"},
            "refused",
            {"complainant": ["您的投诉 {} 不予受理，理由：与通信服务无关。"]},
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p5_course(regulator: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = regulator.file(**steps[0].fields)

    assert list(played(regulator, number, steps)) == steps
