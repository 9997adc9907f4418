"""Who reads inspections and orders them: owners, and the roles that the policy names for the whole organisation."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, hire, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.inspections.inspecting import document, order, produced

START = "2026-11-23T09:00:00+08:00"
AFTER = "2026-12-02T09:00:00+08:00"


INSPECTED = """
supervision:
  by: leader
  inspection: {every: month, due: 10 working days, for: leader, tells: [owner, headquarters]}
"""


@pytest.fixture(scope="module")
def estate() -> Organisation:
    found = sign_up_with(InProcess(START), presets.text("property-management") + INSPECTED)
    body = {"id": "north", "name": "North <script>"}
    assert found.world.call("POST", f"{found.path}/units", body, auth=found.auth("owner")).status == 201
    hire(found, "leader", name="northern", unit="north")
    found.file(unit="north")
    found.world.move_to(AFTER)
    return found


@pytest.fixture(scope="module")
def inspection(estate: Organisation) -> str:
    return str(produced(estate, "2026-11", "leader")["id"])


def looked(estate: Organisation, who: str, path: str) -> Answer:
    return estate.world.call("GET", f"{estate.path}/inspections{path}", auth=estate.auth(who))


PATHS = ("", "/{}", "/{}/page")


@pytest.mark.parametrize("path", PATHS)
def test_owners_inspectors_and_people_told_read_it(estate: Organisation, inspection: str, path: str) -> None:
    for who in ("owner", "leader", "headquarters"):
        assert looked(estate, who, path.format(inspection)).status == 200, who


@pytest.mark.parametrize("path", PATHS)
def test_no_other_member_reads_it(estate: Organisation, inspection: str, path: str) -> None:
    others = set(estate.tokens) - {"owner", "leader", "headquarters"}
    assert others >= {"northern"}
    for who in others:
        answer = looked(estate, who, path.format(inspection))
        assert (answer.status, answer.problem) == (403, "forbidden"), who


def test_only_owners_and_inspectors_order_one(estate: Organisation) -> None:
    assert order(estate, "2026-11", "leader").status == 201
    for who in set(estate.tokens) - {"owner", "leader"}:
        assert order(estate, "2026-11", who).status == 403, who


def test_an_inspector_of_one_unit_learns_nothing_of_periods(estate: Organisation) -> None:
    answers = [order(estate, wanted, "northern") for wanted in ("2026-11", "2026-12")]
    assert [(one.status, one.problem) for one in answers] == [(403, "forbidden")] * 2


def test_a_stranger_and_a_complainant_read_none(estate: Organisation, inspection: str) -> None:
    number = next(iter(estate.filed))
    for auth in (None, estate.auth("complainant", number)):
        for path in PATHS:
            address = f"{estate.path}/inspections{path.format(inspection)}"
            assert estate.world.call("GET", address, auth=auth).status == 401


def test_without_an_inspection_in_the_policy_owners_alone_read_it() -> None:
    company = sign_up(InProcess(START), "platform")
    company.world.move_to(AFTER)
    row = produced(company, "2026-11")
    assert document(company, row["id"])["edition"] == 1
    for who in set(company.tokens) - {"owner"}:
        assert looked(company, who, "").status == 403, who
