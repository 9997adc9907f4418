"""P8 `customer-service`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p8.steps import (
    ACCEPTED,
    AGREE,
    ARCHIVE,
    ASSIGN,
    DEMAND_EVIDENCE,
    FILE,
    INSPECT,
    OFFER,
    OFFERED,
    RECEIVE_EVIDENCE,
    RECEIVED,
    RESPONDED,
    WAIT,
)

REOPENED = {
    "after_sales": ["投诉 {} 现重新处理，客户将答复是否接受解决方案。"],
    "agent": ["投诉 {} 现重新处理，客户将答复是否接受解决方案。"],
    "complainant": ["我们已就您的投诉 {} 提出解决方案，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"],
}
COURSES = {
    "P8.1 P8.2 P8.4 P8.5 P8.6 P8.7: negotiated, agreed and rated": [
        Step(
            "complainant",
            "file",
            {"channel": "social_media"},
            "registered",
            {
                "after_sales": ["投诉 {} 已登记。"],
                "agent": ["投诉 {} 已登记。"],
                "complainant": [RECEIVED],
            },
        ),
        Step(
            "agent",
            "classify",
            {"severity": "important"},
            "registered",
            {"after_sales": ["投诉 {} 的类别已确定。"], "complainant": ["您的投诉 {} 的期限有变动。"]},
        ),
        Step("agent", "reply", {"text": "已收到。"}, "registered", {"complainant": [RESPONDED]}),
        ASSIGN,
        DEMAND_EVIDENCE,
        RECEIVE_EVIDENCE,
        INSPECT,
        OFFER,
        Step(
            "complainant",
            "dispute",
            {"counter": "还要赔偿。"},
            "investigated",
            {
                "after_sales": ["投诉 {}：客户不接受解决方案，请重新提出。"],
                "complainant": [
                    "您不接受投诉 {} 的解决方案，您的意见已记录。我们将在2026年12月1日（周二）18:00前重新提出解决方案。"
                ],
            },
        ),
        Step("after_sales", "reply", {"text": "正在研究。"}, "investigated", {"complainant": [RESPONDED]}),
        Step(
            "after_sales",
            "offer",
            {"remedies": ["redo"], "offer": "免费重做。"},
            "offered",
            {"complainant": [OFFERED]},
        ),
        AGREE,
        Step(
            "after_sales",
            "execute",
            {"done_at": "2026-11-27T09:00:00+08:00"},
            "executed",
            {
                "agent": ["投诉 {} 的解决方案已执行，请办理结案。"],
                "complainant": ["您的投诉 {} 的解决方案已执行，请您评价是否满意。"],
            },
        ),
        Step(
            "complainant",
            "rate",
            {"rating": "satisfied", "comment": "好。"},
            "executed",
            {
                "after_sales": ["投诉 {}：客户已作出评价：满意。"],
                "complainant": ["感谢您对投诉 {} 的办理作出评价：满意。"],
            },
        ),
        Step(
            "manager",
            "close",
            {"summary": "已退款。"},
            "closed",
            {
                "agent": ["投诉 {} 已结案，请归档。"],
                "complainant": ["您的投诉 {} 已结案，感谢您的反馈和评价。"],
            },
        ),
        ARCHIVE,
    ],
    "P8.4: a case that becomes more severe goes to the manager": [
        Step(
            "complainant",
            "file",
            {"category": {"kind": "product_quality"}},
            "registered",
            {
                "agent": ["投诉 {} 已登记。"],
                "complainant": [RECEIVED],
                "product_team": ["投诉 {} 已登记。"],
            },
        ),
        Step(
            "manager",
            "assign",
            {"responsible": ["@product_team"]},
            "assigned",
            {"product_team": ["投诉 {} 已指派，请承办。"]},
        ),
        Step("product_team", "reply", {"text": "正在检测。"}, "assigned", {"complainant": [RESPONDED]}),
        Step(
            "agent",
            "classify",
            {"severity": "major"},
            "registered",
            {"manager": ["投诉 {} 的类别已确定。"], "product_team": ["投诉 {} 的类别已确定。"]},
        ),
        Step(
            "manager",
            "assign",
            {"responsible": ["@manager"]},
            "assigned",
            {
                "manager": ["投诉 {} 已指派，请承办。"],
                "product_team": ["投诉 {} 已改由其他人员承办，请知悉，无需继续办理。"],
            },
        ),
    ],
    "P8.7: the customer stays silent, and answers late": [
        FILE,
        ASSIGN,
        DEMAND_EVIDENCE,
        RECEIVE_EVIDENCE,
        INSPECT,
        OFFER,
        WAIT,
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-12T00:00:00+08:00"},
            "closed",
            {
                "after_sales": ["投诉 {} 已结案。"],
                "agent": ["投诉 {} 已结案，请归档。"],
                "complainant": ["您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"],
            },
        ),
        Step("agent", "archive", {}, "archived_unrated", {}),
        Step(
            "complainant",
            "reopen",
            {},
            "offered",
            REOPENED,
        ),
        AGREE._replace(told={**AGREE.told, "complainant": [ACCEPTED.format("{}", "2026年12月18日（周五）18:00")]}),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p8_course(helpdesk: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = helpdesk.file(**steps[0].fields)

    assert list(played(helpdesk, number, steps)) == steps
