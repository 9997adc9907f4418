"""A complainant who has no such evidence says so, and the office need not wait for it."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.regulator import regulator_in, send
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


@pytest.fixture
def demanded(council: Organisation) -> str:
    number = council.file()
    council.act(number, "clerk", "demand_evidence", wanted="A photo of the lamp", of="complainant", kinds=["photo"])
    return number


def test_it_ends_the_time_of_the_demand(council: Organisation, demanded: str) -> None:
    assert "decide" not in council.complaint(demanded, "clerk")["acts"]

    after = council.act(demanded, "complainant", "lack_evidence")

    assert [one["type"] for one in after["events"]] == ["evidence_lacking", "demand_lapsed"]
    found = council.complaint(demanded, "clerk")
    assert (found["demands"], "decide" in found["acts"]) == ([], True)


def test_it_is_open_only_while_something_is_demanded(council: Organisation, demanded: str) -> None:
    other = council.file()
    assert "lack_evidence" in council.complaint(demanded)["further_acts"]
    council.act(demanded, "complainant", "lack_evidence")

    again = council.try_act(demanded, "complainant", "lack_evidence")

    assert (again.status, again.json["detail"]) == (409, "No evidence is demanded of the complainant.")
    assert council.try_act(other, "complainant", "lack_evidence").status == 409


def test_one_of_several_demands_is_named(council: Organisation, demanded: str) -> None:
    council.act(demanded, "clerk", "demand_evidence", wanted="The bill", of="complainant", kinds=["bill"])
    first, second = [one["demand"] for one in council.complaint(demanded, "clerk")["demands"]]

    unnamed = council.try_act(demanded, "complainant", "lack_evidence")
    council.act(demanded, "complainant", "lack_evidence", demand=second)

    assert (unnamed.status, unnamed.json["errors"][0]["pointer"]) == (422, "/fields/demand")
    assert [one["demand"] for one in council.complaint(demanded, "clerk")["demands"]] == [first]


def test_a_demand_to_the_respondent_is_not_the_complainants_to_end(council: Organisation, demanded: str) -> None:
    made = council.complaint(demanded, "clerk")["demands"][0]["demand"]

    wrong = council.try_act(demanded, "complainant", "lack_evidence", demand=made + "0")

    assert wrong.status == 422
    assert len(council.complaint(demanded, "clerk")["demands"]) == 1


def test_a_file_can_still_be_added_later(council: Organisation, demanded: str) -> None:
    council.act(demanded, "complainant", "lack_evidence")

    assert given(council, demanded, "photo")["state"] == "sealed"


def test_a_demand_without_a_time_stays_open_and_what_comes_later_counts() -> None:
    regulator = regulator_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = regulator.file()

    after = regulator.act(number, "complainant", "lack_evidence")
    assert "demand_lapsed" not in [one["type"] for one in after["events"]]
    assert "没有" in regulator.told("complaint_centre", number)[0]
    assert send(regulator, number, "bill") == 201

    assert "accept" in regulator.complaint(number, "complaint_centre")["acts"]


def test_a_demand_without_a_time_is_followed_by_what_the_policy_says_of_silence() -> None:
    regulator = regulator_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = regulator.file()
    regulator.act(number, "complainant", "lack_evidence")

    regulator.world.move_to("2026-12-18T18:00:00+08:00")

    assert regulator.complaint(number)["stage"] == "refused"
    assert "不予受理" in regulator.told("complainant", number)[0]
