"""P1 `platform`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.marketplace import DECISION, accepted, answers, demanded, recorded, reopened
from tests.clauses.organisation import Organisation


def filed(marketplace: Organisation) -> str:
    return marketplace.file(unit="seller")


def decided(marketplace: Organisation) -> str:
    number = demanded(marketplace)
    marketplace.world.move_to("2026-11-30T09:00:00+08:00")
    answers(marketplace, number)
    marketplace.act(number, "handler", "decide", **DECISION)
    return number


def closed(marketplace: Organisation) -> str:
    """On the day after the decision."""
    number = decided(marketplace)
    marketplace.world.move_to("2026-12-01T09:00:00+08:00")
    marketplace.act(number, "handler", "close", summary="退款后归档。")
    return number


def put_away(marketplace: Organisation) -> str:
    number = closed(marketplace)
    marketplace.act(number, "archivist", "archive")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P1.2 P1.3: the screening": (
        filed,
        "2026-12-12T09:00:00+08:00",
        [
            "11-28 05:00 warned screening",
            "11-28 09:00 missed screening",
            "11-28 09:00 escalated director",
            "11-28 09:00 demand_lapsed",
            "11-29 09:00 missed screening",
            "12-04 18:00 missed screening",
            "12-11 18:00 missed screening",
        ],
    ),
    "P1.3: the handling": (
        accepted,
        "2026-12-10T09:00:00+08:00",
        [
            "11-28 09:00 demand_lapsed",
            "12-01 09:00 warned handling",
            "12-02 18:00 missed handling",
            "12-02 18:00 escalated director",
            "12-07 18:00 missed handling",
        ],
    ),
    "P1.3 P1.4: the answer of the respondent": (
        demanded,
        "2026-12-03T09:00:00+08:00",
        [
            "12-01 09:00 warned handling",
            "12-01 18:00 demand_lapsed",
            "12-02 18:00 missed handling",
            "12-02 18:00 escalated director",
        ],
    ),
    "P1.4: the time to object": (
        recorded,
        "2026-12-05T09:00:00+08:00",
        [
            "12-03 09:00 warned handling",
            "12-04 18:00 missed handling",
            "12-04 18:00 escalated director",
        ],
    ),
    "P1.6: the closing": (
        decided,
        "2026-12-12T09:00:00+08:00",
        ["12-07 18:00 missed completion", "12-07 18:00 escalated director"],
    ),
    "P1.6: the archive": (
        closed,
        "2026-12-12T09:00:00+08:00",
        ["12-08 18:00 missed completion", "12-08 18:00 escalated director"],
    ),
    "P1.6: nothing after the archive": (put_away, "2027-02-01T09:00:00+08:00", []),
    "P1.3 P1.6: the re-examination": (
        reopened,
        "2026-12-08T09:00:00+08:00",
        [
            "12-01 09:00 warned re_examination",
            "12-02 18:00 missed re_examination",
            "12-02 18:00 escalated director",
            "12-07 18:00 missed re_examination",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p1_what_time_does(marketplace: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(marketplace)

    assert timeline(marketplace, number, until) == expected
