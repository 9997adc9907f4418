"""P1 `platform`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.offices.marketplace import ASKED_FOR
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p1.steps import (
    ACCEPT,
    ACCEPTED,
    AGAIN,
    AGAIN_ELSEWHERE,
    ASK_OUTSIDE,
    DECIDE,
    FILE,
    HEARD_OUT,
    MOVED,
    PASS_ON,
    RECORD,
    WAIT,
)

COURSES = {
    "P1.1 P1.2 P1.3 P1.4 P1.5 P1.6: upheld, and examined again": [
        Step(
            "complainant",
            "file",
            {"unit": "seller", "channel": "phone"},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 已登记，我们将于 2026年11月28日（周六）09:00 前完成初步审核，并告知您是否受理。",
                    "为核实您的投诉 {}，需要您提供证据，请您于2026年11月28日（周六）09:00前（北京时间）提交。",
                ],
                "screener": ["投诉 {} 已登记，请于 2026年11月28日（周六）09:00 前完成初步审核。"],
            },
        ),
        Step("screener", "classify", {"severity": "general"}, "registered", {}),
        ACCEPT,
        Step(
            "director",
            "assign",
            {"responsible": "@handler"},
            "investigating",
            {"handler": ["投诉 {} 已指派，请承办。"]},
        ),
        WAIT,
        Step(
            "handler",
            "demand_evidence",
            {**ASKED_FOR, "of": "respondent", "kinds": ["screenshot"]},
            "investigating",
            {"seller": ["为核实针对您的投诉 {}，需要您提供证据，请您于2026年12月1日（周二）18:00前（北京时间）提交。"]},
        ),
        *RECORD,
        Step("handler", "inspect", {"findings": "属实。", "done_at": "2026-11-27T10:00:00+08:00"}, "investigating", {}),
        DECIDE,
        Step("handler", "notify", {"told_how": "电话告知。"}, "decided", {}),
        Step(
            "handler",
            "close",
            {"summary": "已退款。", "summary_for_public": "已退款。"},
            "closed",
            {"archivist": ["投诉 {} 已结案，请归档。"], "complainant": ["您的投诉 {} 已结案。"]},
        ),
        Step("archivist", "archive", {}, "archived", {}),
        *AGAIN,
    ],
    "P1.3 P1.4 P1.5: not upheld": [
        FILE,
        ACCEPT,
        WAIT,
        Step("handler", "inspect", {"findings": "属实。"}, "investigating", {}),
        Step(
            "handler",
            "demand_evidence",
            ASKED_FOR,
            "investigating",
            {"seller": ["为核实针对您的投诉 {}，需要您提供证据，请您于2026年12月1日（周二）18:00前（北京时间）提交。"]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-01T18:00:00+08:00"},
            "investigating",
            {
                "handler": [
                    "投诉 {} 即将到期，请于2026年12月2日（周三）18:00前（北京时间）完成。",
                    "投诉 {} 的举证期限已过，未收到被投诉方提交的证据。",
                ],
                "screener": ["投诉 {} 即将到期，请于2026年12月2日（周三）18:00前（北京时间）完成。"],
            },
        ),
        Step(
            "handler",
            "decide",
            {"opinion": "证据不足。", "outcome": "not_upheld"},
            "decided",
            {
                "complainant": ["您的投诉 {} 已作出处理决定：投诉不成立。"],
                "seller": ["针对您的投诉 {} 已作出处理决定：投诉不成立。"],
            },
        ),
    ],
    "P1.4: the respondent of a registered unit cannot be reached": [
        FILE,
        ACCEPT,
        Step(
            "handler",
            "notify",
            {"asked_how": "电话。", "done_at": "2026-11-27T09:00:00+08:00"},
            "investigating",
            {"director": ["投诉 {} 有事项待审批，请审批。"]},
        ),
        Step(
            "director",
            "approve",
            {},
            "inquiring",
            {
                "handler": [
                    "投诉 {}：所提议的事项已获批准。",
                    "投诉 {} 的被投诉方无法通过系统联系，请以其他方式要求其举证，并登记联系结果。",
                ],
                "owner": ["投诉 {} 的被投诉方无法通过系统联系，已改由责任方以其他方式联系。"],
            },
        ),
        Step("handler", "inspect", {"findings": "属实。"}, "inquiring", {}),
        *ASK_OUTSIDE,
        DECIDE,
    ],
    "P1.4 P1.5 P1.6: the respondent is not in the system, and it is examined again": [
        Step(
            "complainant",
            "file",
            {},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 已登记，我们将于 2026年11月28日（周六）09:00 前完成初步审核，并告知您是否受理。",
                    "为核实您的投诉 {}，需要您提供证据，请您于2026年11月28日（周六）09:00前（北京时间）提交。",
                ],
                "screener": ["投诉 {} 已登记，请于 2026年11月28日（周六）09:00 前完成初步审核。"],
            },
        ),
        Step(
            "screener",
            "accept",
            {"responsible": "@handler"},
            "inquiring",
            ACCEPTED,
        ),
        WAIT._replace(stage="inquiring"),
        Step(
            "handler",
            "demand_evidence",
            {**ASKED_FOR, "asked_how": "电话。", "contact": "reached", "kinds": ["transaction"]},
            "inquiring",
            PASS_ON,
        ),
        Step(
            "handler",
            "receive_evidence",
            {"received": "发货单。", "told_back": "电话。"},
            "hearing_outside",
            {},
        ),
        Step("complainant", "wait", {"until": "2026-12-01T18:00:00+08:00"}, "inquiring", {**MOVED, **HEARD_OUT}),
        Step("handler", "inspect", {"findings": "属实。"}, "inquiring", {}),
        Step(
            "handler",
            "decide",
            {"opinion": "商家退款。", "outcome": "upheld", "sanctions": "penalty"},
            "decided",
            {"complainant": ["您的投诉 {} 已作出处理决定：投诉成立。"]},
        ),
        *AGAIN_ELSEWHERE,
    ],
    "P1.3: not a valid complaint": [
        FILE,
        Step(
            "screener",
            "refuse",
            {"ground": "not_valid", "reason": "重复投诉。"},
            "refused",
            {"complainant": ["您的投诉 {} 不予受理，理由：投诉信息无效。"]},
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p1_course(marketplace: Organisation, course: str) -> None:
    steps = COURSES[course]
    hire(marketplace, "handler", name="second")
    number = marketplace.file(**steps[0].fields)

    assert list(played(marketplace, number, steps)) == steps
