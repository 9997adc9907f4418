"""P4 `government-service-centre`: what time does to a case in which nobody acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation


def filed(hall: Organisation) -> str:
    return hall.file()


def rated(hall: Organisation) -> str:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="satisfied")
    return number


def answered_late(hall: Organisation) -> str:
    number = decided(hall)
    hall.world.move_to("2027-03-01T09:00:00+08:00")
    hall.act(number, "complainant", "reopen")
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
        ["01-27 00:00 notified", "02-26 00:00 closed"],
    ),
    "P4.7: no follow-up after a rating": (rated, "2027-02-10T09:00:00+08:00", []),
    "P4.7: the rating after a late answer": (
        answered_late,
        "2027-06-10T09:00:00+08:00",
        ["05-01 00:00 notified", "05-31 00:00 closed"],
    ),
}
"""By clauses: a scene, a time, and what happens until then while nobody acts."""


@pytest.mark.parametrize("case", CASES)
def test_p4_what_time_does(hall: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(hall)

    assert timeline(hall, number, until) == expected
