"""`of: parent`: people with a grant for the parent of the complaint's unit do acts, approve and are told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.handling.exclusion.council import council, document, publish, switch
from tests.helpers.fakes.client import Answer

ABOVE = {"role": "manager", "of": "parent"}
ACTS: dict[str, Any] = {
    "decide": {"by": ABOVE, "to": "done"},
    "forward": {"by": "officer", "to": "done", "approval": {"by": ABOVE}},
    "mediate": {"by": "officer", "tells": {"to": ABOVE}},
    "promise": {"by": "officer", "takes": "view"},
}
INTAKE = {**document({})["intake"], "unit": "optional"}


def change(office: Organisation, unit: str, who: str = "owner", **body: Any) -> Answer:
    return office.world.call("PUT", f"{office.path}/units/{unit}", body, auth=office.auth(who))


def with_units(made: Organisation) -> Organisation:
    """East and west lie in north, which lies in the country. A manager of each, and one of the organisation."""
    for unit in ("country", "north", "east", "west"):
        answer = made.world.call("POST", f"{made.path}/units", {"id": unit, "name": unit}, auth=made.auth("owner"))
        assert answer.status == 201
    for unit, parent in (("east", "north"), ("west", "north"), ("north", "country")):
        assert change(made, unit, parent=parent).status == 200
    for unit in ("country", "north", "east"):
        hire(made, "manager", name=f"{unit}_manager", unit=unit)
    hire(made, "officer", name="north_officer", unit="north")
    return made


@pytest.fixture
def office() -> Organisation:
    return with_units(council(ACTS, intake=INTAKE))


def status(office: Organisation, number: str, who: str) -> int:
    return office.world.call("GET", f"{office.path}/complaints/{number}", auth=office.auth(who)).status


def told(office: Organisation, who: str) -> list[str]:
    return [message["wording"] for message in office.get("/messages", who)["messages"]]


def test_only_people_of_the_parent_do_the_act(office: Organisation) -> None:
    number = office.file(unit="east")
    for who in ("manager", "east_manager", "owner"):
        assert office.try_act(number, who, "decide").status == 403
    assert office.try_act(number, "country_manager", "decide").problem == "complaint-unknown"
    assert office.act(number, "north_manager", "decide")["stage"] == "done"


def test_they_see_the_complaint_and_it_stands_in_their_list(office: Organisation) -> None:
    number, other = office.file(unit="east"), office.file(unit="country")
    assert [status(office, one, "north_manager") for one in (number, other)] == [200, 404]
    listed = office.get("/complaints?shelf=open", "north_manager")["complaints"]
    assert [row["number"] for row in listed] == [number]
    assert office.complaint(number, "north_manager")["facts"]["content"]


def test_another_role_of_the_parent_does_not_see_it(office: Organisation) -> None:
    assert status(office, office.file(unit="east"), "north_officer") == 404


def test_they_have_no_other_rights_in_it(office: Organisation) -> None:
    found = office.complaint(office.file(unit="east"), "north_manager")
    assert (found["acts"], found["office_acts"], found["complainant_acts"]) == (["decide"], [], [])


@pytest.mark.parametrize("unit", [None, "country", "north"])
def test_without_a_parent_with_such_a_person_it_is_for_nobody_and_the_owners_are_told(
    office: Organisation, unit: str | None
) -> None:
    """A manager of the country is above north; there is nothing above the country."""
    number = office.file(**({} if unit is None else {"unit": unit}))
    expected = 200 if unit == "north" else None
    if expected is None:
        assert office.try_act(number, "manager", "decide").status == 403
        assert "role_vacant" in told(office, "owner")
    else:
        assert office.try_act(number, "country_manager", "decide").status == expected
        assert "role_vacant" not in told(office, "owner")


def test_only_people_of_the_parent_approve(office: Organisation) -> None:
    number = office.file(unit="east")
    office.act(number, "officer", "forward")
    assert office.try_act(number, "east_manager", "approve").status == 403
    assert office.try_act(number, "manager", "approve").status == 403
    assert office.act(number, "north_manager", "approve")["stage"] == "done"


def test_only_people_of_the_parent_are_told(office: Organisation) -> None:
    office.act(office.file(unit="east"), "officer", "mediate")
    assert [told(office, who) for who in ("manager", "east_manager", "country_manager")] == [[], [], []]
    assert told(office, "north_manager") == ["mediated"]


def test_it_is_the_parent_of_now(office: Organisation) -> None:
    number = office.file(unit="east")
    assert change(office, "east", parent="country").json["parent"] == "country"
    assert [status(office, number, who) for who in ("north_manager", "country_manager")] == [404, 200]
    assert "parent" not in change(office, "east", parent=None).json
    assert [status(office, number, who) for who in ("north_manager", "country_manager")] == [404, 404]


def test_they_see_it_while_its_version_has_such_an_entry(office: Organisation) -> None:
    number = office.file(unit="east")
    publish(office, document({"decide": {"by": "manager", "to": "done"}}, intake=INTAKE))
    assert status(office, number, "north_manager") == 200
    switch(office, number)
    assert status(office, number, "north_manager") == 404


def test_a_deputy_of_theirs_may_do_it(office: Organisation) -> None:
    from tests.handling.exclusion.council import stand_in

    number = office.file(unit="east")
    stand_in(office, "north_manager", "third")
    assert office.act(number, "third", "decide")["stage"] == "done"


@pytest.mark.parametrize(
    ("unit", "body", "pointer"),
    [
        ("east", {"parent": "south"}, "/parent"),
        ("east", {"parent": "east"}, "/parent"),
        ("country", {"parent": "east"}, "/parent"),
        ("north", {"parent": "west"}, "/parent"),
        ("east", {"parent": ""}, "/parent"),
        ("east", {"parent": 7}, "/parent"),
        ("east", {}, ""),
        ("east", {"above": "north"}, "/above"),
    ],
)
def test_a_parent_that_cannot_be_is_refused(
    office: Organisation, unit: str, body: dict[str, Any], pointer: str
) -> None:
    before = office.get("/units", "owner")
    answer = change(office, unit, **body)
    assert (answer.status, answer.pointer) == (422, pointer)
    assert office.get("/units", "owner") == before


def test_only_owners_choose_it_and_the_choice_is_recorded(office: Organisation) -> None:
    assert change(office, "east", "manager", parent="country").status == 403
    assert change(office, "nowhere", parent="country").status == 404
    assert change(office, "east", calendar="plant", parent="country").json["calendar"] == "plant"
    assert {one["id"]: one.get("parent") for one in office.get("/units", "manager")["units"]} == {
        "country": None,
        "east": "country",
        "north": "country",
        "west": "north",
    }


def test_the_search_for_cases_that_stand_still_does_not_rely_on_them() -> None:
    stages = {"open": {"decide": {"by": ABOVE, "to": "done"}, "inspect": {"by": ["officer", "reviewer"]}}}
    made = document({}, intake=INTAKE)
    alone = {**made, "stages": {**made["stages"], **stages}}
    office = council({})
    answer = office.world.call("POST", f"{office.path}/policy/check", {"policy": alone}, auth=office.auth("owner"))
    assert "stands still" in answer.text or "stand still" in answer.text


def test_a_policy_without_units_has_no_parent() -> None:
    office = council({})
    wrong = document({"decide": {"by": ABOVE, "to": "done"}})
    answer = office.world.call("POST", f"{office.path}/policy/check", {"policy": wrong}, auth=office.auth("owner"))
    assert "/policy/stages/open/decide/by/of" in answer.text
