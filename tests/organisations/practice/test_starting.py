"""A practice organisation: what it begins with, who may start one, how many there can be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.practice.start import StartPractice, start
from chalicelib.kit.instants import DAY
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.names import of_practice
from chalicelib.tenants.practice import LASTS, MOST_A_WEEK
from tests.clauses.organisation import Organisation, hire
from tests.helpers.fakes.faults import Breaker, Crash
from tests.leaving.test_leaving import leave
from tests.organisations.practice.practising import KEY, ask, listed, practice_of, world_of


def _key(number: int) -> str:
    return f"practice-key-0123456789-{number}"


def _with_unit(office: Organisation) -> None:
    unit = {"id": "one", "name": "一号门店"}
    answer = office.world.call("POST", f"{office.path}/units", unit, auth=office.auth("owner"))
    assert answer.status == 201, answer.text


def test_it_has_the_policy_in_force(office: Organisation, practice: Organisation) -> None:
    assert practice.get("/policy", "owner")["policy"] == office.get("/policy", "owner")["policy"]


def test_it_has_the_units(office: Organisation) -> None:
    _with_unit(office)
    practice = practice_of(office)
    assert practice.get("/units", "owner")["units"] == office.get("/units", "owner")["units"]


def test_it_has_no_complaint(practice: Organisation) -> None:
    assert practice.get("/complaints", "owner")["complaints"] == []


def test_its_people_are_invented_but_for_the_owner(office: Organisation, practice: Organisation) -> None:
    people = practice.get("/people", "owner")["people"]
    own = [one for one in people if one["sub"] == office.subs["handler"]]
    others = [one for one in people if one not in own]
    assert [grant["role"] for grant in own[0]["grants"]].count("owner") == 1
    assert {one["email"] for one in others}.isdisjoint(office.emails.values())
    roles = {grant["role"] for one in others for grant in one["grants"]}
    assert roles >= {*office.get("/policy", "owner")["roles"]}


def test_invented_people_have_no_account(practice: Organisation) -> None:
    accounts = {*world_of(practice).fakes.identity.people}
    others = {one["email"] for one in practice.get("/people", "owner")["people"]} - {practice.emails["owner"]}
    assert len(others) > 1
    assert others.isdisjoint(accounts)


def test_it_says_that_it_is_one(office: Organisation, practice: Organisation) -> None:
    found = practice.get("", "owner")
    assert found["practice"]["of"] == office.id
    assert found["name"] == "练习：示例机构"


def test_its_owner_needs_no_further_sign_in(practice: Organisation) -> None:
    assert practice.get("/people/me", "owner")["grants"]


def test_a_double_click_starts_one(office: Organisation) -> None:
    first, second = ask(office), ask(office)
    assert (first.json, listed(office)) == (second.json, [first.json["id"]])


def test_a_person_has_one_at_a_time(office: Organisation) -> None:
    assert ask(office, key=_key(0)).status == 201
    refused = ask(office, key=_key(1))
    assert (refused.status, refused.problem) == (409, "limit-reached")
    assert ask(office, "screener", key=_key(2)).status == 201


def test_there_are_at_most_so_many_at_a_time(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.practice.start.MOST", 2)
    for number, who in enumerate(["handler", "screener"]):
        assert ask(office, who, key=_key(number)).status == 201
    refused = ask(office, "owner", key=_key(2))
    assert (refused.status, refused.problem) == (409, "limit-reached")


def test_one_that_has_ended_makes_room(office: Organisation) -> None:
    assert leave(practice_of(office, key=_key(0))).status == 202
    assert ask(office, key=_key(1)).status == 201


def test_starting_and_ending_in_turn_stops_for_the_week(office: Organisation) -> None:
    """Each one that ends leaves an entry in the directory for good."""
    for number in range(MOST_A_WEEK):
        assert leave(practice_of(office, key=_key(number))).status == 202
    refused = ask(office, key=_key(MOST_A_WEEK))
    assert (refused.status, refused.problem) == (409, "limit-reached")
    world_of(office).fakes.clock.advance(LASTS)
    assert ask(office, key=_key(MOST_A_WEEK)).status == 201


def test_a_further_request_of_the_person_goes_on_with_an_interrupted_start(office: Organisation) -> None:
    """A page that is opened again has another key. Else the start would take their place for a week."""
    fakes = world_of(office).fakes
    command = StartPractice(tenant=office.id, sub=office.subs["handler"], key=_key(0), now=fakes.clock())
    with binding.tenant(office.id), pytest.raises(Crash):
        start(fakes.breaking(Breaker(4, after=True)), command)
    begun = listed(office)
    assert ask(office, key=_key(1)).json["id"] == begun[0]
    assert listed(office) == begun


def test_a_practice_has_none_of_its_own(practice: Organisation) -> None:
    refused = ask(practice, "owner")
    assert (refused.status, refused.problem) == (403, "practice")


def test_a_suspended_organisation_starts_none(office: Organisation) -> None:
    office.world.operate("POST", f"/tenants/{office.id}/suspend", {"reason": "Overdue."})
    assert ask(office).problem == "tenant-suspended"


def test_a_leaving_organisation_starts_none(office: Organisation) -> None:
    leave(office)
    assert ask(office).problem == "tenant-suspended"


def test_a_repetition_after_the_end_starts_none(office: Organisation) -> None:
    leave(practice_of(office))
    repeated = ask(office)
    assert (repeated.status, repeated.problem, listed(office)) == (409, "conflict", [])


def test_no_sign_up_takes_the_id_of_a_practice(office: Organisation) -> None:
    """Else its author could start a practice under an id of theirs, which has no mark."""
    body = {"id": of_practice("0" * 16), "name": "Shop", "email": "wang@shop.example", "preset": "platform"}
    refused = office.world.call("POST", "/v1/tenants", body, headers={"Idempotency-Key": KEY})
    assert (refused.status, refused.pointer) == (422, "/id")


def test_an_id_that_is_in_use_is_not_made_one(office: Organisation) -> None:
    taken = practice_of(office)
    fakes = world_of(office).fakes
    directory = Directory(fakes.store, fakes.real_clock)
    found = directory.find(taken.id)
    assert found is not None
    directory.change(taken.id, replace(found.listing, practice="another"), found.version, found.due)
    assert ask(office).problem == "conflict"


def test_a_respondent_starts_none(office: Organisation) -> None:
    _with_unit(office)
    hire(office, "respondent", unit="one")
    assert ask(office, "respondent").problem == "forbidden"


def test_a_stranger_starts_none(office: Organisation, practice: Organisation) -> None:
    office.tokens["stranger"] = office.tokens["screener"]
    practice.tokens["screener"] = office.tokens["screener"]
    assert ask(practice, "screener").problem == "forbidden"


@pytest.mark.parametrize("after", [False, True])
def test_a_start_that_was_interrupted_is_completed_by_its_repetition(office: Organisation, after: bool) -> None:
    """The process dies before, or after, each call of a port in turn."""
    fakes, done, at = world_of(office).fakes, False, 0
    while not done:
        at += 1
        command = StartPractice(
            tenant=office.id, sub=office.subs["handler"], key=f"interrupted-{at}", now=fakes.clock() + at * 8 * DAY
        )
        with binding.tenant(office.id):
            try:
                start(fakes.breaking(Breaker(at, after=after)), command)
                done = True
            except Crash:
                started = start(fakes.wiring, command).body["id"]
                found = Directory(fakes.store, fakes.real_clock).find(started)
                assert found is not None
                assert (found.listing.state, found.listing.open, found.listing.practice) == ("active", True, office.id)
    assert at > 5
