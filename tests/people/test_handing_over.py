"""Removing a person: the token stops working at once, and a successor takes over the open cases."""

from __future__ import annotations

from typing import Any, cast

import pytest

from chalicelib.access import binding
from chalicelib.features.people import case_successors
from chalicelib.jobs import driver
from chalicelib.kit.instants import SECOND
from chalicelib.wiring import Wiring
from chalicelib.workers import entries
from tests.clauses.offices.company import company_in, handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.faults import Breaker, Crash


@pytest.fixture
def company() -> Organisation:
    made = company_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(made, "business_unit", name="heir")
    return made


def world_of(company: Organisation) -> InProcess:
    return cast(InProcess, company.world)


def remove(company: Organisation, who: str = "business_unit", to: str | None = "heir") -> Answer:
    query = "" if to is None else f"?to={company.subs.get(to, to)}"
    path = f"{company.path}/people/{company.subs[who]}{query}"
    return company.world.call("DELETE", path, auth=company.auth("owner"))


def job(company: Organisation) -> dict[str, Any]:
    path = f"{company.path}/jobs/hand-over-{company.subs['business_unit']}"
    return cast(dict[str, Any], company.world.call("GET", path, auth=company.auth("owner")).json)


def assigned(company: Organisation, number: str) -> list[str]:
    return cast(list[str], company.complaint(number, "agent")["assigned"]["responsible"])


def test_open_cases_are_assigned_to_the_named_successor(company: Organisation) -> None:
    numbers = [handled(company), handled(company)]
    assert remove(company).status == 204
    world_of(company).sweep()
    assert [assigned(company, number) for number in numbers] == [[company.subs["heir"]]] * 2
    last = company.events(numbers[0], "agent", "assigned")[-1]
    assert (last["fields"]["handed_over"], last["actor"]["kind"]) == (True, "owner")
    assert (job(company)["state"], job(company)["counts"]) == ("done", {"handed_over": 2})


def test_the_successor_is_notified_and_can_act(company: Organisation) -> None:
    number = handled(company)
    remove(company)
    world_of(company).sweep()
    assert company.told("heir", number)
    company.act(number, "heir", "inspect", findings="属实", truthful=True)


def test_deadlines_do_not_change(company: Organisation) -> None:
    number = handled(company)
    before = company.deadline(number, "resolution")
    remove(company)
    world_of(company).sweep()
    assert company.deadline(number, "resolution")["due"] == before["due"]


def test_their_token_stops_working_at_once(company: Organisation) -> None:
    number = handled(company)
    remove(company)
    path = f"{company.path}/complaints/{number}"
    answer = company.world.call("GET", path, auth=company.auth("business_unit"))
    assert (answer.status, answer.problem) == (403, "forbidden")


def test_cases_of_other_people_do_not_change(company: Organisation) -> None:
    number = handled(company)
    company.world.call(
        "DELETE", f"{company.path}/people/{company.subs['heir']}?to={company.subs['agent']}", auth=company.auth("owner")
    )
    world_of(company).sweep()
    assert assigned(company, number) == [company.subs["business_unit"]]


def test_cases_can_be_handed_over_after_the_removal(company: Organisation) -> None:
    number = handled(company)
    assert remove(company, to=None).status == 204
    assert remove(company).status == 204
    world_of(company).sweep()
    assert assigned(company, number) == [company.subs["heir"]]


@pytest.mark.parametrize("first", ["business_unit", "heir"], ids=["in order", "the later job first"])
def test_a_removed_successor_leaves_the_cases_to_their_own_successor(company: Organisation, first: str) -> None:
    number = handled(company)
    hire(company, "business_unit", name="last")
    remove(company)
    remove(company, who="heir", to="last")
    for who in (first, "heir", "business_unit"):
        work(company, world_of(company).fakes.wiring, who)
    assert assigned(company, number) == [company.subs["last"]]


def test_without_a_named_successor_the_removing_owner_takes_over(company: Organisation) -> None:
    number = handled(company)
    assert remove(company, to=None).status == 204
    world_of(company).sweep()
    me = company.world.call("GET", f"{company.path}/people/me", auth=company.auth("owner")).json["sub"]
    assert assigned(company, number) == [me]


def test_a_repeated_removal_keeps_the_named_successor(company: Organisation) -> None:
    number = handled(company)
    remove(company)
    assert remove(company, to=None).status == 204
    world_of(company).sweep()
    assert assigned(company, number) == [company.subs["heir"]]


@pytest.mark.parametrize("to", ["business_unit", "nobody"])
def test_only_another_member_can_take_over(company: Organisation, to: str) -> None:
    answer = remove(company, to=to)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/query/to")
    assert company.world.call("GET", f"{company.path}/people/me", auth=company.auth("business_unit")).status == 200


def work(company: Organisation, wiring: Wiring, who: str = "business_unit") -> None:
    name = case_successors.job_id(company.subs[who])
    with binding.tenant(company.id):
        driver.run_steps(wiring, company.id, name, wiring.clock(), entries.JOBS, SECOND)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_call_hands_each_case_over_once(after: bool) -> None:
    at = 0
    while True:
        at += 3
        company = company_in(InProcess("2026-11-27T09:00:00+08:00"))
        hire(company, "business_unit", name="heir")
        number = handled(company)
        remove(company)
        fakes = world_of(company).fakes
        try:
            work(company, fakes.breaking(Breaker(at, after=after)))
        except Crash:
            work(company, fakes.wiring)
            again = [one for one in company.events(number, "agent", "assigned") if one["fields"].get("handed_over")]
            assert (len(again), job(company)["counts"]) == (1, {"handed_over": 1}), at
            continue
        break
    assert at > 10
