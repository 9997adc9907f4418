"""P8.3, P8.9 `customer-service`: after every quarter, the manager hands in the summary and the analysis of problems."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.units.periodic_tasks.office import do, of_unit, opened, wait

TASK = "problem_analysis"
DONE = {"task": TASK, "analysis": "售后类投诉占六成，多因零件批次缺陷；已更换供应商。"}
NEW_YEAR = "2027-01-01T00:00:00+08:00"


def owed(helpdesk: Organisation, who: str = "manager") -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = helpdesk.get("/tasks", who)["tasks"]
    return tasks


def messages(helpdesk: Organisation, who: str) -> list[str]:
    return [one["text"]["zh"] for one in helpdesk.get("/messages", who)["messages"]]


@pytest.fixture
def quarter(helpdesk: Organisation) -> Organisation:
    """The helpdesk after the end of its first quarter."""
    wait(helpdesk, NEW_YEAR)
    return helpdesk


def test_p8_9_each_quarter_ends_with_an_analysis(helpdesk: Organisation) -> None:
    wait(helpdesk, "2026-12-31T23:00:00+08:00")
    assert opened(helpdesk, "") == []

    wait(helpdesk, "2027-04-01T12:00:00+08:00")

    assert opened(helpdesk, "") == [(TASK, "2027-Q1"), (TASK, "2027-Q2")]


def test_p8_9_the_manager_is_told_on_the_first_day_and_has_ten_working_days(quarter: Organisation) -> None:
    [task] = owed(quarter)

    assert (task["task"], quarter.local(task["due"])) == (TASK, "2027-01-15T18:00:00+08:00")
    assert "投诉汇总及常见问题分析" in messages(quarter, "manager")[0]
    assert owed(quarter, "agent") == owed(quarter, "product_team") == owed(quarter, "after_sales") == []


def test_p8_9_only_the_manager_hands_in_the_analysis(quarter: Organisation) -> None:
    for who in ("agent", "product_team", "after_sales"):
        assert do(quarter, who, DONE, unit="").status == 403, who
    missing = do(quarter, "manager", {"task": TASK}, unit="")
    assert (missing.status, missing.pointer) == (422, "/fields/analysis")

    assert do(quarter, "manager", DONE, unit="").status == 200

    quarter.world.settle()
    assert owed(quarter) == []
    assert of_unit(quarter, "")[-1]["type"] == "task_done"


def test_p8_9_an_analysis_that_is_missing_escalates_and_the_alarm_repeats(quarter: Organisation) -> None:
    before = len(messages(quarter, "manager"))

    quarter.world.move_to("2027-01-15T18:00:00+08:00")
    [escalated] = [one for one in of_unit(quarter, "") if one["type"] == "escalated"]
    told = len(messages(quarter, "manager"))
    quarter.world.move_to("2027-01-29T18:00:00+08:00")

    assert escalated["fields"]["roles"] == ["manager"]
    assert before < told < len(messages(quarter, "manager"))


def test_p8_9_the_manager_tracks_improvement_actions(quarter: Organisation) -> None:
    """Who owes the analysis manages the actions that follow from it."""
    seen = [quarter.world.call("GET", f"{quarter.path}/improvements", auth=quarter.auth("manager")).status]
    action = {
        "title": "更换供应商",
        "by": "answer.cause",
        "value": "supplier",
        "owner": quarter.subs["after_sales"],
        "due": "2027-03-31",
    }
    for who in ("agent", "manager"):
        answer = quarter.world.call("POST", f"{quarter.path}/improvements", action, auth=quarter.auth(who))
        seen.append(answer.status)

    assert seen == [200, 403, 201]
