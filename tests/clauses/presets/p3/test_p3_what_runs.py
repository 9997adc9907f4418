"""P3 `auto-repair-forms`: at each stage, the deadlines that run, and those that wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.workshop import closed, decided, executed, filled, handed_over, parked, reported
from tests.clauses.organisation import Organisation


def filed(workshop: Organisation) -> str:
    return workshop.file()


def reported_to_the_centre(workshop: Organisation) -> str:
    number = workshop.file()
    workshop.act(number, "staff", "forward", to="service_centre")
    return number


def without_time(workshop: Organisation) -> str:
    return parked(workshop, "no_time")


CASES: dict[str, tuple[Callable[[Organisation], str], set[str], set[str]]] = {
    "P3.1 P3.3: filed": (filed, {"report", "liability"}, set()),
    "P3.2 P3.3 P3.4: reported to the manager": (reported, {"form", "liability"}, set()),
    "P3.2 P3.3 P3.4: reported to the centre": (reported_to_the_centre, {"form", "liability"}, set()),
    "P3.2 P3.3: filled in": (filled, {"liability"}, set()),
    "P3.6: the customer has no time": (without_time, {"form", "reminder", "silence"}, {"liability"}),
    "P3.6: parts are delayed": (parked, {"form"}, {"liability"}),
    "P3.4: handed over": (handed_over, {"review"}, set()),
    "P3.5: decided": (decided, {"accountability"}, set()),
    "P3.5: executed": (executed, {"handover"}, set()),
    "P3.5 P3.10: closed": (closed, {"archiving"}, set()),
}
"""By clause: a scene, the clocks that run then, and the clocks that are paused."""


@pytest.mark.parametrize("case", CASES)
def test_p3_what_runs(workshop: Organisation, case: str) -> None:
    scene, running, paused = CASES[case]

    deadlines = workshop.get(f"/complaints/{scene(workshop)}/deadlines", "service_centre")["deadlines"]

    assert {one["clock"] for one in deadlines if one["state"] == "running"} == running
    assert {one["clock"] for one in deadlines if one["state"] == "paused"} == paused


def test_p3_5_an_archived_case_is_among_the_archived(workshop: Organisation) -> None:
    number = closed(workshop)

    workshop.act(number, "service_centre", "archive")

    shelves = {name: workshop.get(f"/complaints?shelf={name}", "service_centre") for name in ("open", "archived")}
    found = {name: [row["number"] for row in shelf["complaints"]] for name, shelf in shelves.items()}
    assert found == {"open": [], "archived": [number]}
