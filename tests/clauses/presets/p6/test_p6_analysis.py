"""P6.3 `corporate-standard`: after every quarter, quality management analyses the complaints about product quality."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.units.periodic_tasks.office import do, of_unit, opened, wait

MANAGEMENT, TASK = "quality_management", "quality_analysis"
DONE = {"task": TASK, "analysis": "包装破损占四成，已要求整改。"}
NEW_YEAR = "2027-01-01T00:00:00+08:00"


def owed(company: Organisation, who: str = MANAGEMENT) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = company.get("/tasks", who)["tasks"]
    return tasks


def messages(company: Organisation, who: str) -> list[str]:
    return [one["text"]["zh"] for one in company.get("/messages", who)["messages"]]


@pytest.fixture
def quarter(company: Organisation) -> Organisation:
    """The company after the end of its first quarter."""
    wait(company, NEW_YEAR)
    return company


def test_p6_3_each_quarter_ends_with_an_analysis(company: Organisation) -> None:
    wait(company, "2026-12-31T23:00:00+08:00")
    assert opened(company, "") == []

    wait(company, "2027-04-01T12:00:00+08:00")

    assert opened(company, "") == [(TASK, "2027-Q1"), (TASK, "2027-Q2")]


def test_p6_3_quality_management_is_told_and_has_ten_working_days(quarter: Organisation) -> None:
    [task] = owed(quarter)

    assert (task["task"], quarter.local(task["due"])) == (TASK, "2027-01-15T18:00:00+08:00")
    assert "产品质量投诉分析总结" in messages(quarter, MANAGEMENT)[0]
    assert owed(quarter, "quality_control") == owed(quarter, "team_lead") == []


def test_p6_3_only_quality_management_hands_in_the_analysis(quarter: Organisation) -> None:
    for who in ("quality_control", "team_lead", "business_unit", "agent"):
        assert do(quarter, who, DONE, unit="").status == 403, who
    missing = do(quarter, MANAGEMENT, {"task": TASK}, unit="")
    assert (missing.status, missing.pointer) == (422, "/fields/analysis")

    assert do(quarter, MANAGEMENT, DONE, unit="").status == 200

    quarter.world.settle()
    assert owed(quarter) == []
    assert of_unit(quarter, "")[-1]["type"] == "task_done"


def test_p6_3_an_analysis_that_is_missing_escalates(quarter: Organisation) -> None:
    before = len(messages(quarter, MANAGEMENT))

    quarter.world.move_to("2027-01-15T18:00:00+08:00")

    [escalated] = [one for one in of_unit(quarter, "") if one["type"] == "escalated"]
    assert escalated["fields"]["roles"] == ["team_lead"]
    assert len(messages(quarter, MANAGEMENT)) > before
