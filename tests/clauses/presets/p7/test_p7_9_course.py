"""P7.9 `property-management`: cases that headquarters took: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.words import RECEIVED

COURSES = {
    "P7.9: passed on by headquarters": [
        Step(
            "headquarters",
            "file",
            {"channel": "headquarters"},
            "registered",
            {"service_centre": ["总部接到投诉 {}，已登记，待总部转达。"], "complainant": [RECEIVED]},
        ),
        Step(
            "headquarters",
            "transfer",
            {"remarks": "业主来电。"},
            "registered",
            {
                "headquarters": ["投诉 {} 的转达已送达客服中心。"],
                "service_centre": ["总部接到投诉 {}，现予转达，请处理。"],
            },
        ),
    ],
    "P7.9: headquarters give the right contact": [
        Step(
            "headquarters",
            "file",
            {"channel": "headquarters"},
            "registered",
            {"service_centre": ["总部接到投诉 {}，已登记，待总部转达。"], "complainant": [RECEIVED]},
        ),
        Step(
            "headquarters",
            "notify",
            {"contact": "管理处前台。"},
            "registered",
            {
                "complainant": ["关于您的投诉 {}，最合适的投诉接口附后。客服中心同时会处理您的投诉。"],
                "service_centre": ["投诉 {}：总部已向顾客提供最合适的投诉接口。"],
            },
        ),
    ],
    "P7.9: headquarters are late": [
        Step(
            "headquarters",
            "file",
            {"channel": "headquarters"},
            "registered",
            {"service_centre": ["总部接到投诉 {}，已登记，待总部转达。"], "complainant": [RECEIVED]},
        ),
        Step(
            "complainant",
            "wait",
            {"until": "2026-11-27T09:30:00+08:00"},
            "registered",
            {
                "headquarters": ["投诉 {} 未在时限内转达，已由系统转达客服中心。"],
                "service_centre": ["总部接到投诉 {}，现予转达，请处理。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p7_9_course_of_what_headquarters_took(estate: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = estate.file(**steps[0].fields, auth=estate.auth("headquarters"))

    assert list(played(estate, number, steps)) == steps
