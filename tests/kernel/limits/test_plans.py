"""Storage limits of a plan: exact, refused with the limit and its end, and without loss of accepted complaints."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict

from chalicelib.access import binding
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import fresh_key
from tests.helpers.fakes.wiring import GENEROUS

PLAN = PLANS["starter"]


def _filed_before(company: Organisation, count: int) -> None:
    """Sets the month's count of complaints."""
    with binding.tenant(company.id):
        company.world.fakes.store.count(keys.month_counter(company.id, "202611"), "counter", step=count)  # type: ignore[attr-defined]


def test_a_months_complaints_end_at_the_plan_until_the_next_month(company: Organisation) -> None:
    _filed_before(company, PLAN.complaints_a_month - 1)
    assert company.try_file().status == 201
    refused = company.try_file()
    assert (refused.status, refused.problem) == (402, "quota-exceeded")
    said = {name: refused.json[name] for name in ("limit", "most", "until")}
    expected = {"limit": "complaints_a_month", "most": PLAN.complaints_a_month, "until": "2026-11-30T16:00:00.000Z"}
    assert said == expected
    company.world.move_to("2026-12-01T00:00:00+08:00")
    assert company.try_file().status == 201


def test_a_complaint_that_was_accepted_stays_accepted(company: Organisation) -> None:
    _filed_before(company, PLAN.complaints_a_month - 1)
    headers = {"Idempotency-Key": fresh_key()}
    path, body = f"{company.path}/complaints", company.example()
    first = company.world.call("POST", path, body, headers=headers)
    assert company.try_file().status == 402
    again = company.world.call("POST", path, body, headers=headers)
    assert (first.status, again.status, again.json["number"]) == (201, 201, first.json["number"])
    assert again.json["receipt"] == first.json["receipt"]


def test_owners_see_the_plans_limits_and_usage(company: Organisation) -> None:
    company.file()
    found = company.get("/usage", "owner")
    assert found["plan"] == "starter"
    assert found["limits"]["complaints_a_month"] == {
        "most": PLAN.complaints_a_month,
        "used": 1,
        "until": "2026-11-30T16:00:00.000Z",
    }
    people = len(company.get("/people", "owner")["people"])
    assert found["limits"]["people"] == {"most": PLAN.people, "used": people, "until": None}
    assert found["limits"]["evidence_bytes"] == {"most": PLAN.evidence_bytes, "used": 0, "until": None}
    assert set(found["limits"]) == {name for name, most in asdict(PLAN).items() if not isinstance(most, bool)}


def test_usage_shows_the_requests_of_the_minute(company: Organisation) -> None:
    before = company.get("/usage", "owner")["limits"]["requests_a_minute"]
    company.get("/people", "owner")
    found = company.get("/usage", "owner")["limits"]["requests_a_minute"]
    assert (found["most"], found["used"]) == (PLAN.requests_a_minute * GENEROUS, before["used"] + 2)


@pytest.mark.parametrize("who", ["agent"])
def test_others_do_not_see_usage(company: Organisation, who: str) -> None:
    assert company.world.call("GET", f"{company.path}/usage", auth=company.auth(who)).status == 403
