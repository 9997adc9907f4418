"""P7 `property-management`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.estate import at_headquarters, forwarded
from tests.clauses.organisation import Organisation


def filed(estate: Organisation) -> str:
    return estate.file()


def filed_at_night(estate: Organisation) -> str:
    estate.world.move_to("2026-11-27T20:00:00+08:00")
    return estate.file(channel="email")


def urgent(estate: Organisation) -> str:
    return estate.file(category={"urgency": "urgent"})


def promised(estate: Organisation) -> str:
    number = estate.file()
    estate.act(number, "service_centre", "promise", feedback_at="2026-11-27T15:00:00+08:00")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P7.6: the forwarding": (
        filed,
        "2026-12-10T09:00:00+08:00",
        [
            "11-27 09:20 warned forwarding",
            "11-27 09:30 missed forwarding",
            "11-27 09:30 escalated service_supervisor, office_head",
            "11-27 10:00 missed forwarding",
            "11-27 10:00 escalated service_centre",
            "11-28 10:00 missed forwarding",
            "11-28 10:00 escalated leader",
            "11-29 10:00 missed forwarding",
            "12-04 18:00 missed forwarding",
        ],
    ),
    "P7.6: the forwarding of an e-mail at night": (
        filed_at_night,
        "2026-11-30T12:00:00+08:00",
        [
            "11-30 09:50 warned forwarding",
            "11-30 10:00 missed forwarding",
            "11-30 10:00 escalated service_supervisor, office_head",
            "11-30 11:00 missed forwarding",
            "11-30 11:00 escalated service_centre",
        ],
    ),
    "P7.7: the handling and the reply": (
        forwarded,
        "2026-12-01T09:00:00+08:00",
        [
            "11-27 18:00 missed handling",
            "11-27 18:00 escalated service_supervisor, office_head",
            "11-28 07:00 warned reply",
            "11-28 09:00 missed reply",
            "11-28 09:00 escalated service_supervisor, office_head",
            "11-29 09:00 missed reply",
            "11-29 09:00 escalated service_centre",
            "11-30 09:00 missed reply",
            "11-30 09:00 escalated leader",
            "11-30 18:00 missed handling",
            "11-30 18:00 escalated service_centre",
            "12-01 09:00 missed reply",
        ],
    ),
    "P7.1: a promised feedback": (
        promised,
        "2026-11-27T20:00:00+08:00",
        [
            "11-27 14:00 warned promised",
            "11-27 15:00 missed promised",
            "11-27 15:00 escalated service_supervisor, office_head",
        ],
    ),
    "P7.2: an urgent complaint": (urgent, "2026-11-27T09:20:00+08:00", ["11-27 09:20 warned forwarding"]),
    "P7.9: headquarters": (
        at_headquarters,
        "2026-11-27T12:00:00+08:00",
        [
            "11-27 09:30 missed passing_on",
            "11-27 09:30 transferred",
            "11-27 09:50 warned forwarding",
            "11-27 10:00 missed forwarding",
            "11-27 10:00 escalated service_supervisor, office_head",
            "11-27 10:30 missed forwarding",
            "11-27 10:30 escalated service_centre",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p7_what_time_does(estate: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(estate)

    assert timeline(estate, number, until) == expected
