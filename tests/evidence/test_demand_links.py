"""A demand's link: a party gives evidence with it, without an account, and sees nothing else."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared, given
from tests.clauses.offices.marketplace import ASKED_FOR, FOUND, accepted, assigned, demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import PDF, image
from tests.kernel.web.untouched import refused, untouched


@pytest.fixture
def marketplace() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def seq_of(organisation: Organisation, number: str) -> str:
    return str(organisation.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]


def link(organisation: Organisation, number: str) -> str:
    """`Authorization` for the latest demand's link."""
    found = organisation.get(f"/complaints/{number}/demands/{seq_of(organisation, number)}/link", "handler")
    return f"Receipt {found['receipt']}"


def test_the_link_shows_the_demand_its_time_limit_and_the_evidence_given(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    auth = link(marketplace, number)
    path = f"{marketplace.path}/complaints/{number}/demands/{seq_of(marketplace, number)}"

    before = marketplace.world.call("GET", path, auth=auth).json
    given(marketplace, number, "transaction", auth=auth)
    after = marketplace.world.call("GET", path, auth=auth).json

    assert (before["of"], before["until"], before["state"], before["evidence"]) == (
        "respondent",
        "2026-12-01T10:00:00.000Z",
        "open",
        [],
    )
    assert (after["state"], [one["state"] for one in after["evidence"]]) == ("ended", ["sealed"])


@pytest.mark.parametrize("path", ["", "/record", "/deadlines", "/record/verify"])
def test_the_link_gives_no_access_to_the_rest_of_the_complaint(marketplace: Organisation, path: str) -> None:
    number = demanded(marketplace)
    auth = link(marketplace, number)

    answer = marketplace.world.call("GET", f"{marketplace.path}/complaints/{number}{path}", auth=auth)

    refused(answer, 404, "complaint-unknown")


def test_the_link_allows_no_acts(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    auth = link(marketplace, number)

    answer = marketplace.world.call(
        "POST", f"{marketplace.path}/complaints/{number}/acts/withdraw", {"fields": {}}, auth=auth
    )

    refused(answer, 404, "complaint-unknown")


def test_the_link_shows_no_files_of_others(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    auth = link(marketplace, number)
    others = given(marketplace, number, "screenshot", image("PNG"), "image/png")

    listed = marketplace.world.call("GET", f"{marketplace.path}/complaints/{number}/evidence", auth=auth)
    one = marketplace.world.call("GET", f"{marketplace.path}/complaints/{number}/evidence/{others['id']}", auth=auth)

    assert listed.json == {"evidence": []}
    refused(one, 404, "not-found")


def test_a_link_is_valid_for_its_own_demand_only(marketplace: Organisation) -> None:
    first, second = demanded(marketplace), assigned(marketplace)
    auth = link(marketplace, first)
    path = f"{marketplace.path}/complaints"

    refused(marketplace.world.call("GET", f"{path}/{second}/demands/2", auth=auth), 404, "complaint-unknown")
    refused(marketplace.world.call("GET", f"{path}/{first}/demands/2", auth=auth), 404, "not-found")
    with untouched(marketplace):
        refused(declared(marketplace, second, "transaction", auth=auth), 404, "complaint-unknown")


def test_a_link_does_not_open_the_demand_of_this_number_in_another_complaint(marketplace: Organisation) -> None:
    first, second = accepted(marketplace), accepted(marketplace)
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    for number in (first, second):
        marketplace.act(number, "handler", "inspect", **FOUND)
        marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)
    assert seq_of(marketplace, first) == seq_of(marketplace, second)
    auth = link(marketplace, first)
    path = f"{marketplace.path}/complaints/{second}/demands/{seq_of(marketplace, second)}"

    refused(marketplace.world.call("GET", path, auth=auth), 404, "complaint-unknown")
    with untouched(marketplace):
        refused(declared(marketplace, second, "transaction", auth=auth), 404, "complaint-unknown")


@pytest.mark.parametrize(("who", "of"), [("complainant", "respondent"), ("seller", "complainant")])
def test_a_party_sees_its_own_demand_and_not_that_of_the_other_party(
    marketplace: Organisation, who: str, of: str
) -> None:
    number = demanded(marketplace)
    demands = {one["fields"]["of"]: one["id"] for one in marketplace.events(number, type_="evidence_demanded")}
    auth = marketplace.auth(who, number)

    def seen(party: str) -> Answer:
        path = f"{marketplace.path}/complaints/{number}/demands/{demands[party].rpartition('/')[2]}"
        return marketplace.world.call("GET", path, auth=auth)

    refused(seen(of), 404, "not-found")
    [own] = demands.keys() - {of}
    assert seen(own).status == 200


def test_the_link_takes_only_files_of_a_demanded_kind(marketplace: Organisation) -> None:
    number = accepted(marketplace)
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.act(number, "handler", "demand_evidence", kinds=["transaction"], **ASKED_FOR)
    auth = link(marketplace, number)

    with untouched(marketplace):
        refused(declared(marketplace, number, "screenshot", auth=auth), 422, "invalid", "/kind")
    assert declared(marketplace, number, "transaction", auth=auth).status == 201


def test_after_the_time_limit_the_link_accepts_no_file(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    auth = link(marketplace, number)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    refused(declared(marketplace, number, "transaction", auth=auth), 409, "act-not-open")


def test_after_the_time_limit_no_link_is_issued(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    path = f"{marketplace.path}/complaints/{number}/demands/{seq_of(marketplace, number)}/link"
    refused(marketplace.world.call("GET", path, auth=marketplace.auth("handler")), 404, "not-found")


@pytest.mark.parametrize("demand", ["x", "0", "1", "999", "-1", "1e3"])
def test_an_unknown_demand_is_not_found(marketplace: Organisation, demand: str) -> None:
    number = demanded(marketplace)
    path = f"{marketplace.path}/complaints/{number}/demands/{demand}"

    refused(marketplace.world.call("GET", path, auth=marketplace.auth("handler")), 404, "not-found")


def test_the_link_downloads_files_given_with_it(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    auth = link(marketplace, number)
    evidence = given(marketplace, number, "transaction", auth=auth, name="流水.pdf")

    path = f"{marketplace.path}/complaints/{number}/evidence/{evidence['id']}/link"
    answer = marketplace.world.call("GET", path, auth=auth).json

    assert answer["name"] == "流水.pdf"
    assert marketplace.world.download(answer["url"]) == PDF
