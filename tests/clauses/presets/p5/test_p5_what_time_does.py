"""P5 `telecom-regulator`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.regulator import assigned, ordered
from tests.clauses.organisation import Organisation


def filed(regulator: Organisation) -> str:
    return regulator.file()


def demanded(regulator: Organisation) -> str:
    number = assigned(regulator, unit=None)
    regulator.act(number, "inspector", "demand_evidence", of="complainant")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P5.2: the evidence": (filed, "2026-12-12T09:00:00+08:00", ["12-04 18:00 missed evidence", "12-04 18:00 notified"]),
    "P5.3: the answer of the consumer": (demanded, "2026-12-12T09:00:00+08:00", ["12-04 18:00 demand_lapsed"]),
    "P5.4: the rectification": (
        ordered,
        "2027-01-12T09:00:00+08:00",
        [
            "12-25 18:00 missed rectification",
            "12-25 18:00 escalated complaint_centre",
            "12-28 18:00 missed rectification",
            "12-28 18:00 escalated director",
            "12-29 18:00 missed rectification",
            "01-06 18:00 missed rectification",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p5_what_time_does(regulator: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(regulator)

    assert timeline(regulator, number, until) == expected
