"""`sets_unit`: an act after which the complaint belongs to another unit of the organisation."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import HOUR
from chalicelib.policy.reading.faults import PolicyFault
from tests.clauses.organisation import Organisation, hire
from tests.handling.exclusion.council import council, document
from tests.kernel.complaints.small_procedure import policy
from tests.units.test_unit_calendars import ALWAYS, CLOCK, choose, due

ACTS: dict[str, Any] = {
    "forward": {"by": "manager", "needs": "office", "sets_unit": "office", "tells": "officer"},
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": "handler"}},
    "decide": {"by": "officer", "to": "done"},
    "agree": {"by": "manager", "to": "done", "needs": "office", "sets_unit": "office", "approval": "reviewer"},
    "note": {"by": ["officer", "manager"]},
}
PARTS: dict[str, Any] = {
    "fields": {"office": {"en": "Office"}},
    "calendars": {"plant": ALWAYS},
    "clocks": {
        "after": {**CLOCK, "from": "forwarded", "until": "closed", "calendar": "unit"},
        "follows": {**CLOCK, "calendar": "unit", "follows_unit": True},
        "stays": {**CLOCK, "calendar": "unit"},
    },
    "intake": {**document({})["intake"], "unit": "optional"},
}


@pytest.fixture
def office() -> Organisation:
    """With units east and west, and an officer of each."""
    made = council(ACTS, **PARTS)
    for unit in ("east", "west"):
        answer = made.world.call("POST", f"{made.path}/units", {"id": unit, "name": unit}, auth=made.auth("owner"))
        assert answer.status == 201
        hire(made, "officer", name=unit, unit=unit)
    return made


def status(office: Organisation, number: str, who: str) -> int:
    return office.world.call("GET", f"{office.path}/complaints/{number}", auth=office.auth(who)).status


def listed(office: Organisation, who: str) -> list[str]:
    found = office.get("/complaints?shelf=open", who)["complaints"]
    return [row["number"] for row in found]


def test_the_complaint_belongs_to_the_new_unit(office: Organisation) -> None:
    number = office.file(unit="east")
    found = office.act(number, "manager", "forward", office="west")
    assert (found["unit"], found["stage"]) == ("west", "open")
    [event] = office.events(number, "manager", "forwarded")
    assert (event["fields"], event["result"]["unit"]) == ({"office": "west"}, "west")


def test_the_people_of_the_old_unit_lose_access_and_those_of_the_new_one_get_it(office: Organisation) -> None:
    number = office.file(unit="east")
    assert [status(office, number, who) for who in ("east", "west")] == [200, 404]
    office.act(number, "manager", "forward", office="west")
    assert [status(office, number, who) for who in ("east", "west")] == [404, 200]
    assert (listed(office, "east"), listed(office, "west")) == ([], [number])
    assert office.act(number, "west", "decide")["stage"] == "done"


def test_a_complaint_without_a_unit_gets_one(office: Organisation) -> None:
    number = office.file()
    office.act(number, "manager", "forward", office="west")
    assert [status(office, number, who) for who in ("east", "west")] == [404, 200]


def test_assignments_stay(office: Organisation) -> None:
    number = office.file(unit="east")
    office.act(number, "manager", "assign", handler=[office.subs["east"]])
    assert office.act(number, "manager", "forward", office="west")["assigned"] == {"officer": [office.subs["east"]]}


def test_the_people_of_the_new_unit_are_told(office: Organisation) -> None:
    number = office.file(unit="east")
    office.act(number, "manager", "forward", office="west")
    [told] = [one for one in office.events(number, "manager", "notified") if one["fields"]["wording"] == "forwarded"]
    assert told["fields"]["unit"] == "west"


def test_a_clock_that_the_act_starts_uses_the_calendar_of_the_new_unit(office: Organisation) -> None:
    choose(office, "west", "plant")
    number, other = office.file(unit="east"), office.file(unit="west")
    office.act(number, "manager", "forward", office="west")
    office.act(other, "manager", "forward", office="east")
    assert due(office, number, "after") == "2026-11-27T21:00:00+08:00"
    assert due(office, other, "after") == "2026-11-30T12:00:00+08:00"


def test_a_clock_that_follows_the_unit_keeps_what_is_used_and_counts_the_rest_there(office: Organisation) -> None:
    """Twelve working hours from Friday at nine: eight are used at five in the afternoon, and four follow."""
    choose(office, "west", "plant")
    number = office.file(unit="east")
    before = due(office, number, "follows")
    office.world.move_to("2026-11-27T17:00:00+08:00")
    office.act(number, "manager", "forward", office="west")
    found = office.deadline(number, "follows")
    assert (before, office.local(found["due"])) == ("2026-11-30T12:00:00+08:00", "2026-11-27T21:00:00+08:00")
    assert found["because"]["used"] == [{"calendar": "calendar", "until": "2026-11-27T09:00:00.000Z", "ms": 8 * HOUR}]
    assert due(office, number, "stays") == "2026-11-30T12:00:00+08:00"
    office.world.move_to("2026-11-27T21:00:00+08:00")
    assert office.deadline(number, "follows")["state"] == "missed"
    assert office.get(f"/complaints/{number}/record/verify", "manager")["intact"] is True


def test_a_clock_follows_through_an_approval_and_back_to_the_first_unit(office: Organisation) -> None:
    choose(office, "west", "plant")
    number = office.file(unit="east")
    office.world.move_to("2026-11-27T17:00:00+08:00")
    office.act(number, "manager", "forward", office="west")
    office.world.move_to("2026-11-27T19:00:00+08:00")
    office.act(number, "manager", "forward", office="east")
    found = office.deadline(number, "follows")
    assert [one["calendar"] for one in found["because"]["used"]] == ["calendar", "plant"]
    assert office.local(found["due"]) == "2026-11-30T11:00:00+08:00"


def test_it_happens_with_the_approval(office: Organisation) -> None:
    number = office.file(unit="east")
    assert office.act(number, "manager", "agree", office="west")["unit"] == "east"
    assert office.act(number, "reviewer", "approve")["unit"] == "west"


@pytest.mark.parametrize("given", ["north", "", 7, ["west"]])
def test_what_is_no_unit_is_refused(office: Organisation, given: Any) -> None:
    number = office.file(unit="east")
    answer = office.try_act(number, "manager", "forward", office=given)
    assert (answer.status, answer.pointer) == (422, "/fields/office")
    assert office.complaint(number, "manager")["unit"] == "east"


def test_the_form_offers_the_units(office: Organisation) -> None:
    [field] = office.complaint(office.file(), "manager")["forms"]["forward"]
    assert (field["name"], field["kind"], field["choices"]) == ("office", "choice", ["east", "west"])


def test_an_organisation_without_units_offers_no_act_that_needs_one() -> None:
    made = council(ACTS, **PARTS)
    assert {"forward", "agree"}.isdisjoint(made.complaint(made.file(), "manager")["forms"])


def test_the_record_of_the_complaint_replays_to_the_new_unit(office: Organisation) -> None:
    number = office.file(unit="east")
    office.act(number, "manager", "forward", office="west")
    assert office.get(f"/complaints/{number}/record/verify", "manager")["intact"] is True


def test_a_policy_without_units_has_no_such_act() -> None:
    forward = {"by": ["agent", "manager"], "needs": "office", "sets_unit": "office"}
    with pytest.raises(PolicyFault) as found:
        policy({"fields": {"office": {"en": "Office"}}, "stages": {"open": {"forward": forward}}})
    assert "sets-unit-without-units" in {fault.kind for fault in found.value.faults}
