"""P2 `auto-repair`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.garage import absent, agreed, closed_and_archived, decided, executed, offered
from tests.clauses.organisation import Organisation


def filed(garage: Organisation) -> str:
    return garage.file()


def disputed(garage: Organisation) -> str:
    number = offered(garage)
    garage.act(number, "complainant", "dispute")
    return number


def answered_late(garage: Organisation) -> str:
    number = offered(garage)
    garage.world.move_to("2026-12-13T09:00:00+08:00")
    garage.act(number, "complainant", "reopen")
    return number


def archived(garage: Organisation) -> str:
    number = decided(garage)
    closed_and_archived(garage, number)
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P2.2 P2.4: the handling": (
        filed,
        "2026-12-12T09:00:00+08:00",
        [
            "12-01 14:00 warned handling",
            "12-01 18:00 missed handling",
            "12-01 18:00 escalated customer_service, service_manager, technical_manager",
            "12-03 18:00 missed handling",
            "12-03 18:00 escalated customer_service, general_manager",
            "12-07 18:00 missed handling",
        ],
    ),
    "P2.5: the answer of the customer": (
        offered,
        "2026-12-13T09:00:00+08:00",
        ["12-05 00:00 notified", "12-12 00:00 closed"],
    ),
    "P2.2 P2.5: a second offer": (
        disputed,
        "2026-12-02T09:00:00+08:00",
        [
            "12-01 14:00 warned handling",
            "12-01 18:00 missed handling",
            "12-01 18:00 escalated customer_service, service_manager, technical_manager",
        ],
    ),
    "P2.5: the agreed time": (
        agreed,
        "2026-11-30T09:00:00+08:00",
        [
            "11-28 10:00 notified",
            "11-29 00:00 missed rework",
            "11-29 00:00 escalated customer_service, service_manager, technical_manager",
            "11-30 00:00 missed rework",
            "11-30 00:00 escalated customer_service, general_manager",
        ],
    ),
    "P2.5: the customer who did not come": (
        absent,
        "2027-02-01T09:00:00+08:00",
        [
            "12-06 00:00 notified",
            "12-13 00:00 closed",
            "12-18 18:00 missed completion",
            "12-18 18:00 escalated customer_service, service_manager, technical_manager",
            "12-25 18:00 missed completion",
            "12-25 18:00 escalated customer_service, general_manager",
            "01-04 18:00 missed completion",
            "01-11 18:00 missed completion",
            "01-18 18:00 missed completion",
            "01-25 18:00 missed completion",
        ],
    ),
    "P2.5: the result of the remedy": (
        executed,
        "2026-12-02T09:00:00+08:00",
        [
            "12-01 18:00 missed rework_result",
            "12-01 18:00 escalated customer_service, service_manager, technical_manager",
        ],
    ),
    "P2.5: the closing": (
        decided,
        "2026-12-05T09:00:00+08:00",
        [
            "12-04 18:00 missed completion",
            "12-04 18:00 escalated customer_service, service_manager, technical_manager",
        ],
    ),
    "P2.5: nothing after the archive": (archived, "2027-02-01T09:00:00+08:00", []),
    "P2.5: the answer after a late one": (
        answered_late,
        "2026-12-30T09:00:00+08:00",
        ["12-21 00:00 notified", "12-28 00:00 closed"],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p2_what_time_does(garage: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(garage)

    assert timeline(garage, number, until) == expected
