"""P3 `auto-repair-forms`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.workshop import decided, executed, filled, handed_over, parked, reported
from tests.clauses.organisation import Organisation


def filed(workshop: Organisation) -> str:
    return workshop.file()


def unreachable(workshop: Organisation) -> str:
    number = filled(workshop)
    workshop.act(number, "customer_manager", "mark_unreachable")
    return number


def to_be_visited(workshop: Organisation) -> str:
    """Closed, and the manager wants a return visit."""
    number = executed(workshop, return_visit_wanted=True)
    workshop.act(number, "management", "close", note="已转客服中心。")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P3.1 P3.3: the report and the finding": (
        filed,
        "2026-12-12T09:00:00+08:00",
        [
            "11-27 10:00 missed report",
            "11-27 10:00 escalated management",
            "11-27 11:00 missed report",
            "11-27 11:00 escalated general_manager",
            "11-27 12:00 missed report",
            "11-28 05:00 warned liability",
            "11-28 09:00 missed liability",
            "11-28 09:00 escalated management",
            "11-29 09:00 missed liability",
            "11-29 09:00 escalated general_manager",
            "11-30 09:00 missed liability",
            "12-04 18:00 missed report",
            "12-07 18:00 missed liability",
            "12-11 18:00 missed report",
        ],
    ),
    "P3.2: the form": (
        reported,
        "2026-11-27T23:00:00+08:00",
        ["11-27 18:00 missed form", "11-27 18:00 escalated management"],
    ),
    "P3.3: the finding for a customer who cannot be reached": (
        unreachable,
        "2026-11-30T09:00:00+08:00",
        ["11-29 05:00 warned liability", "11-29 09:00 missed liability", "11-29 09:00 escalated management"],
    ),
    "P3.4: the review": (
        handed_over,
        "2026-11-28T09:00:00+08:00",
        [
            "11-27 13:00 missed review",
            "11-27 13:00 escalated management",
            "11-27 17:00 missed review",
            "11-27 17:00 escalated general_manager",
            "11-27 21:00 missed review",
        ],
    ),
    "P3.5: accountability": (
        decided,
        "2026-11-28T09:00:00+08:00",
        [
            "11-27 17:00 missed accountability",
            "11-27 17:00 escalated management",
            "11-28 01:00 missed accountability",
            "11-28 01:00 escalated general_manager",
            "11-28 09:00 missed accountability",
        ],
    ),
    "P3.5: the hand-over to the centre": (
        executed,
        "2026-11-28T09:00:00+08:00",
        ["11-28 00:00 missed handover", "11-28 00:00 escalated management"],
    ),
    "P3.6 P3.9: a pending matter": (
        parked,
        "2027-01-06T09:00:00+08:00",
        [
            "11-27 18:00 missed form",
            "11-27 18:00 escalated management",
            "11-30 18:00 missed form",
            "11-30 18:00 escalated general_manager",
            "12-01 00:00 task_opened pending_contact",
            "12-01 18:00 missed form",
            "12-05 00:00 missed pending_contact",
            "12-05 00:00 escalated management",
            "12-08 18:00 missed form",
            "12-09 00:00 missed pending_contact",
            "12-09 00:00 escalated general_manager",
            "12-13 00:00 missed pending_contact",
            "12-15 18:00 missed form",
            "12-18 18:00 missed pending_contact",
            "12-22 18:00 missed form",
            "12-25 18:00 missed pending_contact",
            "12-29 18:00 missed form",
            "01-01 00:00 task_opened pending_contact",
            "01-05 00:00 missed pending_contact",
            "01-05 00:00 escalated management",
        ],
    ),
    "P3.10: the return visit": (
        to_be_visited,
        "2026-11-29T09:00:00+08:00",
        [
            "11-28 09:00 missed return_visit",
            "11-28 09:00 escalated management",
            "11-29 09:00 missed return_visit",
            "11-29 09:00 escalated general_manager",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p3_what_time_does(workshop: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(workshop)

    assert timeline(workshop, number, until) == expected
