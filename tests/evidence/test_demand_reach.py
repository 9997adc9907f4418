"""A demand goes only to a party that can answer it: the silence of nobody is not on record."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import ASKED_FOR, assigned, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess


@pytest.fixture
def marketplace() -> Organisation:
    made = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    for unit in ("shop", "other"):
        made.world.call("POST", f"{made.path}/units", {"id": unit, "name": unit}, auth=made.auth("owner"))
    return made


def demanded(marketplace: Organisation, number: str) -> tuple[int, list[str]]:
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    answer = marketplace.try_act(number, "handler", "demand_evidence", of="respondent", **ASKED_FOR)
    return answer.status, [one["pointer"] for one in answer.json.get("errors", [])]


def test_a_unit_without_a_respondent_cannot_be_asked(marketplace: Organisation) -> None:
    hire(marketplace, "respondent", name="theirs", unit="other")
    number = assigned(marketplace, unit="shop")

    assert demanded(marketplace, number) == (422, ["/fields/of"])

    marketplace.world.move_to("2026-12-10T09:00:00+08:00")
    lapsed = marketplace.events(number, type_="demand_lapsed")
    assert [event["fields"]["of"] for event in lapsed] == ["complainant"]  # of the filing's own demand


def test_a_unit_with_a_respondent_can_be_asked(marketplace: Organisation) -> None:
    hire(marketplace, "respondent", name="theirs", unit="shop")

    assert demanded(marketplace, assigned(marketplace, unit="shop")) == (200, [])


def test_a_unit_whose_respondent_has_left_cannot_be_asked(marketplace: Organisation) -> None:
    hire(marketplace, "respondent", name="theirs", unit="shop")
    person = f"{marketplace.path}/people/{marketplace.subs['theirs']}"
    assert marketplace.world.call("DELETE", person, auth=marketplace.auth("owner")).status < 300

    assert demanded(marketplace, assigned(marketplace, unit="shop")) == (422, ["/fields/of"])
