"""Complaints per 1,000 of a number that the owners enter for each month."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.reports.measures.office import asked, cases, put, rows

RATE = "received_per_1000"
BOTH = "from=2026-10-01&to=2026-11-30"


@pytest.fixture
def filed(office: Organisation) -> Organisation:
    """Three complaints of November."""
    for _ in range(3):
        office.file()
    return office


def rate(office: Organisation, *by: str, **asking: str) -> dict[str, Any]:
    return rows(office, RATE, *by, **asking)


def test_complaints_are_divided_by_the_number_of_the_month(filed: Organisation) -> None:
    put(filed, denominators={"2026-11": 2000})
    assert rate(filed)[""] == {"count": 3, "per_1000": 1.5, "of": 2000.0}
    assert len(cases(filed, RATE)) == 3


def test_of_several_months_it_is_the_rate_of_a_month(filed: Organisation) -> None:
    put(filed, denominators={"2026-10": 1000, "2026-11": 2000})
    assert rate(filed, period=BOTH)[""] == {"count": 3, "per_1000": 1.0, "of": 3000.0}
    assert rate(filed, "month", period=BOTH) == {"2026-11": {"count": 3, "per_1000": 1.5, "of": 2000.0}}


def test_a_month_without_complaints_has_a_rate_of_nothing(filed: Organisation) -> None:
    put(filed, denominators={"2026-10": 1000})
    assert rate(filed, period="from=2026-10-01&to=2026-10-31")[""] == {"count": 0, "per_1000": 0.0, "of": 1000.0}


def test_without_the_number_of_a_month_it_is_empty_and_says_why(filed: Organisation) -> None:
    put(filed, denominators={"2026-11": 2000})
    found = rate(filed, period=BOTH)[""]
    assert (found["count"], "per_1000" in found, "of" in found) == (3, False, False)
    assert "have not entered the denominator" in found["reason"]["en"]


@pytest.mark.parametrize(("by", "period"), [((), "from=2026-11-02&to=2026-11-30"), (("week",), BOTH)])
def test_for_a_part_of_a_month_it_is_empty_and_says_why(filed: Organisation, by: tuple[str, ...], period: str) -> None:
    put(filed, denominators={"2026-10": 1000, "2026-11": 2000})
    [found] = rate(filed, *by, period=period).values()
    assert "whole months" in found["reason"]["en"]
    assert "整月" in found["reason"]["zh"]


def test_a_changed_number_is_on_record_and_counts_from_then_on(filed: Organisation) -> None:
    put(filed, denominators={"2026-10": 1000, "2026-11": 2000})
    put(filed, denominators={"2026-11": 1500, "2026-12": 10})
    assert rate(filed)[""]["per_1000"] == 2.0
    changed, first = (one for one in filed.get("/record", "owner")["events"] if one["type"] == "references_set")
    assert first["fields"] == {"denominators": {"2026-10": 1000.0, "2026-11": 2000.0}}
    assert changed["fields"] == {"denominators": {"2026-10": None, "2026-11": 1500.0, "2026-12": 10.0}}


def test_the_same_numbers_again_are_no_change(filed: Organisation) -> None:
    for _ in range(2):
        put(filed, denominators={"2026-11": 2000})
    assert [one["type"] for one in filed.get("/record", "owner")["events"]].count("references_set") == 1


@pytest.mark.parametrize("wrong", [{"2026-13": 1}, {"2026-11": 0}, {"2026-11": -1}, {"November": 5}])
def test_a_number_is_above_0_and_of_a_month(office: Organisation, wrong: dict[str, float]) -> None:
    assert put(office, denominators=wrong).status in (400, 422)


def test_a_table_has_the_rate_and_what_it_is_of(filed: Organisation) -> None:
    put(filed, denominators={"2026-11": 2000})
    path = f"{filed.path}/reports/all?measure={RATE}&from=2026-11-01&to=2026-11-30"
    found = filed.world.call("GET", path, auth=filed.auth("owner"), headers={"Accept": "text/csv"}).text
    read = csv.DictReader(io.StringIO(found))
    assert {row["figure"]: row["value"] for row in read} == {"count": "3", "of_count": "2000", "per_1000": "1.5"}


def test_only_owners_enter_numbers(office: Organisation) -> None:
    assert put(office, "agent", denominators={"2026-11": 5}).status == 403
    assert asked(office, f"measure={RATE}").json["rows"] == []
