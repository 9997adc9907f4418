"""Files that a member hands in on the complainant's behalf count as the complainant's own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.giving import declared, given, looked_at
from tests.clauses.offices.estate import estate_in
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.offices.regulator import regulator_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import PDF, image
from tests.kernel.web.untouched import refused

START = "2026-11-27T09:00:00+08:00"
FOR = {"on_behalf_of": "complainant"}
CLERK = "complaint_centre"


@pytest.fixture
def regulator() -> Organisation:
    return regulator_in(InProcess(START))


def handed_in(regulator: Organisation, number: str, kind: str = "bill", **changes: Any) -> dict[str, Any]:
    return given(regulator, number, kind, auth=regulator.auth(CLERK), **{**FOR, **changes})


def test_the_event_says_who_handed_it_in_and_for_whom(regulator: Organisation) -> None:
    number = regulator.file()

    evidence = handed_in(regulator, number)

    [event] = regulator.events(number, CLERK, "evidence_declared")
    assert event["actor"] == {
        "kind": "staff",
        "id": regulator.subs[CLERK],
        "role": CLERK,
        "on_behalf_of": "complainant",
    }
    assert (evidence["declared_by"], evidence["on_behalf_of"]) == ("staff", "complainant")
    [sealed] = regulator.events(number, CLERK, "evidence_sealed")
    assert sealed["fields"]["by"] == "complainant"


@pytest.mark.slow
def test_it_answers_the_demand_to_the_complainant(regulator: Organisation) -> None:
    number = regulator.file()
    [demanded] = regulator.events(number, type_="evidence_demanded")

    for kind in demanded["fields"]["kinds"]:
        handed_in(regulator, number, kind, name=f"{kind}.pdf", content=PDF + kind.encode())

    [answer] = regulator.events(number, CLERK, "evidence_received")
    assert answer["fields"]["demand"] == demanded["id"]
    assert (answer["actor"]["id"], answer["actor"]["on_behalf_of"]) == (regulator.subs[CLERK], "complainant")


def test_a_members_own_file_answers_no_demand_to_the_complainant(regulator: Organisation) -> None:
    number = regulator.file()
    [demanded] = regulator.events(number, type_="evidence_demanded")

    for kind in demanded["fields"]["kinds"]:
        evidence = handed_in(regulator, number, kind, on_behalf_of=None)

    assert regulator.events(number, type_="evidence_received") == []
    assert "on_behalf_of" not in evidence


def test_the_complainant_reads_the_original_and_its_name_like_their_own(regulator: Organisation) -> None:
    number = regulator.file()
    evidence = given(
        regulator, number, "other", image(), "image/jpeg", auth=regulator.auth(CLERK), name="账单.jpg", **FOR
    )

    seen = looked_at(regulator, number, evidence["id"])
    path = f"/complaints/{number}/evidence/{evidence['id']}/link"

    assert seen["copies"] == ["original", "shown", "thumbnail"]
    assert regulator.get(path, "complainant", number)["name"] == "账单.jpg"
    [event] = regulator.events(number, type_="evidence_declared")
    values = regulator.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert values[event["id"]] == {"name": "账单.jpg"}


def _used(regulator: Organisation) -> int:
    return int(regulator.get("/usage", "owner")["limits"]["evidence_bytes"]["used"])


def test_it_uses_the_same_quota_as_the_complainants_own(regulator: Organisation) -> None:
    number = regulator.file()
    handed_in(regulator, number)
    used = [_used(regulator)]
    given(regulator, number, "bill")

    assert [*used, _used(regulator)] == [len(PDF), len(PDF)]  # the same bytes are stored once


def test_a_complainant_cannot_hand_in_on_behalf_of_anybody(regulator: Organisation) -> None:
    number = regulator.file()

    answer = declared(regulator, number, "bill", **FOR)

    refused(answer, 403, "forbidden", "/on_behalf_of")
    assert regulator.events(number, type_="evidence_declared") == []


@pytest.mark.parametrize("party", ["respondent", "inspector", "", 1])
def test_only_the_complainant_can_be_named(regulator: Organisation, party: object) -> None:
    number = regulator.file()

    answer = declared(regulator, number, "bill", auth=regulator.auth(CLERK), on_behalf_of=party)

    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, ["/on_behalf_of"])


def test_the_holder_of_a_demands_link_gives_only_their_own(regulator: Organisation) -> None:
    number = regulator.file()
    [demanded] = regulator.events(number, type_="evidence_demanded")
    link = regulator.get(f"/complaints/{demanded['id'].replace('/', '/demands/')}/link", CLERK)

    answer = declared(regulator, number, "bill", auth=f"Receipt {link['receipt']}", **FOR)

    refused(answer, 403, "forbidden", "/on_behalf_of")


@pytest.mark.parametrize(("who", "status"), [("screener", 201), ("handler", 201), ("archivist", 403), ("second", 403)])
def test_only_members_who_see_the_complainant_hand_in_for_them(who: str, status: int) -> None:
    marketplace = marketplace_in(InProcess(START))
    hire(marketplace, "handler", name="second")
    number = accepted(marketplace)

    answer = declared(marketplace, number, "screenshot", auth=marketplace.auth(who), **FOR)

    assert answer.status == status
    if status == 403:
        refused(answer, 403, "forbidden", "/on_behalf_of")


@pytest.mark.parametrize(("role", "status"), [("respondent", 403), ("management_office", 404)])
def test_people_without_a_grant_for_the_complaint_hand_in_nothing(role: str, status: int) -> None:
    estate = estate_in(InProcess(START))
    for unit in ("north", "south"):
        estate.world.call("POST", f"{estate.path}/units", {"id": unit, "name": unit}, auth=estate.auth("owner"))
    hire(estate, role, name="other", unit="north" if role == "respondent" else "south")

    answer = declared(estate, estate.file(unit="north"), "document", auth=estate.auth("other"), **FOR)

    assert answer.status == status, answer.text
