"""Filing over HTTP of complaints that arrived earlier."""

from __future__ import annotations

from typing import Any

from tests.api.complaints import test_units as units
from tests.clauses.organisation import Organisation
from tests.fakes.client import Answer


def office(**received: Any) -> Organisation:
    """On Friday 27 November at 9:00 in Shanghai."""
    document = units.policy()
    document["intake"] = {**document["intake"], **({"received": received} if received else {})}
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
