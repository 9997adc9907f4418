"""Which policy version opens a task, and what happens to open tasks when a newer version lacks them."""

from __future__ import annotations

from typing import Any

from tests.units.periodic_tasks.office import (
    REPORT,
    YEAR_REPORT,
    do,
    hour,
    listed,
    of_unit,
    office,
    opened,
    policy,
    publish,
    wait,
    world_of,
)

OPENED = "2027-01-01T12:00:00+01:00"
APRIL = "2027-04-01T12:00:00+02:00"
OTHER: dict[str, Any] = {
    "en": "Plan",
    "of": "unit",
    "for": "head",
    "quarterly": {"day": 1, "due": "1 week"},
    "needs": ["report"],
}


def test_a_version_opens_nothing_for_a_period_that_began_before_it() -> None:
    at = office()
    wait(at, "2027-01-01T09:00:00+01:00")
    publish(at, policy(plan=OTHER))
    wait(at, "2027-02-01T09:00:00+01:00")

    assert ("plan", "2027-Q1") not in opened(at)
    wait(at, APRIL)
    assert ("plan", "2027-Q2") in opened(at)


def test_a_version_that_takes_effect_as_the_period_begins_opens_its_tasks() -> None:
    at = office()
    publish(at, policy(plan=OTHER), effective_at="2027-01-01T00:00:00+01:00")
    wait(at, OPENED)

    assert ("plan", "2027-Q1") in opened(at)


def test_a_successor_published_before_the_run_does_not_lose_the_period() -> None:
    """The schedule has run late: version 2 was published after the quarter began and before the tasks were opened."""
    at = office()
    world_of(at).jump_to("2027-01-01T08:00:00+01:00")
    publish(at, policy(plan=OTHER))
    hour(at, "2027-01-01T09:00:00+01:00")
    hour(at, "2027-01-01T09:01:00+01:00")

    assert opened(at) == [("quarter_report", "2027-Q1")]
    assert opened(at, "") == [("year_report", "2027")]


def test_the_text_and_the_limit_are_those_of_the_version_in_force() -> None:
    at = office()
    report = {**policy()["tasks"]["year_report"], "en": "Annual report", "for": "board"}
    wait(at, "2026-12-15T09:00:00+01:00")
    publish(at, policy(year_report=report))
    wait(at, OPENED)

    [shown] = at.get("/organisation", "board")["tasks"]
    assert (shown["label"]["en"], shown["role"]) == ("Annual report", "board")


def test_without_the_task_open_ones_stay_and_no_new_one_opens() -> None:
    at = office()
    wait(at, OPENED)
    publish(at, policy(quarter_report=None, year_report=None, plant_check=None))
    wait(at, "2028-01-02T12:00:00+01:00")

    assert (opened(at)[0], opened(at, "")) == (("quarter_report", "2027-Q1"), [("year_report", "2027")])
    assert [task for task, _ in opened(at)].count("quarter_report") == 1
    assert (do(at, "director", YEAR_REPORT, "").status, do(at, "of_north", REPORT).status) == (200, 200)


def test_a_task_that_the_next_version_lacks_stays_beside_the_tasks_that_it_opens() -> None:
    at = office()
    wait(at, OPENED)
    publish(at, policy(quarter_report=None, plant_check=None, plan=OTHER))
    wait(at, APRIL)

    shown = at.get("/units/north", "of_north")
    tasks = [(task["task"], task["label"]["en"]) for task in shown["tasks"]]
    assert ("quarter_report", "Report of the quarter") in tasks
    assert ("plan", "Plan") in tasks
    assert shown["policy"] == "2"
    assert {row["task"]: row["label"]["en"] for row in at.get("/tasks", "of_north")["tasks"]} == dict(tasks)
    explained = {one["clock"]: one["because"] for one in shown["deadlines"]}
    assert explained["quarter_report"]["rule"]["clause"] == "1"


def test_such_a_task_still_escalates_and_can_be_done_under_its_own_version() -> None:
    at = office()
    wait(at, OPENED)
    publish(at, policy(quarter_report=None, plan=OTHER, plant_check=None))
    wait(at, APRIL)
    assert do(at, "of_north", REPORT).status == 200

    done = of_unit(at)[-1]
    assert (done["type"], done["fields"]["task"], done["policy"]) == ("task_done", "quarter_report", "1")
    assert ("quarter_report", "north") not in listed(at, "of_north")
    wait(at, "2027-07-01T12:00:00+02:00")
    assert [period for task, period in opened(at) if task == "plan"] == ["2027-Q2", "2027-Q3"]
    missed = [event for event in of_unit(at) if event["type"] == "missed"]
    assert {(event["fields"]["clock"], event["policy"]) for event in missed} >= {("quarter_report", "1"), ("plan", "2")}


def test_a_task_that_changes_its_owner_opens_for_the_new_one() -> None:
    at = office()
    report = {**policy()["tasks"]["quarter_report"], "of": "organisation", "for": "director"}
    publish(at, policy(quarter_report=report))
    wait(at, OPENED)

    assert (opened(at), ("quarter_report", "2027-Q1") in opened(at, "")) == ([], True)
