"""P6 `corporate-standard`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.company import decided, of_class
from tests.clauses.organisation import Organisation


def general(company: Organisation) -> str:
    return company.file()


def important(company: Organisation) -> str:
    return company.file(**of_class("important"))


def major(company: Organisation) -> str:
    return company.file(**of_class("major"))


def with_a_wanted_reply(company: Organisation) -> str:
    return company.file(facts={"reply_wanted_at": "2026-11-27T15:00:00+08:00"})


def disputed(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "complainant", "dispute", reason="没有解决。")
    return number


def agreed(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "complainant", "agree")
    return number


def reopened(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "team_lead", "reopen", reason="重新核算。")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P6.2 P6.5: a general complaint becomes major": (
        general,
        "2026-12-31T09:00:00+08:00",
        [
            "11-28 08:00 warned resolution",
            "11-28 09:00 missed resolution",
            "11-28 09:00 escalated team_lead",
            "11-29 09:00 missed resolution",
            "11-29 09:00 escalated business_unit",
            "11-30 09:00 missed resolution",
            "12-07 18:00 missed resolution",
            "12-14 18:00 missed resolution",
            "12-21 18:00 missed resolution",
            "12-28 00:00 reclassified",
            "12-28 11:00 warned resolution",
            "12-28 12:00 missed resolution",
            "12-28 12:00 escalated team_lead",
            "12-29 00:00 missed resolution",
            "12-29 00:00 escalated business_unit",
            "12-29 12:00 missed resolution",
        ],
    ),
    "P6.5: an important complaint": (
        important,
        "2026-11-28T09:00:00+08:00",
        [
            "11-27 14:00 warned resolution",
            "11-27 15:00 missed resolution",
            "11-27 15:00 escalated team_lead",
            "11-27 21:00 missed resolution",
            "11-27 21:00 escalated business_unit",
            "11-28 03:00 missed resolution",
        ],
    ),
    "P6.5: a major complaint": (
        major,
        "2026-11-28T09:00:00+08:00",
        [
            "11-27 20:00 warned resolution",
            "11-27 21:00 missed resolution",
            "11-27 21:00 escalated team_lead",
            "11-28 09:00 missed resolution",
            "11-28 09:00 escalated business_unit",
        ],
    ),
    "P6.4: a wanted reply": (
        with_a_wanted_reply,
        "2026-11-27T18:00:00+08:00",
        ["11-27 13:00 warned wanted_reply", "11-27 15:00 missed wanted_reply", "11-27 15:00 escalated team_lead"],
    ),
    "P6.2 P6.5: a decided complaint does not age": (
        decided,
        "2026-12-31T09:00:00+08:00",
        [
            "12-05 00:00 notified",
            "12-12 00:00 notified",
            "12-12 00:00 closed",
            "12-18 18:00 missed archiving",
            "12-18 18:00 escalated team_lead",
            "12-25 18:00 missed archiving",
            "12-25 18:00 escalated business_unit",
        ],
    ),
    "P6.2 P6.5: a disputed complaint becomes major": (
        disputed,
        "2026-12-28T09:00:00+08:00",
        [
            "11-30 18:00 missed dispute_answer",
            "11-30 18:00 escalated team_lead",
            "12-01 18:00 missed dispute_answer",
            "12-01 18:00 escalated business_unit",
            "12-02 18:00 missed dispute_answer",
            "12-09 18:00 missed dispute_answer",
            "12-16 18:00 missed dispute_answer",
            "12-23 18:00 missed dispute_answer",
            "12-28 00:00 reclassified",
        ],
    ),
    "P6.5: an accepted decision that is not closed": (
        agreed,
        "2027-01-01T09:00:00+08:00",
        [
            "12-02 18:00 missed accepted_case",
            "12-02 18:00 escalated team_lead",
            "12-07 18:00 missed accepted_case",
            "12-07 18:00 escalated business_unit",
            "12-10 18:00 missed accepted_case",
            "12-17 18:00 missed accepted_case",
            "12-24 18:00 missed accepted_case",
            "12-31 18:00 missed accepted_case",
        ],
    ),
    "P6.5: a reopened complaint": (
        reopened,
        "2026-12-01T09:00:00+08:00",
        [
            "11-28 08:00 warned resolution",
            "11-28 09:00 missed resolution",
            "11-28 09:00 escalated team_lead",
            "11-29 09:00 missed resolution",
            "11-29 09:00 escalated business_unit",
            "11-30 09:00 missed resolution",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p6_what_time_does(company: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(company)

    assert timeline(company, number, until) == expected
