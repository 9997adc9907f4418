"""Units of an organisation over HTTP."""

from __future__ import annotations

import pytest

from tests.kernel.tenants.world import INVITE, World


def test_roles_can_be_granted_for_a_unit(shop: World) -> None:
    assert shop.owner("POST", "/units", {"id": "east", "name": "东区"}).status == 201
    answer = shop.owner("POST", "/people", {**INVITE, "grants": [{"role": "agent", "unit": "east"}]})
    assert answer.json["grants"] == [{"role": "agent", "unit": "east"}]


def test_members_see_the_units(staffed: World) -> None:
    staffed.owner("POST", "/units", {"id": "east", "name": "东区"})
    assert staffed.agent("GET", "/units").json == {"units": [{"id": "east", "name": "东区"}]}


def test_owners_choose_the_calendar_of_a_unit(staffed: World) -> None:
    staffed.owner("POST", "/units", {"id": "east", "name": "东区"})
    assert staffed.owner("PUT", "/units/east", {"calendar": "plant"}).json["calendar"] == "plant"
    assert staffed.agent("GET", "/units").json["units"] == [{"id": "east", "name": "东区", "calendar": "plant"}]
    assert staffed.owner("PUT", "/units/east", {"calendar": None}).json == {"id": "east", "name": "东区"}


def test_only_owners_choose_a_calendar_and_only_of_a_unit_that_exists(staffed: World) -> None:
    staffed.owner("POST", "/units", {"id": "east", "name": "东区"})
    assert staffed.agent("PUT", "/units/east", {"calendar": "plant"}).problem == "forbidden"
    assert staffed.owner("PUT", "/units/west", {"calendar": "plant"}).problem == "not-found"
    assert staffed.owner("PUT", "/units/east", {}).problem == "invalid"


def test_only_owners_add_units(staffed: World) -> None:
    assert staffed.agent("POST", "/units", {"id": "east", "name": "东区"}).problem == "forbidden"


def test_the_same_unit_again_changes_nothing_and_another_is_a_conflict(shop: World) -> None:
    answers = [shop.owner("POST", "/units", {"id": "east", "name": name}).status for name in ("东区", "东区", "西区")]
    assert answers == [201, 201, 409]


@pytest.mark.parametrize("unit", ["East", "", "a/b", "east\n"])
def test_a_unit_needs_a_valid_id(shop: World, unit: str) -> None:
    assert shop.owner("POST", "/units", {"id": unit, "name": "东区"}).problem == "invalid"


def test_the_plan_limits_units(shop: World) -> None:
    statuses = [shop.owner("POST", "/units", {"id": f"u{n}", "name": "区"}).status for n in range(21)]
    assert statuses == [201] * 20 + [402]
