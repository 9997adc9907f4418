"""P9 `food-drug-administration`: other ends of cases: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p9.steps import ACCEPT, ASSIGN, FILE, REGISTERED

COURSES = {
    "P9.3: refused": [
        FILE,
        Step(
            "information_centre",
            "refuse",
            {
                "ground": "condition_not_met",
                "conditions": {
                    "direct_interest": True,
                    "definite": False,
                    "in_scope": True,
                    "proper_statement": True,
                    "in_time": True,
                },
            },
            "refused",
            {
                "complainant": [
                    "您的投诉 {} 不予受理，理由：不符合受理条件"
                    "（未满足：有明确的被投诉者、具体的投诉请求、事实和理由）。"
                ]
            },
        ),
    ],
    "P9.4 P9.7: the limit is extended, then transferred": [
        Step(
            "complainant",
            "file",
            {"facts": {"occurred_at": "2026-09-19", "knew_at": "2026-09-19"}},
            "registered",
            {"complainant": [REGISTERED], "information_centre": ["投诉 {} 已登记，请进行初审。"]},
        ),
        Step(
            "information_centre",
            "extend",
            {"reason": "住院。"},
            "registered",
            {"complainant": ["您的投诉 {} 因有特殊情况，投诉时效已延长，视为在时效期限内提出。"]},
        ),
        Step(
            "information_centre",
            "transfer",
            {"body": "示例市局"},
            "transferred",
            {"complainant": ["您的投诉 {} 已转送其他机构。"]},
        ),
    ],
    "P9.7: transferred after the acceptance": [
        FILE,
        ACCEPT,
        Step(
            "leader", "transfer", {"body": "示例市局"}, "transferred", {"complainant": ["您的投诉 {} 已转送其他机构。"]}
        ),
    ],
    "P9.7: transferred during the investigation": [
        FILE,
        ACCEPT,
        ASSIGN,
        Step(
            "leader",
            "transfer",
            {"body": "示例市局"},
            "transferred",
            {"complainant": ["您的投诉 {} 已转送其他机构。"], "officer": ["投诉 {} 已转送其他机构。"]},
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p9_course_ends(bureau: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = bureau.file(**steps[0].fields)

    assert list(played(bureau, number, steps)) == steps
