"""P4.8: every quarter a supervisor reports how the complaint procedure was kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.fakes.client import Answer

FIRST = ("2026-12-31T23:00:00+08:00", "2027-01-01T01:00:00+08:00")
SECOND = ("2027-03-31T23:00:00+08:00", "2027-04-01T01:00:00+08:00")
"""Before and after the beginning of a quarter. The hourly job plans what happens in the next hours."""
DUE = "2027-01-15T18:00:00+08:00"
REPORT = "共受理四件，均按期办结。"


@pytest.fixture
def due_hall(hall: Organisation) -> Organisation:
    """The centre in the first hour of a quarter."""
    move(hall, *FIRST)
    return hall


def move(hall: Organisation, *times: str) -> None:
    """Moves the clock, and runs the hourly job at each time."""
    assert isinstance(hall.world, InProcess)
    for when in times:
        hall.world.move_to(when)
        hall.world.sweep()


def report(hall: Organisation, who: str, **fields: Any) -> Answer:
    body = {"fields": {"task": "inspection", **fields}}
    return hall.world.call("POST", f"{hall.path}/organisation/acts/do_task", body, auth=hall.auth(who))


def events(hall: Organisation, type_: str) -> list[dict[str, Any]]:
    found = hall.get("/organisation/record", "owner")["events"]
    return [event for event in found if event["type"] == type_]


def test_p4_8_an_inspection_is_due_each_quarter(due_hall: Organisation) -> None:
    [task] = due_hall.get("/tasks", "supervisor")["tasks"]

    assert (task["label"]["zh"], due_hall.local(task["due"])) == ("对投诉管理制度的执行情况进行检查和评估", DUE)
    [message] = due_hall.get("/messages", "supervisor")["messages"]
    assert "对投诉管理制度的执行情况进行检查和评估" in message["text"]["zh"]


def test_p4_8_there_is_one_inspection_in_each_quarter(due_hall: Organisation) -> None:
    report(due_hall, "supervisor", report=REPORT)
    move(due_hall, "2027-01-31T23:00:00+08:00", "2027-02-01T01:00:00+08:00", *SECOND)

    assert [event["fields"]["period"] for event in events(due_hall, "task_opened")] == ["2027-Q1", "2027-Q2"]


def test_p4_8_the_report_is_on_record(due_hall: Organisation) -> None:
    answer = report(due_hall, "supervisor", report=REPORT)

    assert (answer.status, answer.json["tasks"]) == (200, [])
    [event] = events(due_hall, "task_done")
    assert (event["actor"]["role"], event["fields"]["given"]) == ("supervisor", ["report"])
    assert due_hall.get("/organisation/record", "director")["values"][event["id"]] == {"report": REPORT}


@pytest.mark.parametrize("who", ["reception", "investigator", "director"])
def test_p4_8_those_who_handle_complaints_do_not_inspect_themselves(due_hall: Organisation, who: str) -> None:
    assert due_hall.get("/tasks", who)["tasks"] == []
    assert report(due_hall, who, report=REPORT).status == 403


def test_p4_8_an_inspection_has_a_report(due_hall: Organisation) -> None:
    answer = report(due_hall, "supervisor")

    assert (answer.status, answer.pointer) == (422, "/fields/report")


def test_p4_8_a_missing_inspection_escalates(due_hall: Organisation) -> None:
    move(due_hall, DUE)

    assert [due_hall.local(event["at"]) for event in events(due_hall, "missed")] == [DUE]
    assert [event["fields"]["roles"] for event in events(due_hall, "escalated")] == [["reception"]]


def test_p4_8_the_supervisor_sees_no_personal_data_or_content(hall: Organisation) -> None:
    shown = hall.complaint(hall.file(), "supervisor")["facts"]

    assert not {"complainant.name", "complainant.phone", "content"} & set(shown)
