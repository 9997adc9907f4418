"""A report that has nothing says why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.reports.measures.office import asked, document, office_at

NOVEMBER, YEAR_BEFORE = "from=2026-11-01&to=2026-11-30", "from=2025-11-01&to=2025-11-30"


def lacks(office: Organisation, measure: str) -> str | None:
    [found] = asked(office, f"measure={measure}").json["measures"]
    return found["lacks"]["en"] if "lacks" in found else None


def without(*path: str) -> Organisation:
    found = part = document()
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return office_at(found)


@pytest.mark.parametrize(
    ("path", "measure", "reason"),
    [
        (("stages", "decided", "rate"), "satisfaction", "no act for it"),
        (("stages", "registered", "demand_evidence"), "demands_lapsed", "no act for it"),
        (("fields", "refund", "sum"), "redress", "no field for it with `sum`"),
    ],
)
def test_a_measure_without_its_act_or_field_says_so(path: tuple[str, ...], measure: str, reason: str) -> None:
    office = without(*path)
    assert reason in (lacks(office, measure) or "")


@pytest.mark.parametrize("measure", ["satisfaction", "redress", "time_to_decision", "refused", "received", "acts"])
def test_a_measure_with_its_act_or_field_lacks_nothing(office: Organisation, measure: str) -> None:
    assert lacks(office, measure) is None


@pytest.mark.parametrize("measure", ["downgrades_near_due", "sum_of_hours"])
def test_a_policy_without_classes_or_hours(office: Organisation, measure: str) -> None:
    assert lacks(office, measure) is not None


def reason(office: Organisation, period: str) -> Any:
    return asked(office, "measure=received", period=period).json.get("reason")


def test_a_period_before_the_first_complaint_says_so(office: Organisation) -> None:
    assert "yet" in reason(office, YEAR_BEFORE)["en"]
    office.file()
    assert "2026-11" in reason(office, YEAR_BEFORE)["en"]
    assert "2026-11" in reason(office, YEAR_BEFORE)["zh"]
    assert reason(office, NOVEMBER) is None
