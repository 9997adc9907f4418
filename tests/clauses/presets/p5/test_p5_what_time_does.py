"""P5 `telecom-regulator`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.regulator import SERVED, WANTED, accepted, assigned, evidenced, ordered, send, unit
from tests.clauses.organisation import Organisation


def filed(regulator: Organisation) -> str:
    return regulator.file()


def demanded(regulator: Organisation) -> str:
    number = assigned(regulator, unit=unit(regulator))
    regulator.act(number, "inspector", "demand_evidence", of="complainant", **WANTED)
    return number


def of_a_provider_outside(regulator: Organisation) -> str:
    number = assigned(regulator, unit=None)
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    return number


def only_to_be_rectified(regulator: Organisation) -> str:
    """Closed and archived."""
    number = ordered(regulator)
    regulator.act(number, "complaint_centre", "notify", **SERVED)
    regulator.act(number, "complaint_centre", "close", summary="已处罚。")
    regulator.act(number, "complaint_centre", "archive")
    return number


def served(regulator: Organisation) -> str:
    """A week later, with the rectification verified."""
    number = ordered(regulator)
    regulator.act(number, "inspector", "do_task", task="rectification", rectified="done", verified="已整改。")
    regulator.world.move_to("2026-12-04T09:00:00+08:00")
    regulator.act(number, "inspector", "notify", **SERVED)
    return number


def closed(regulator: Organisation) -> str:
    number = served(regulator)
    regulator.act(number, "complaint_centre", "close", summary="已处罚。")
    return number


def archived(regulator: Organisation) -> str:
    number = closed(regulator)
    regulator.act(number, "complaint_centre", "archive")
    return number


def reopened(regulator: Organisation) -> str:
    """The evidence came after the refusal."""
    number = regulator.file()
    regulator.world.move_to("2026-12-18T18:00:00+08:00")
    send(regulator, number, "bill")
    regulator.act(number, "complainant", "reopen")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P5.2: the evidence": (filed, "2026-12-12T09:00:00+08:00", ["12-04 18:00 missed evidence", "12-04 18:00 notified"]),
    "P5.3: the answer of the consumer": (demanded, "2026-12-12T09:00:00+08:00", ["12-04 18:00 demand_lapsed"]),
    "P5.3: no answer of a provider outside the system": (
        of_a_provider_outside,
        "2026-12-12T09:00:00+08:00",
        ["12-04 18:00 demand_lapsed"],
    ),
    "P5.2: the acceptance": (
        evidenced,
        "2026-12-08T09:00:00+08:00",
        [
            "12-04 18:00 missed acceptance",
            "12-04 18:00 escalated complaint_centre",
            "12-07 18:00 missed acceptance",
            "12-07 18:00 escalated director",
        ],
    ),
    "P5.2: the acceptance after a refusal": (
        reopened,
        "2026-12-26T09:00:00+08:00",
        ["12-25 18:00 missed acceptance", "12-25 18:00 escalated complaint_centre"],
    ),
    "P5.4: the decision": (
        accepted,
        "2026-12-28T09:00:00+08:00",
        [
            "12-21 09:00 warned handling",
            "12-28 00:00 missed handling",
            "12-28 00:00 escalated complaint_centre",
        ],
    ),
    "P5.4: the closing": (
        served,
        "2026-12-15T09:00:00+08:00",
        [
            "12-11 18:00 missed completion",
            "12-11 18:00 escalated complaint_centre",
            "12-14 18:00 missed completion",
            "12-14 18:00 escalated director",
        ],
    ),
    "P5.4: the archive": (
        closed,
        "2026-12-19T09:00:00+08:00",
        ["12-18 18:00 missed completion", "12-18 18:00 escalated complaint_centre"],
    ),
    "P5.4: nothing after the archive": (archived, "2027-02-01T09:00:00+08:00", []),
    "P5.4: the service": (
        ordered,
        "2026-12-12T09:00:00+08:00",
        ["12-11 18:00 missed completion", "12-11 18:00 escalated complaint_centre"],
    ),
    "P5.4: the rectification": (
        only_to_be_rectified,
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
