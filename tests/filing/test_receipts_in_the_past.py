"""Filing over HTTP of complaints that arrived earlier."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.units import test_units as units


def office(clocks: int = 0, **received: Any) -> Organisation:
    """On Friday 27 November at 9:00 in Shanghai. `clocks`: that many more, each a day long."""
    document = units.policy()
    more = {f"c{n}": {"name": "x", "from": "registered", "until": "closed", "within": "1 day"} for n in range(clocks)}
    document["clocks"] = {**document["clocks"], **more}
    intake = {name: part for name, part in document["intake"].items() if name != "received"}
    document["intake"] = {**intake, **({"received": received} if received else {})}
    return units.founded(document)


def file(office: Organisation, at: str, who: str | None = "service_centre") -> Answer:
    return office.try_file(None if who is None else office.auth(who), received={"at": at})


def refused_at(answer: Answer) -> tuple[str | None, str]:
    return answer.problem, answer.json["errors"][0]["pointer"]


def test_staff_file_a_complaint_with_the_time_of_its_receipt() -> None:
    estate = office(within="10 calendar days")
    estate.world.move_to("2026-11-28T15:00:00+08:00")
    answer = file(estate, "2026-11-27T10:00:00+08:00")
    assert answer.status == 201, answer.json
    [first] = estate.events(answer.json["number"], "service_centre", "registered")
    assert first["fields"]["received_at"] == "2026-11-27T02:00:00.000Z"
    assert {one["started"] for one in answer.json["deadlines"]} == {"2026-11-27T02:00:00.000Z"}
    seen = estate.complaint(answer.json["number"], "service_centre")
    assert (seen["received_at"], seen["registered_at"]) == ("2026-11-27T02:00:00.000Z", "2026-11-28T07:00:00.000Z")


def test_a_complaint_that_is_filed_when_it_arrives_has_no_other_time_of_receipt() -> None:
    estate = office(within="10 calendar days")
    assert "received_at" not in estate.complaint(estate.file(), "service_centre")


def test_a_receipt_before_the_first_policy_is_refused() -> None:
    estate = office(within="10 calendar days")
    assert refused_at(file(estate, "2026-11-26T09:00:00+08:00")) == ("invalid", "/received/at")


def test_complainants_and_policies_without_the_key_give_no_time_of_receipt() -> None:
    estate = office(within="10 calendar days")
    assert refused_at(file(estate, "2026-11-27T09:00:00+08:00", None)) == ("invalid", "/received")
    assert refused_at(file(office(), "2026-11-27T09:00:00+08:00")) == ("invalid", "/received")


def test_the_answer_of_a_late_filing_has_the_states_after_it_and_so_has_its_replay() -> None:
    estate = office(within="100 calendar days")
    estate.world.move_to("2027-02-26T15:00:00+08:00")
    body = estate.example() | {"received": {"at": "2026-11-27T10:00:00+08:00"}}
    sent = {"body": body, "auth": estate.auth("service_centre"), "headers": {"Idempotency-Key": "k" * 22}}
    answer = estate.world.call("POST", f"{estate.path}/complaints", **sent)

    number = answer.json["number"]
    seen = estate.get(f"/complaints/{number}/deadlines", "service_centre")["deadlines"]
    named = {(one["clock"], one["run"]): one["state"] for one in answer.json["deadlines"]}
    assert "missed" in named.values()
    assert named == {
        key: state for one in seen if (key := (one["clock"], one["run"])) in named for state in [one["state"]]
    }
    again = estate.world.call("POST", f"{estate.path}/complaints", **sent)
    assert again.json == answer.json


@pytest.mark.parametrize("clocks", [0, 30])
def test_a_late_filing_leaves_nothing_late_to_a_sweep(clocks: int) -> None:
    """Thirty misses with their escalations are too many events for one transaction."""
    estate = office(clocks, within="100 calendar days")
    estate.world.settle()
    estate.world.move_to("2027-02-26T15:00:00+08:00")
    answer = file(estate, "2026-11-27T10:00:00+08:00")
    number = answer.json["number"]
    assert {one["state"] for one in answer.json["deadlines"] if one["clock"].startswith("c")} <= {"missed"}
    before = estate.events(number, "service_centre")
    assert sum(event["type"] == "missed" for event in before) > clocks
    estate.world.move_to("2027-02-26T15:01:00+08:00")
    assert estate.events(number, "service_centre") == before
    assert {one["at"] for one in before} == {before[0]["at"]}
