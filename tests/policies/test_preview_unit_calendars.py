"""Previews and examples on the calendars that the owners would have chosen for units."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.reading.faults import PolicyFault
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.policy.faulty_policies.faulty import GOOD

START = "2026-11-28T12:00:00+08:00"
"""A Saturday."""
PLANT = {"timezone": "Asia/Shanghai", "hours": {"mon-sun": ["06:00-22:00"]}}
REPAIR = {
    "from": "registered",
    "until": "decided",
    "within": "2 working hours",
    "calendar": "unit",
    "follows_unit": True,
}
COMPLAINT = {"channel": "phone", "severity": "low", "unit": "rio"}


def policy(**parts: Any) -> dict[str, Any]:
    return {**GOOD, "calendars": {"plant": PLANT}, "clocks": {**GOOD["clocks"], "repair": REPAIR}, **parts}


def previewed(policy: dict[str, Any], chosen: dict[str, str]) -> Answer:
    events = [{"event": "registered", "at": START}]
    body = {"policy": policy, "complaint": COMPLAINT, "events": events, "unit_calendars": chosen}
    return InProcess(START).call("POST", "/v1/preview/policy", body)


@pytest.mark.parametrize(
    ("chosen", "due"),
    [
        ({"rio": "plant"}, "2026-11-28T06:00:00.000Z"),
        ({"other": "plant"}, "2026-11-30T03:00:00.000Z"),
        ({}, "2026-11-30T03:00:00.000Z"),
    ],
)
def test_the_calendar_chosen_for_the_complaints_unit_counts(chosen: dict[str, str], due: str) -> None:
    deadlines = previewed(policy(), chosen).json["deadlines"]
    assert [one["due"] for one in deadlines if one["clock"] == "repair"] == [due]


@pytest.mark.parametrize(
    ("chosen", "why"), [({"rio": "bank"}, "must be one of: plant"), ({"rio": ""}, "must be one of: plant")]
)
def test_a_calendar_that_the_policy_lacks_is_refused_at_its_place(chosen: dict[str, str], why: str) -> None:
    answer = previewed(policy(), chosen)
    assert (answer.status, answer.json["errors"]) == (422, [{"pointer": "/unit_calendars/rio", "detail": why}])


def test_a_policy_without_calendars_is_told_so() -> None:
    answer = previewed(GOOD, {"rio": "plant"})
    [error] = answer.json["errors"]
    assert (error["pointer"], error["detail"]) == ("/unit_calendars/rio", "the policy defines no `calendars`")


def example(**given: Any) -> dict[str, Any]:
    return {
        "given": {**COMPLAINT, "unit_calendars": {"rio": "plant"}, **given},
        "events": {"registered": "2026-11-28T12:00"},
        "then": {"repair": "2026-11-28T14:00"},
    }


def test_an_example_is_calculated_on_them() -> None:
    assert check_publishable(policy(examples=[example()])).document.examples


@pytest.mark.parametrize(
    ("chosen", "place"),
    [
        ({"rio": "bank"}, "/examples/0/given/unit_calendars/rio"),
        (["plant"], "/examples/0/given/unit_calendars"),
        ({"rio": 5}, "/examples/0/given/unit_calendars/rio"),
    ],
)
def test_a_wrong_calendar_in_an_example_is_a_fault_at_its_place(chosen: Any, place: str) -> None:
    with pytest.raises(PolicyFault) as found:
        check_publishable(policy(examples=[example(unit_calendars=chosen)]))
    assert [fault.pointer for fault in found.value.faults] == [place]
