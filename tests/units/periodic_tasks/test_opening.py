"""When the calendar opens a task of a unit or of the organisation, and when it is due."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.units.periodic_tasks.office import add, ask, hour, of_unit, office, opened, publish, wait, world_of


def due(at: Organisation, task: str, unit: str = "north") -> dict[str, Any]:
    shown = at.get(f"/units/{unit}" if unit else "/organisation", "owner")
    return next(one for one in shown["deadlines"] if one["clock"] == task)


def test_a_quarter_opens_a_task_for_each_unit() -> None:
    at = office()
    wait(at, "2027-01-01T00:00:00+01:00")

    assert [opened(at, unit) for unit in ("north", "south")] == [[("quarter_report", "2027-Q1")]] * 2


def test_nothing_is_open_before_the_quarter_begins() -> None:
    at = office()
    wait(at, "2026-12-31T23:59:00+01:00")

    assert opened(at) == opened(at, "") == []


def test_each_quarter_opens_its_own_task() -> None:
    at = office(units=("north",))
    wait(at, "2027-10-01T12:00:00+02:00")

    quarters = [period for task, period in opened(at) if task == "quarter_report"]
    assert quarters == ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]


def test_each_year_opens_one_task_for_the_organisation() -> None:
    at = office(units=())
    wait(at, "2028-01-01T12:00:00+01:00")

    assert opened(at, "") == [("year_report", "2027"), ("year_report", "2028")]


def test_the_event_has_the_beginning_of_the_period_as_its_time() -> None:
    at = office()
    wait(at, "2027-04-01T12:00:00+02:00")

    event = next(one for one in of_unit(at) if one["fields"].get("period") == "2027-Q2")
    assert (event["at"], event["due_at"]) == ("2027-03-31T22:00:00.000Z",) * 2
    assert event["actor"] == {"kind": "system", "id": "system"}


def test_the_limit_counts_from_the_day_of_the_opening() -> None:
    """Friday 1 January 2027 does not count."""
    at = office()
    wait(at, "2027-01-01T12:00:00+01:00")

    assert due(at, "quarter_report")["due"] == "2027-01-08T16:00:00.000Z"
    assert due(at, "year_report", "")["due"] == "2027-01-15T16:00:00.000Z"


def test_a_late_run_changes_neither_the_limit_nor_the_period() -> None:
    at = office()
    world_of(at).jump_to("2027-01-04T15:00:00+01:00")
    hour(at, "2027-01-04T15:00:00+01:00")
    hour(at, "2027-01-04T15:01:00+01:00")

    assert opened(at)[0] == ("quarter_report", "2027-Q1")
    assert due(at, "quarter_report")["due"] == "2027-01-08T16:00:00.000Z"


def test_a_deadline_explains_its_clause() -> None:
    at = office()
    wait(at, "2027-01-01T12:00:00+01:00")

    assert due(at, "quarter_report")["because"]["rule"]["clause"] == "1"


def test_a_unit_on_another_calendar_begins_and_ends_there() -> None:
    at = office()
    assert ask(at, "PUT", "/units/south", {"calendar": "plant"}).status == 200
    wait(at, "2027-01-01T17:00:00+01:00")

    assert [opened(at, unit)[1:] for unit in ("north", "south")] == [[], [("plant_check", "2027-Q1")]]
    assert due(at, "plant_check", "south")["due"] == "2027-01-03T16:00:00.000Z"  # 24:00 of the 3rd in Shanghai


def test_another_calendar_of_a_unit_does_not_open_the_period_again() -> None:
    at = office()
    ask(at, "PUT", "/units/south", {"calendar": "plant"})
    wait(at, "2027-01-01T17:30:00+01:00")
    ask(at, "PUT", "/units/south", {"calendar": None})
    wait(at, "2027-01-03T12:00:00+01:00")

    assert opened(at, "south") == [("quarter_report", "2027-Q1"), ("plant_check", "2027-Q1")]


def test_a_period_that_began_before_the_sign_up_opens_nothing() -> None:
    at = office("2027-01-01T09:00:00+01:00")
    wait(at, "2027-01-31T12:00:00+01:00")

    assert opened(at, "") == []
    assert opened(at) == [("plant_check", "2027-Q1")]


def test_a_unit_that_is_added_later_owes_nothing_for_the_period() -> None:
    at = office()
    world_of(at).jump_to("2027-01-01T08:00:00+01:00")
    add(at, "west")
    wait(at, "2027-01-01T12:00:00+01:00")

    assert (opened(at, "west"), opened(at)) == ([], [("quarter_report", "2027-Q1")])


def test_an_organisation_without_such_tasks_has_no_record_of_tasks() -> None:
    at = office()
    publish(at, {**at.get("/policy", "owner")["policy"], "tasks": {}})
    wait(at, "2027-01-31T12:00:00+01:00")

    assert of_unit(at, "") == of_unit(at) == []
