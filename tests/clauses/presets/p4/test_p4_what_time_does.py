"""P4 `government-service-centre`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.hall import closed_and_archived, decided
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to


def filed(hall: Organisation) -> str:
    return hall.file()


def rated(hall: Organisation) -> str:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="satisfied")
    return number


def answered_late(hall: Organisation) -> str:
    number = decided(hall)
    skip_to(hall.world, "2027-03-01T09:00:00+08:00")
    hall.act(number, "complainant", "reopen")
    return number


def archived(hall: Organisation) -> str:
    number = rated(hall)
    closed_and_archived(hall, number)
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P4.6: the decision": (
        filed,
        "2026-12-20T09:00:00+08:00",
        [
            "12-01 09:00 warned decision",
            "12-02 18:00 missed decision",
            "12-02 18:00 escalated reception",
            "12-03 18:00 missed decision",
            "12-03 18:00 escalated director",
            "12-04 18:00 missed decision",
            "12-11 18:00 missed decision",
            "12-18 18:00 missed decision",
        ],
    ),
    "P4.7: the rating and the follow-up": (
        decided,
        "2027-04-10T09:00:00+08:00",
        [
            "12-04 18:00 missed follow_up_time",
            "12-04 18:00 escalated reception",
            "12-07 18:00 missed follow_up_time",
            "12-07 18:00 escalated director",
            "12-08 18:00 missed follow_up_time",
            "12-15 18:00 missed follow_up_time",
            "12-22 18:00 missed follow_up_time",
            "12-29 18:00 missed follow_up_time",
            "01-06 18:00 missed follow_up_time",
            "01-13 18:00 missed follow_up_time",
            "01-20 18:00 missed follow_up_time",
            "01-27 00:00 notified",
            "01-27 18:00 missed follow_up_time",
            "02-03 18:00 missed follow_up_time",
            "02-16 18:00 missed follow_up_time",
            "02-23 18:00 missed follow_up_time",
            "02-26 00:00 closed",
            "03-04 18:00 missed completion",
            "03-04 18:00 escalated reception",
            "03-05 18:00 missed completion",
            "03-05 18:00 escalated director",
            "03-08 18:00 missed completion",
            "03-15 18:00 missed completion",
            "03-22 18:00 missed completion",
            "03-29 18:00 missed completion",
            "04-06 18:00 missed completion",
        ],
    ),
    "P4.7: the closing, and no follow-up, after a rating": (
        rated,
        "2026-12-09T09:00:00+08:00",
        [
            "12-04 18:00 missed completion",
            "12-04 18:00 escalated reception",
            "12-07 18:00 missed completion",
            "12-07 18:00 escalated director",
            "12-08 18:00 missed completion",
        ],
    ),
    "P4.7: nothing after the archive": (archived, "2027-02-10T09:00:00+08:00", []),
    "P4.7: the decision after a late answer": (
        answered_late,
        "2027-03-20T09:00:00+08:00",
        [
            "03-03 09:00 warned decision",
            "03-04 18:00 missed decision",
            "03-04 18:00 escalated reception",
            "03-05 18:00 missed decision",
            "03-05 18:00 escalated director",
            "03-08 18:00 missed decision",
            "03-08 18:00 missed follow_up_time",
            "03-08 18:00 escalated reception",
            "03-09 18:00 missed follow_up_time",
            "03-09 18:00 escalated director",
            "03-10 18:00 missed follow_up_time",
            "03-15 18:00 missed decision",
            "03-17 18:00 missed follow_up_time",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p4_what_time_does(hall: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(hall)

    assert timeline(hall, number, until) == expected
