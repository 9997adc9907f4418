"""P9 `food-drug-administration`: cases from the filing to the archive: where each act leads, and who is told what."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.steps import Step, played
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p9.steps import (
    ACCEPT,
    AGREED,
    ARCHIVE,
    ASKED_AGAIN,
    ASSIGN,
    BY_PETITION,
    DECIDE,
    FILE,
    INSPECT,
    MEDIATE,
    REGISTERED,
    WAIT,
)

COURSES = {
    "P9.1 P9.2 P9.6 P9.9 P9.10 P9.11 P9.12: mediated and carried out": [
        Step(
            "complainant",
            "file",
            {
                "facts": {"occurred_at": "2026-09-22", "knew_at": "2026-09-22"},
                "channel": "petition",
            },
            "registered",
            {"complainant": [REGISTERED], "information_centre": ["投诉 {} 已登记，请进行初审。"]},
        ),
        ACCEPT._replace(told={**ACCEPT.told, "complainant": [BY_PETITION]}),
        Step("archivist", "recuse", {"reason": "亲属。"}, "accepted", {"leader": ["投诉 {} 有人员回避：archivist。"]}),
        ASSIGN,
        INSPECT,
        MEDIATE,
        DECIDE,
        Step(
            "complainant",
            "agree",
            {},
            "settled",
            {"officer": ["投诉 {}：投诉人已接受处理意见。"], "complainant": [AGREED]},
        ),
        Step(
            "officer",
            "execute",
            {"done_at": "2026-09-23T09:00:00+08:00"},
            "settled",
            {"complainant": ["您的投诉 {} 的处理意见已执行。"]},
        ),
        Step(
            "officer",
            "close",
            {"handling_record": "已退款。"},
            "closed",
            {
                "complainant": ["您的投诉 {} 已结案。"],
                "owner": ["投诉 {}：角色“档案管理员”的人员因此前的“回避”均不能参与处理。请为该角色另行指定人员。"],
            },
        ),
    ],
    "P9.9 P9.10: disputed": [
        FILE,
        ACCEPT,
        ASSIGN,
        INSPECT,
        MEDIATE,
        DECIDE,
        Step(
            "complainant",
            "dispute",
            {"reason": "太少。"},
            "disputed",
            {
                "complainant": ["您不接受投诉 {} 的处理意见，可向市食品药品监督管理局相关部门作进一步投诉。"],
                "officer": ["投诉 {}：投诉人不接受处理意见。"],
            },
        ),
        Step(
            "officer",
            "close",
            {"handling_record": "不接受。"},
            "closed",
            {
                "archivist": ["投诉 {} 已结案，请作好结案登记、归入档案。"],
                "complainant": [
                    "您的投诉 {} 已结案。您不接受处理意见，仍可向市食品药品监督管理局相关部门作进一步投诉。"
                ],
            },
        ),
        ARCHIVE,
    ],
    "P9.9: the complainant stays silent, and answers late": [
        FILE,
        ACCEPT,
        ASSIGN,
        INSPECT,
        MEDIATE,
        DECIDE,
        Step(
            "officer",
            "notify",
            {},
            "decided",
            {"complainant": ["您的投诉 {} 已有处理意见，请您答复是否接受。如一直未收到您的答复，本局将按期结案。"]},
        ),
        WAIT,
        Step(
            "complainant",
            "wait",
            {"until": "2026-10-09T00:00:00+08:00"},
            "closed",
            {
                "archivist": ["投诉 {} 已结案，请作好结案登记、归入档案。"],
                "complainant": ["您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"],
                "officer": ["投诉 {} 已结案。"],
            },
        ),
        ARCHIVE,
        Step(
            "complainant",
            "reopen",
            {},
            "decided",
            {
                "complainant": [ASKED_AGAIN],
                "officer": ["投诉 {} 现重新处理：投诉人在结案后答复，尚待其接受或不接受处理意见。"],
            },
        ),
    ],
}
"""By clauses: the steps of a case, each with the stage to which it leads and the messages that it causes."""


@pytest.mark.parametrize("course", COURSES)
def test_p9_course(bureau: Organisation, course: str) -> None:
    steps = COURSES[course]
    number = bureau.file(**steps[0].fields)

    assert list(played(bureau, number, steps)) == steps
