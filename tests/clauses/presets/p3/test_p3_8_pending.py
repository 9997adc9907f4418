"""P3.8: a pending matter is flagged on its subject when it is next looked up at reception."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.clauses.offices.workshop import parked, reported
from tests.clauses.organisation import Organisation


def looked_up(workshop: Organisation, plate: str = "") -> dict[str, Any]:
    plate = plate or workshop.example()["facts"]["plate_number"]
    found: dict[str, Any] = workshop.get(f"/subjects/{quote(plate)}", "service_centre")
    return found


def test_p3_8_a_pending_matter_is_flagged_on_the_plate(workshop: Organisation) -> None:
    number = parked(workshop)

    found = looked_up(workshop)

    assert (found["pending"], found["pending_matters"]) == (True, [number])


def test_p3_8_a_resumed_matter_is_no_longer_flagged(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.act(number, "customer_manager", "resume")

    assert looked_up(workshop)["pending"] is False


def test_p3_8_a_complaint_that_is_not_pending_is_listed_without_a_flag(workshop: Organisation) -> None:
    number = reported(workshop)

    found = looked_up(workshop)

    assert (found["pending"], [row["number"] for row in found["complaints"]]) == (False, [number])


def test_p3_8_another_plate_has_no_flag(workshop: Organisation) -> None:
    parked(workshop)

    assert looked_up(workshop, "示Z99999") == {"pending": False, "pending_matters": [], "complaints": []}


def test_p3_8_subjects_are_looked_up_by_the_organisations_people(workshop: Organisation) -> None:
    assert workshop.world.call("GET", f"{workshop.path}/subjects/x").status == 401
