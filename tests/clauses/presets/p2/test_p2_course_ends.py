"""P2 `auto-repair`: other ends of cases: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p2.steps import ANSWER_BY, ARCHIVE, ASSIGN, FIND_LIABILITY, INSPECT, OFFER, TICK, WAIT

COURSES = {
    "P2.5: the customer stays silent, and answers late": [
        Step(
            "complainant",
            "file",
            {"channel": "letter"},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 已登记，感谢您提出宝贵的意见。我们将于 2026年12月1日（周二）18:00 前向您提出处理意见。"
                ],
                "customer_service": ["投诉 {} 已报备，请接待客户并指派责任人。"],
            },
        ),
        ASSIGN,
        TICK,
        INSPECT,
        FIND_LIABILITY,
        OFFER,
        Step(
            "customer_service",
            "notify",
            {},
            "offered",
            {"complainant": [ANSWER_BY]},
        ),
        WAIT,
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-12T00:00:00+08:00"},
            "closed",
            {
                "complainant": ["您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"],
                "customer_service": ["投诉 {} 已结案。"],
            },
        ),
        ARCHIVE,
        Step(
            "complainant",
            "reopen",
            {},
            "offered",
            {
                "customer_service": ["投诉 {} 现重新处理：客户在结案后答复，尚待客户接受或不接受处理意见。"],
                "service_adviser": ["投诉 {} 现重新处理：客户在结案后答复，尚待客户接受或不接受处理意见。"],
            },
        ),
    ],
    "P2.5: closed by time after the reminder": [
        Step(
            "complainant",
            "file",
            {"channel": "call_back"},
            "registered",
            {
                "complainant": [
                    "您的投诉 {} 已登记，感谢您提出宝贵的意见。我们将于 2026年12月1日（周二）18:00 前向您提出处理意见。"
                ],
                "customer_service": ["投诉 {} 已报备，请接待客户并指派责任人。"],
            },
        ),
        ASSIGN,
        TICK,
        INSPECT,
        FIND_LIABILITY,
        OFFER,
        WAIT,
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-12T00:00:00+08:00"},
            "closed",
            {
                "complainant": ["您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"],
                "customer_service": ["投诉 {} 已结案。"],
            },
        ),
        Step(
            "complainant",
            "reopen",
            {},
            "offered",
            {
                "customer_service": ["投诉 {} 现重新处理：客户在结案后答复，尚待客户接受或不接受处理意见。"],
                "service_adviser": ["投诉 {} 现重新处理：客户在结案后答复，尚待客户接受或不接受处理意见。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p2_course_ends(garage: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = garage.file(**steps[0].fields)

    assert list(played(garage, number, steps)) == steps
