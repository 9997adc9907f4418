"""P7 `property-management`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.words import (
    ANSWERED,
    CLOSED_UNANSWERED,
    CLOSED_WITH_THANKS,
    NOT_SATISFIED,
    RECEIVED,
    REMINDER,
    TAKEN_UP_AGAIN,
    THANKS,
    TO_HANDLE,
)

REGISTERED = {"service_centre": [TO_HANDLE], "complainant": [RECEIVED]}
COURSES = {
    "P7.1 P7.2 P7.5 P7.7 P7.8: an e-mail, answered in writing": [
        Step(
            "complainant",
            "file",
            {"channel": "email", "facts": {"complainant.email": "user@mail.example"}},
            "registered",
            REGISTERED,
        ),
        Step(
            "service_centre",
            "promise",
            {"feedback_at": "2026-11-27T15:00:00+08:00"},
            "registered",
            {"complainant": ["关于您的投诉 {}，我们将于2026年11月27日（周五）15:00前（北京时间）向您反馈。"]},
        ),
        Step(
            "service_supervisor",
            "classify",
            {"severity": "major"},
            "registered",
            {
                "department": ["重大或紧急投诉 {}，请立即处理，事后补报书面材料。"],
                "leader": ["重大或紧急投诉 {}，请立即处理，事后补报书面材料。"],
                "management_office": [
                    "投诉 {} 有待办事项：书面报告，请于2026年12月2日（周三）18:00前（北京时间）完成。"
                ],
                "service_centre": ["重大或紧急投诉 {}，请立即处理，事后补报书面材料。"],
            },
        ),
        Step(
            "management_office",
            "do_task",
            {"task": "#task", "report": "书面材料。"},
            "registered",
            {
                "leader": ["投诉 {} 的待办事项已完成：书面报告，请查阅。"],
                "service_centre": ["投诉 {} 的待办事项已完成：书面报告，请查阅。"],
            },
        ),
        Step(
            "management_office",
            "forward",
            {"to": "office_head", "person": "@office_head", "contact": "办公室"},
            "forwarded",
            {"office_head": ["投诉 {} 已转达管理处，请当日开始处理，并于 2026年11月28日（周六）09:00 前回复顾客。"]},
        ),
        Step(
            "office_head",
            "notify",
            {"reason": "缺零件。", "until": "2026-11-28T09:00:00+08:00"},
            "forwarded",
            {"service_centre": ["投诉 {} 因特殊情况不能按时处理完毕，请查看原因和预计完成时间。"]},
        ),
        Step(
            "office_head",
            "promise",
            {"feedback_at": "2026-11-27T16:00:00+08:00"},
            "forwarded",
            {"complainant": ["关于您的投诉 {}，我们将于2026年11月27日（周五）16:00前（北京时间）向您反馈。"]},
        ),
        Step(
            "office_head",
            "assign",
            {"responsible": ["@management_office"]},
            "handling",
            {"management_office": ["投诉 {} 已指派，请承办。"]},
        ),
        Step(
            "management_office",
            "notify",
            {"reason": "等零件。", "until": "2026-11-28T09:00:00+08:00"},
            "handling",
            {"service_centre": ["投诉 {} 因特殊情况不能按时处理完毕，请查看原因和预计完成时间。"]},
        ),
        Step(
            "management_office",
            "promise",
            {"feedback_at": "2026-11-27T17:00:00+08:00"},
            "handling",
            {"complainant": ["关于您的投诉 {}，我们将于2026年11月27日（周五）17:00前（北京时间）向您反馈。"]},
        ),
        Step(
            "management_office",
            "reply",
            {"text": "灯已换好。"},
            "handling",
            {"service_centre": ["投诉 {} 有事项待审批，请审批。"]},
        ),
        Step(
            "service_centre",
            "approve",
            {},
            "replied",
            {
                "complainant": [ANSWERED],
                "management_office": ["投诉 {}：所提议的事项已获批准。"],
                "service_centre": ["投诉 {} 已回复顾客。"],
            },
        ),
        Step(
            "complainant",
            "dispute",
            {"reason": "又坏了。"},
            "handling",
            {
                "complainant": [NOT_SATISFIED],
                "management_office": ["投诉 {}：顾客对回复不满意，请再次处理并回复。"],
                "service_centre": ["投诉 {}：顾客对回复不满意，管理处将再次处理。"],
            },
        ),
        Step(
            "management_office",
            "reply",
            {"text": "已更换线路。"},
            "handling",
            {"service_centre": ["投诉 {} 有事项待审批，请审批。"]},
        ),
        Step(
            "service_centre",
            "approve",
            {},
            "replied",
            {
                "complainant": [ANSWERED],
                "management_office": ["投诉 {}：所提议的事项已获批准。"],
                "service_centre": ["投诉 {} 已回复顾客。"],
            },
        ),
        Step(
            "complainant",
            "agree",
            {},
            "replied",
            {"service_centre": ["投诉 {}：顾客对回复表示满意，请评定。"], "complainant": [THANKS]},
        ),
        Step("service_centre", "decide", {"opinion": "已修复。", "outcome": "invalid"}, "decided", {}),
        Step(
            "service_supervisor",
            "close",
            {"summary": "已修复。"},
            "closed",
            {"complainant": [CLOSED_WITH_THANKS], "service_centre": ["投诉 {} 已结案，请归档。"]},
        ),
        Step("service_centre", "archive", {}, "archived", {}),
    ],
    "P7.1: answered and judged at once": [
        Step("complainant", "file", {"channel": "visit"}, "registered", REGISTERED),
        Step(
            "service_centre",
            "decide",
            {"text": "灯已换好。", "opinion": "当场处理。", "outcome": "invalid"},
            "decided",
            {"complainant": [ANSWERED]},
        ),
        Step(
            "service_centre",
            "notify",
            {},
            "decided",
            {"complainant": [REMINDER]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-05T00:00:00+08:00"},
            "decided",
            {"complainant": [REMINDER]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-12T00:00:00+08:00"},
            "closed",
            {
                "complainant": [CLOSED_UNANSWERED],
                "service_centre": ["投诉 {} 已结案，请归档。"],
            },
        ),
    ],
    "P7.1 P7.2: answered on the spot, and disputed": [
        Step(
            "complainant",
            "file",
            {"category": {"urgency": "urgent"}},
            "registered",
            {
                "complainant": [RECEIVED],
                "department": ["重大或紧急投诉 {}，请立即处理，事后补报书面材料。"],
                "leader": ["重大或紧急投诉 {}，请立即处理，事后补报书面材料。"],
                "management_office": [
                    "投诉 {} 有待办事项：书面报告，请于2026年12月2日（周三）18:00前（北京时间）完成。"
                ],
                "service_centre": ["重大或紧急投诉 {}，请立即处理，事后补报书面材料。"],
            },
        ),
        Step(
            "service_centre",
            "classify",
            {"severity": "important", "urgent": True},
            "registered",
            {},
        ),
        Step(
            "management_office",
            "reply",
            {"text": "灯已换好。"},
            "replied",
            {"complainant": [ANSWERED], "service_centre": ["投诉 {} 已回复顾客。"]},
        ),
        Step(
            "complainant",
            "dispute",
            {"reason": "没有。"},
            "registered",
            {
                "complainant": [NOT_SATISFIED],
                "management_office": ["投诉 {}：顾客对回复不满意，请再次处理并回复。"],
                "service_centre": ["投诉 {}：顾客对回复不满意，请再次处理并回复。"],
            },
        ),
    ],
    "P7.1: the customer stays silent, and answers late": [
        Step("complainant", "file", {}, "registered", REGISTERED),
        Step(
            "service_centre",
            "reply",
            {"text": "灯已换好。"},
            "replied",
            {"complainant": [ANSWERED], "service_centre": ["投诉 {} 已回复顾客。"]},
        ),
        Step(
            "service_centre",
            "decide",
            {"opinion": "已修复。", "outcome": "invalid"},
            "decided",
            {"complainant": [REMINDER]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-05T00:00:00+08:00"},
            "decided",
            {"complainant": [REMINDER]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2026-12-12T00:00:00+08:00"},
            "closed",
            {
                "complainant": [CLOSED_UNANSWERED],
                "service_centre": ["投诉 {} 已结案，请归档。"],
            },
        ),
        Step("service_centre", "archive", {}, "archived", {}),
        Step(
            "complainant",
            "reopen",
            {"reason": "又坏了。"},
            "registered",
            {
                "complainant": [TAKEN_UP_AGAIN],
                "service_centre": ["投诉 {} 现重新处理，请于2026年12月14日（周一）10:00前（北京时间）完成。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p7_course(estate: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = estate.file(**steps[0].fields)

    assert list(played(estate, number, steps)) == steps
