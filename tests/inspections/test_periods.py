"""Periods: their days, their end across changes of the clocks, and the versions that were in force in them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from chalicelib.kit.instants import from_text
from chalicelib.policy import presets
from chalicelib.policy.worktime.periods import parse
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.inspections.inspecting import document, figures, order, produced


@pytest.mark.parametrize(
    ("name", "first", "last", "step"),
    [
        ("2026", "2026-01-01", "2026-12-31", "month"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "month"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "month"),
        ("2028-02", "2028-02-01", "2028-02-29", "week"),
        ("2027-02", "2027-02-01", "2027-02-28", "week"),
        ("2026-12", "2026-12-01", "2026-12-31", "week"),
    ],
)
def test_a_period_has_its_civil_days(name: str, first: str, last: str, step: str) -> None:
    found = parse(name)
    assert (found.first.isoformat(), found.last.isoformat(), found.step) == (first, last, step)


@pytest.mark.parametrize(
    ("name", "zone", "end"),
    [
        ("2027-03", "Europe/Berlin", "2027-04-01T00:00:00+02:00"),
        ("2027-Q1", "Europe/Berlin", "2027-04-01T00:00:00+02:00"),
        ("2026-10", "Europe/Berlin", "2026-11-01T00:00:00+01:00"),
        ("2026-10", "America/New_York", "2026-11-01T00:00:00-04:00"),
        ("2026-Q3", "America/Santiago", "2026-10-01T00:00:00-03:00"),
        ("2026", "Asia/Shanghai", "2027-01-01T00:00:00+08:00"),
    ],
)
def test_a_period_ends_at_midnight_by_the_clocks_of_then(name: str, zone: str, end: str) -> None:
    assert parse(name).end(ZoneInfo(zone)) == from_text(end)


@pytest.fixture
def desk() -> Organisation:
    """A desk in Berlin, in the month in which the clocks change."""
    text = (
        presets.text("customer-service")
        .replace("Asia/Shanghai", "Europe/Berlin")
        .replace("holidays: CN", "holidays: DE")
    )
    found = sign_up_with(InProcess("2027-03-20T09:00:00+01:00"), text)
    found.filer = "agent"  # the sample's category is chosen by staff
    for when in ("2027-03-28T01:30:00+01:00", "2027-03-31T23:30:00+02:00"):
        found.world.move_to(when)
        found.file()
    return found


def test_a_month_with_a_change_of_the_clocks_has_its_own_complaints(desk: Organisation) -> None:
    assert order(desk, "2027-03").status == 422
    desk.world.move_to("2027-04-01T00:00:00+02:00")
    desk.file()
    found = document(desk, produced(desk, "2027-03")["id"])
    assert figures(found, "inflow", None)[""]["received"] == {"count": 2}
    assert (found["period"]["timezone"], found["period"]["to"]) == ("Europe/Berlin", "2027-03-31")


def test_it_names_the_versions_in_force(desk: Organisation) -> None:
    policy = desk.get("/policy", "owner")
    for effective in ("2027-03-31T23:45:00+02:00", "2027-04-02T00:00:00+02:00"):
        body = {"policy": policy["policy"], "effective_at": effective}
        answer = desk.world.call("POST", f"{desk.path}/policy/publish", body, auth=desk.auth("owner"))
        assert answer.status == 201, answer.text
        desk.world.move_to(effective)
    desk.world.move_to("2027-05-01T00:00:00+02:00")
    march, april = (document(desk, produced(desk, month)["id"])["policies"] for month in ("2027-03", "2027-04"))
    assert [one["version"] for one in march] == ["1", "2"]
    assert [one["version"] for one in april] == ["2", "3"]
    assert april[1]["from"] == "2027-04-01T22:00:00.000Z"
