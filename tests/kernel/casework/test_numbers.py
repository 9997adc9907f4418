"""Numbers of complaints: each month has a counter, and begins in the policy's time zone (P3.2)."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.casework import numbers
from chalicelib.kit.instants import from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from tests.across.faults.office import Office, opened
from tests.kernel.complaints import small_procedure

NOVEMBER, DECEMBER = from_text("2026-11-27T09:00:00+08:00"), from_text("2026-12-01T00:00:00+08:00")


def policy(zone: str) -> Policy:
    hours = {"mon-fri": ["09:00-18:00"]}
    calendar = {"timezone": zone, "hours": hours, "holidays": None}
    return small_procedure.policy({"calendar": calendar, "tiers": [{"roles": "manager"}]})


@pytest.mark.parametrize(
    ("zone", "now", "month", "next_month"),
    [
        ("Asia/Shanghai", "2026-11-30T23:59:59.999+08:00", "202611", "2026-12-01T00:00:00+08:00"),
        ("Asia/Shanghai", "2026-12-01T00:00:00+08:00", "202612", "2027-01-01T00:00:00+08:00"),
        ("Asia/Shanghai", "2027-01-31T09:31:42.123+08:00", "202701", "2027-02-01T00:00:00+08:00"),
        ("America/New_York", "2026-12-01T00:00:00+08:00", "202611", "2026-12-01T00:00:00-05:00"),
        ("America/Asuncion", "2023-09-30T12:00:00-04:00", "202309", "2023-10-01T01:00:00-03:00"),
    ],
    ids=["last instant", "first instant", "end of the year's first month", "another zone", "skipped midnight"],
)
def test_a_month_begins_in_the_policys_time_zone(zone: str, now: str, month: str, next_month: str) -> None:
    at = from_text(now)
    assert numbers.month_of(policy(zone), at) == month
    assert numbers.next_month_start(policy(zone), at) == from_text(next_month)


@pytest.fixture
def office() -> Office:
    return opened()


def org_of(office: Office) -> Organisation:
    key = keys.snapshot(keys.organisation(office.id))
    return organisation.parse(office.store.get([key])[key])


def test_each_month_counts_from_one(office: Office) -> None:
    with binding.tenant(office.id):
        asked = office.store, office.id, org_of(office), policy("Asia/Shanghai")
        taken = [numbers.take_number(*asked, at) for at in (NOVEMBER, NOVEMBER, DECEMBER, NOVEMBER)]
    assert taken == ["202611-000001", "202611-000002", "202612-000001", "202611-000003"]


def test_a_plan_takes_so_many_complaints_a_month(office: Office) -> None:
    with binding.tenant(office.id):
        org = org_of(office)
        most = org.limits.complaints_a_month
        office.store.count(keys.month_counter(office.id, "202611"), numbers.KIND, step=most - 1)
        asked = office.store, office.id, org, policy("Asia/Shanghai")
        assert numbers.take_number(*asked, NOVEMBER) == f"202611-{most:06d}"
        with pytest.raises(Problem, match="takes no more complaints this month") as refused:
            numbers.take_number(*asked, NOVEMBER)
        assert numbers.take_number(*asked, DECEMBER) == "202612-000001"
    assert refused.value.kind == "quota-exceeded"
    assert refused.value.extra == {"limit": "complaints_a_month", "most": most, "until": to_text(DECEMBER)}
