"""P4.8: every quarter, a document states how the complaint procedure was kept, and a supervisor assesses it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.test_p4_7_recorded import rated_late_and_decided_again
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.supervision.reporting import hour, look, report, seen

FIRST = ("2026-12-31T23:00:00+08:00", "2027-01-01T01:00:00+08:00")
SECOND = ("2027-03-31T23:00:00+08:00", "2027-04-01T01:00:00+08:00")
"""Before and after the end of a quarter. The hourly job plans what happens in the next hours."""
DUE = "2027-01-15T18:00:00+08:00"
ASSESSMENT = "共受理一件，按期办结。"


@pytest.fixture
def due_hall(hall: Organisation) -> Organisation:
    """The centre in the first hours of a quarter. It has taken one complaint before."""
    hall.file()
    move(hall, *FIRST)
    return hall


def move(hall: Organisation, *times: str) -> None:
    """Moves the clock, and runs the hourly job at each time."""
    assert isinstance(hall.world, InProcess)
    for when in times:
        hall.world.move_to(when)
        hall.world.sweep()


def assess(hall: Organisation, who: str, **fields: Any) -> Answer:
    body = {"fields": {"task": "inspection", **fields}}
    return hall.world.call("POST", f"{hall.path}/organisation/acts/do_task", body, auth=hall.auth(who))


def events(hall: Organisation, type_: str) -> list[dict[str, Any]]:
    found = hall.get("/organisation/record", "owner")["events"]
    return [event for event in found if event["type"] == type_]


def listed(hall: Organisation, who: str = "supervisor") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.get("/inspections", who)["inspections"]
    return found


def texts(hall: Organisation, who: str) -> list[str]:
    hall.world.settle()
    return [message["text"]["zh"] for message in hall.get("/messages", who)["messages"]]


def test_p4_8_an_inspection_is_due_each_quarter(due_hall: Organisation) -> None:
    [task] = due_hall.get("/tasks", "supervisor")["tasks"]

    assert (task["label"]["zh"], due_hall.local(task["due"])) == ("对投诉管理制度的执行情况进行检查和评估", DUE)


def test_p4_8_the_document_of_the_quarter_is_there_when_it_has_ended(due_hall: Organisation) -> None:
    [row] = listed(due_hall)

    assert (row["id"], row["from"], row["to"]) == ("2026-Q4.1", "2026-10-01", "2026-12-31")
    assert (due_hall.local(row["due"]), row["late"]) == (DUE, False)


def test_p4_8_the_document_states_how_the_procedure_was_kept(due_hall: Organisation) -> None:
    found = due_hall.get("/inspections/2026-Q4.1", "supervisor")

    tables = {(one["name"], table["by"]): table["rows"] for one in found["reports"] for table in one["tables"]}
    assert tables["inflow", None][0]["figures"]["received"] == {"count": 1}
    assert [row["key"] for row in tables["deadlines", "clause"]] == ["P4.6"]
    assert tables["deadlines", "clause"][0]["figures"]["missed"]["numerator"] == 1


def test_p4_8_its_hash_is_on_record(due_hall: Organisation) -> None:
    answer = due_hall.world.call("GET", f"{due_hall.path}/inspections/2026-Q4.1", auth=due_hall.auth("supervisor"))

    [event] = [one for one in due_hall.get("/record", "owner")["events"] if one["type"] == "inspection_produced"]
    assert event["fields"]["sha256"] == hashlib.sha256(answer.text.encode()).hexdigest()
    assert event["actor"]["kind"] == "system"


def test_p4_8_the_supervisor_and_the_people_told_can_read_it(due_hall: Organisation) -> None:
    for who in ("supervisor", "owner", "director"):
        [told] = [text for text in texts(due_hall, who) if text.startswith("检查报告")]
        assessed = "，并于2027年1月15日（周五）18:00前（北京时间）完成评估" if who == "supervisor" else ""
        assert told == f"检查报告（2026-Q4）已生成，请查阅{assessed}。"
        assert listed(due_hall, who)


@pytest.mark.parametrize("who", ["owner", "director"])
def test_p4_8_it_is_mailed_to_them(due_hall: Organisation, who: str) -> None:
    due_hall.world.settle()

    assert due_hall.world.mail(due_hall.emails[who]).startswith("检查报告（2026-Q4）已生成")


@pytest.mark.parametrize("who", ["reception", "investigator"])
def test_p4_8_no_other_person_reads_it(due_hall: Organisation, who: str) -> None:
    answer = due_hall.world.call("GET", f"{due_hall.path}/inspections", auth=due_hall.auth(who))

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert [text for text in texts(due_hall, who) if text.startswith("检查报告")] == []


def test_p4_8_there_is_one_inspection_in_each_quarter(due_hall: Organisation) -> None:
    assess(due_hall, "supervisor", assessment=ASSESSMENT)
    move(due_hall, "2027-01-31T23:00:00+08:00", "2027-02-01T01:00:00+08:00", *SECOND)

    assert [event["fields"]["period"] for event in events(due_hall, "task_opened")] == ["2026-Q4", "2027-Q1"]
    assert [row["id"] for row in listed(due_hall)] == ["2027-Q1.1", "2026-Q4.1"]


def test_p4_8_the_assessment_is_on_record(due_hall: Organisation) -> None:
    answer = assess(due_hall, "supervisor", assessment=ASSESSMENT)

    assert (answer.status, answer.json["tasks"]) == (200, [])
    [event] = events(due_hall, "task_done")
    assert (event["actor"]["role"], event["fields"]["given"]) == ("supervisor", ["assessment"])
    values = due_hall.get("/organisation/record", "director")["values"]
    assert values[event["id"]] == {"assessment": ASSESSMENT}


@pytest.mark.parametrize("who", ["owner", "director"])
def test_p4_8_of_the_assessment_the_same_people_are_told(due_hall: Organisation, who: str) -> None:
    assess(due_hall, "supervisor", assessment=ASSESSMENT)

    assert texts(due_hall, who)[0] == "本机构的待办事项已完成：对投诉管理制度的执行情况进行检查和评估，请查阅。"


@pytest.mark.parametrize("who", ["reception", "investigator", "director"])
def test_p4_8_those_who_handle_complaints_do_not_inspect_themselves(due_hall: Organisation, who: str) -> None:
    assert due_hall.get("/tasks", who)["tasks"] == []
    assert assess(due_hall, who, assessment=ASSESSMENT).status == 403


def test_p4_8_an_inspection_has_an_assessment(due_hall: Organisation) -> None:
    answer = assess(due_hall, "supervisor")

    assert (answer.status, answer.pointer) == (422, "/fields/assessment")


def test_p4_8_a_missing_assessment_escalates(due_hall: Organisation) -> None:
    move(due_hall, DUE)

    assert [due_hall.local(event["at"]) for event in events(due_hall, "missed")] == [DUE]
    assert [event["fields"]["roles"] for event in events(due_hall, "escalated")] == [["reception"]]


def test_p4_8_the_owners_are_told_once_of_a_missing_assessment(due_hall: Organisation) -> None:
    move(due_hall, DUE, "2027-01-15T20:00:00+08:00", "2027-01-16T20:00:00+08:00")

    late = "检查报告（2026-Q4）的评估已超过期限，仍未完成，请处理。原应于2027年1月15日（周五）18:00前（北京时间）完成。"
    assert texts(due_hall, "owner").count(late) == 1
    assert [row["late"] for row in listed(due_hall)] == [True]


def test_p4_8_the_supervisor_sees_no_personal_data_or_content(hall: Organisation) -> None:
    shown = hall.complaint(hall.file(), "supervisor")["facts"]

    assert not {"complainant.name", "complainant.phone", "content"} & set(shown)


def test_p4_8_a_report_about_the_centre_goes_to_the_supervisor(hall: Organisation) -> None:
    body = {"about": {"office": True}, "text": "处理人员收受好处。", "to": "supervisors"}
    assert hall.world.call("POST", f"{hall.path}/supervision", body).status == 201

    assert len(hall.get("/supervision", "supervisor")["reports"]) == 1
    assert hall.get("/supervision", "owner")["reports"] == []


def test_p4_8_of_several_ratings_of_a_complaint_the_last_one_counts(hall: Organisation) -> None:
    number = decided(hall)
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}
    rated = hall.world.call("POST", f"{hall.path}/complaints/{number}/acts/rate", body, auth=hall.auth("reception"))
    assert rated.status == 200
    hall.act(number, "complainant", "rate", rating="dissatisfied")

    move(hall, *FIRST)

    assert ratings(hall, "2026-Q4.1") == {"rating=dissatisfied": {"count": 1}}


def ratings(hall: Organisation, inspection: str) -> dict[str, Any]:
    reports = hall.get(f"/inspections/{inspection}", "supervisor")["reports"]
    [table] = [one for report in reports for one in report["tables"] if one["by"] == "answer"]
    return {row["key"]: row["figures"]["answers"] for row in table["rows"] if row["key"].startswith("rating=")}


def test_p4_8_a_rating_by_staff_after_one_by_the_complainant_is_refused_and_does_not_count(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="dissatisfied")
    body = {"fields": {"rating": "satisfied"}, "on_behalf_of": "complainant"}
    path = f"{hall.path}/complaints/{number}/acts/rate"

    assert hall.world.call("POST", path, body, auth=hall.auth("reception")).pointer == "/on_behalf_of"

    move(hall, *FIRST)
    assert ratings(hall, "2026-Q4.1") == {"rating=dissatisfied": {"count": 1}}


def test_p4_8_of_several_own_ratings_of_a_complaint_the_last_one_counts(hall: Organisation) -> None:
    number = rated_late_and_decided_again(hall)
    assert hall.act(number, "complainant", "rate", rating="satisfied")["stage"] == "rated"

    move(hall, *SECOND)

    assert ratings(hall, "2027-Q1.1") == {"rating=satisfied": {"count": 1}}


@pytest.mark.parametrize("who", ["owner", "director", "supervisor"])
def test_p4_8_those_who_are_told_of_the_assessment_read_it(due_hall: Organisation, who: str) -> None:
    assess(due_hall, "supervisor", assessment=ASSESSMENT)

    [event] = events(due_hall, "task_done")

    assert due_hall.get("/organisation/record", who)["values"].get(event["id"]) == {"assessment": ASSESSMENT}


def test_p4_8_who_handled_a_complaint_of_the_quarter_does_not_assess_it(hall: Organisation) -> None:
    decided(hall)
    move(hall, *FIRST)
    body = {"grants": [{"role": "investigator"}, {"role": "supervisor"}]}
    path = f"{hall.path}/people/{hall.subs['investigator']}"
    assert hall.world.call("PUT", path, body, auth=hall.auth("owner")).status == 200

    assert assess(hall, "investigator", assessment=ASSESSMENT).status == 403

    assert assess(hall, "supervisor", assessment=ASSESSMENT).status == 200


def test_p4_8_a_report_about_the_centre_that_is_left_alone_goes_to_the_owners(hall: Organisation) -> None:
    reported = report(hall)

    hour(hall, "2026-12-04T18:30:00+08:00")
    events = [one["type"] for one in seen(hall, reported, "supervisor")["events"]]
    hour(hall, "2026-12-11T17:30:00+08:00")
    before = look(hall, reported, "owner").status
    hour(hall, "2026-12-11T18:30:00+08:00")

    assert (events, before, look(hall, reported, "owner").status) == (["reported", "reminded"], 404, 200)
