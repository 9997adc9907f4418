"""P9 `food-drug-administration`: what time does to a case without any act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.bureau import accepted, decided, disputed, filed, settled
from tests.clauses.organisation import Organisation


def oral(bureau: Organisation) -> str:
    return accepted(bureau)


def written(bureau: Organisation) -> str:
    return accepted(bureau, "written")


def petition(bureau: Organisation) -> str:
    return accepted(bureau, "petition")


def answered_late(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.world.move_to("2026-10-12T09:00:00+08:00")
    bureau.act(number, "complainant", "reopen")
    return number


CASES: dict[str, tuple[Callable[[Organisation], str], str, list[str]]] = {
    "P9.2: the screening": (
        filed,
        "2026-10-20T09:00:00+08:00",
        [
            "10-08 18:00 missed first_review",
            "10-08 18:00 escalated information_centre",
            "10-09 18:00 missed first_review",
            "10-09 18:00 escalated leader",
            "10-10 18:00 missed first_review",
            "10-16 18:00 missed first_review",
        ],
    ),
    "P9.10: the closing after an acceptance": (
        settled,
        "2026-10-16T09:00:00+08:00",
        [
            "10-14 18:00 missed conclusion",
            "10-14 18:00 escalated information_centre",
            "10-15 18:00 missed conclusion",
            "10-15 18:00 escalated leader",
        ],
    ),
    "P9.10: the closing after a dispute": (
        disputed,
        "2026-10-14T18:00:00+08:00",
        ["10-14 18:00 missed conclusion", "10-14 18:00 escalated information_centre"],
    ),
    "P9.8: an oral complaint": (
        oral,
        "2026-10-26T09:00:00+08:00",
        [
            "09-30 09:00 warned decision",
            "10-08 18:00 missed decision",
            "10-08 18:00 escalated information_centre",
            "10-09 18:00 missed decision",
            "10-09 18:00 escalated leader",
            "10-10 18:00 missed decision",
            "10-16 18:00 missed decision",
            "10-23 18:00 missed decision",
        ],
    ),
    "P9.8: a written complaint": (
        written,
        "2026-10-16T09:00:00+08:00",
        [
            "10-13 09:00 warned decision",
            "10-14 18:00 missed decision",
            "10-14 18:00 escalated information_centre",
            "10-15 18:00 missed decision",
            "10-15 18:00 escalated leader",
        ],
    ),
    "P9.8: a petition": (
        petition,
        "2026-10-16T09:00:00+08:00",
        [
            "10-13 09:00 warned decision",
            "10-14 18:00 missed decision",
            "10-14 18:00 escalated information_centre",
            "10-15 18:00 missed decision",
            "10-15 18:00 escalated leader",
        ],
    ),
    "P9.9: the answer of the complainant": (
        decided,
        "2026-10-12T09:00:00+08:00",
        ["10-01 00:00 notified", "10-09 00:00 closed"],
    ),
    "P9.9: the answer after a late one": (
        answered_late,
        "2026-11-12T09:00:00+08:00",
        [
            "10-20 00:00 notified",
            "10-28 00:00 closed",
            "11-10 18:00 missed conclusion",
            "11-10 18:00 escalated information_centre",
            "11-11 18:00 missed conclusion",
            "11-11 18:00 escalated leader",
        ],
    ),
}
"""By clauses: a scene, a time, and what happens until then without any act."""


@pytest.mark.parametrize("case", CASES)
def test_p9_what_time_does(bureau: Organisation, case: str) -> None:
    scene, until, expected = CASES[case]
    number = scene(bureau)

    assert timeline(bureau, number, until) == expected
