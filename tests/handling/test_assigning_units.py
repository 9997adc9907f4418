"""A complaint can only be assigned to people who may open it."""

from __future__ import annotations

from tests.clauses.organisation import hire, sign_up
from tests.clauses.world import InProcess


def test_a_person_of_another_unit_is_not_assigned() -> None:
    estate = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "property-management")
    for unit in ("east", "west"):
        estate.world.call("POST", f"{estate.path}/units", {"id": unit, "name": unit}, auth=estate.auth("owner"))
    hire(estate, "management_office", name="westerner", unit="west")
    number = estate.file(unit="east")
    estate.act(number, "service_centre", "forward", to="office_head", person=estate.subs["office_head"])

    answer = estate.try_act(number, "office_head", "assign", responsible=[estate.subs["westerner"]])

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/responsible")
