"""P7.3: valid complaints count against their management office; 3 points require a report, 5 points a survey."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.estate import NAME, UNIT, add_offices, handled, replied, staff_offices
from tests.clauses.organisation import Organisation

REPORT = {"task": "written_report", "report": "情况说明"}
SURVEY = {"task": "site_survey", "survey": "已到现场", "recovery": "已退费"}


@pytest.fixture
def office(estate: Organisation) -> Organisation:
    """An organisation with two management offices."""
    add_offices(estate)
    return estate


@pytest.fixture
def staffed(office: Organisation) -> Organisation:
    """The organisation with separate people for each office."""
    staff_offices(office)
    return office


def judged(estate: Organisation, severity: str, *, outcome: str = "valid", unit: str = UNIT) -> str:
    number = replied(estate, severity=severity, unit=unit)
    estate.act(number, "service_centre", "decide", opinion="已核实。", outcome=outcome)
    return number


def seen(estate: Organisation, unit: str = UNIT, who: str = "service_centre") -> dict[str, Any]:
    found: dict[str, Any] = estate.get(f"/units/{unit}", who)
    return found


def owed(estate: Organisation, unit: str = UNIT) -> list[tuple[str, str]]:
    return [(task["task"], task["role"]) for task in seen(estate, unit)["tasks"]]


def do(estate: Organisation, who: str, fields: dict[str, str], unit: str = UNIT) -> Any:
    path = f"{estate.path}/units/{unit}/acts/do_task"
    return estate.world.call("POST", path, {"fields": fields}, auth=estate.auth(who))


def opened(estate: Organisation, unit: str = UNIT) -> list[str]:
    """All tasks that were ever opened for the unit."""
    events = estate.get(f"/units/{unit}/record", "service_centre")["events"]
    return [event["fields"]["task"] for event in events if event["type"] == "task_opened"]


def of_units(estate: Organisation, who: str, query: str = "") -> list[tuple[str, str]]:
    """The tasks of units in a person's work list."""
    tasks = estate.get(f"/tasks{query}", who)["tasks"]
    return [(task["task"], task["unit"]) for task in tasks if task["number"] is None]


WRITTEN, SURVEYED = ("written_report", "management_office"), ("site_survey", "service_centre")


def test_p7_3_five_points_require_a_survey_too(office: Organisation) -> None:
    judged(office, "major")
    judged(office, "important")

    assert owed(office) == [WRITTEN, SURVEYED]


def test_p7_3_the_task_of_the_report_cites_its_clause(office: Organisation) -> None:
    judged(office, "major")

    assert seen(office)["deadlines"][0]["because"]["rule"]["clause"] == "P7.3"


@pytest.mark.parametrize(("at", "points"), [("2026-12-27T23:50:00+08:00", 3), ("2026-12-28T00:00:00+08:00", 1)])
def test_p7_3_points_of_27_november_count_to_the_end_of_27_december(office: Organisation, at: str, points: int) -> None:
    judged(office, "important")
    office.world.move_to(at)
    judged(office, "general")

    assert seen(office)["points"] == points


def test_p7_3_report_and_survey_are_due_once_per_window(office: Organisation) -> None:
    judged(office, "major")
    assert do(office, "management_office", REPORT).status == 200
    judged(office, "major")
    assert do(office, "service_centre", SURVEY).status == 200
    office.world.move_to("2026-12-26T09:00:00+08:00")
    judged(office, "major")

    assert opened(office) == ["written_report", "site_survey"]


@pytest.mark.parametrize("missing", ["survey", "recovery"])
def test_p7_3_a_survey_needs_findings_and_a_plan_to_compensate_losses(office: Organisation, missing: str) -> None:
    judged(office, "major")
    judged(office, "important")

    answer = do(office, "service_centre", {name: value for name, value in SURVEY.items() if name != missing})

    assert (answer.status, answer.pointer) == (422, f"/fields/{missing}")


@pytest.mark.parametrize(("severity", "points"), [("general", 1), ("important", 2), ("major", 3)])
def test_p7_3_a_valid_complaint_counts_by_its_class(office: Organisation, severity: str, points: int) -> None:
    judged(office, severity)

    assert seen(office)["points"] == points


def test_p7_3_a_complaint_that_was_not_valid_does_not_count(office: Organisation) -> None:
    judged(office, "major", outcome="invalid")

    assert (seen(office)["points"], owed(office)) == (0, [])


def test_p7_3_a_complaint_counts_by_its_class_at_the_decision(office: Organisation) -> None:
    number = handled(office, severity="general", unit=UNIT)
    office.act(number, "service_centre", "classify", severity="important")
    office.act(number, "management_office", "reply", text="已修复。")
    office.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")

    assert seen(office)["points"] == 2


def test_p7_3_a_complaint_counts_only_when_it_is_decided(office: Organisation) -> None:
    replied(office, severity="major", unit=UNIT)

    assert (seen(office)["points"], owed(office)) == (0, [])


def test_p7_3_two_points_require_nothing(office: Organisation) -> None:
    judged(office, "important")

    assert owed(office) == []


def test_p7_3_three_points_require_a_written_report(office: Organisation) -> None:
    judged(office, "important")
    judged(office, "general")

    assert owed(office) == [WRITTEN]
    assert office.local(seen(office)["deadlines"][0]["due"]) == "2026-12-02T18:00:00+08:00"


def test_p7_3_one_decision_can_reach_both_thresholds(office: Organisation) -> None:
    judged(office, "important")
    judged(office, "major")

    assert owed(office) == [WRITTEN, SURVEYED]


def test_p7_3_the_office_is_told_what_it_owes(staffed: Organisation) -> None:
    judged(staffed, "major")

    texts = [message["text"]["zh"] for message in staffed.get("/messages", "of_north")["messages"]]
    assert f"“{NAME}”的有效投诉在一个月内累计 3 分，请完成：书面报告。" in texts
    assert not any("3 分" in message["text"]["zh"] for message in staffed.get("/messages", "of_south")["messages"])


def test_p7_3_the_report_is_on_the_offices_work_list(staffed: Organisation) -> None:
    judged(staffed, "major")

    assert of_units(staffed, "of_north") == [("written_report", UNIT)]
    assert of_units(staffed, "of_north", "?of=unit") == [("written_report", UNIT)]
    assert of_units(staffed, "of_south") == []


def test_p7_3_report_and_survey_are_due_again_in_a_new_window(office: Organisation) -> None:
    judged(office, "major")
    judged(office, "important")
    do(office, "management_office", REPORT)
    do(office, "service_centre", SURVEY)
    office.world.move_to("2026-12-28T09:00:00+08:00")
    judged(office, "major")
    judged(office, "important")

    assert opened(office) == ["written_report", "site_survey"] * 2
    assert seen(office)["points"] == 5


def test_p7_3_each_office_has_its_own_points(office: Organisation) -> None:
    judged(office, "important")
    judged(office, "general", unit="south")

    assert (seen(office)["points"], seen(office, "south")["points"]) == (2, 1)


def test_p7_3_the_offices_people_submit_the_report(staffed: Organisation) -> None:
    judged(staffed, "major")
    assert do(staffed, "of_south", REPORT).status == 404
    assert do(staffed, "department", REPORT).status == 403

    answer = do(staffed, "of_north", REPORT)

    assert (answer.status, answer.json["tasks"]) == (200, [])
    assert of_units(staffed, "of_north") == []


def test_p7_3_a_missed_report_is_escalated(office: Organisation) -> None:
    judged(office, "major")

    office.world.move_to("2026-12-02T18:00:00+08:00")

    assert (seen(office)["deadlines"][0]["state"], seen(office)["tier"]) == ("missed", 2)
    told = [message["text"]["zh"] for message in office.get("/messages", "service_supervisor")["messages"]]
    due = "原应于2026年12月2日（周三）18:00前（北京时间）完成。"
    late = f"{NAME} 的待办事项“书面报告”已超过期限，升级至本层级，请处理。{due}"
    assert late in told


def test_p7_3_of_two_due_reports_only_the_missing_one_is_missed(office: Organisation) -> None:
    judged(office, "major")
    office.world.move_to("2027-01-11T09:00:00+08:00")
    judged(office, "major")
    assert do(office, "management_office", REPORT).status == 200

    office.world.move_to("2027-01-14T18:00:00+08:00")

    [run] = seen(office)["deadlines"]
    assert (owed(office), run["run"], run["state"]) == ([WRITTEN], 2, "missed")


def test_p7_3_the_offices_record_can_be_verified(office: Organisation) -> None:
    judged(office, "major")
    do(office, "management_office", REPORT)

    verified = office.get(f"/units/{UNIT}/record/verify", "management_office")
    record = office.get(f"/units/{UNIT}/record", "management_office")

    assert (verified["intact"], verified["events"]) == (True, len(record["events"]))
    [done] = [event for event in record["events"] if event["type"] == "task_done"]
    assert record["values"][done["id"]] == {"report": "情况说明"}


@pytest.mark.parametrize("act_in_first_stage", [True, False])
def test_p7_3_a_valid_complaint_without_an_office_cannot_be_decided_as_counting(
    office: Organisation, act_in_first_stage: bool
) -> None:
    number = office.file() if act_in_first_stage else replied(office)
    fields = {"opinion": "已核实。", "outcome": "valid"} | ({"text": "已修复。"} if act_in_first_stage else {})

    answer = office.try_act(number, "service_centre", "decide", **fields)

    assert (answer.status, answer.pointer) == (422, "/fields/outcome")


def test_p7_3_a_complaint_about_an_office_counts_if_it_is_valid(office: Organisation) -> None:
    number = replied(office, unit=UNIT)

    answer = office.try_act(number, "service_centre", "decide", opinion="无", outcome="valid_without_office")

    assert (answer.status, answer.pointer) == (422, "/fields/outcome")


def test_p7_3_an_answer_on_the_spot_counts_too(office: Organisation) -> None:
    number = office.file(unit=UNIT, severity="important")

    office.act(number, "service_centre", "decide", text="已修复。", opinion="当场处理。", outcome="valid")

    assert seen(office)["points"] == 2


def test_p7_3_the_centre_is_told_that_the_report_is_handed_in(staffed: Organisation) -> None:
    judged(staffed, "major")

    assert do(staffed, "of_north", REPORT).status == 200

    staffed.world.settle()
    texts = [message["text"]["zh"] for message in staffed.get("/messages", "service_centre")["messages"]]
    assert texts[0] == f"“{NAME}”已提交：书面报告，请查阅。"
    assert not any("已提交" in message["text"]["zh"] for message in staffed.get("/messages", "of_south")["messages"])


def test_p7_3_the_report_has_a_text(office: Organisation) -> None:
    judged(office, "major")

    answer = do(office, "management_office", {"task": "written_report"})

    assert (answer.status, answer.pointer) == (422, "/fields/report")


def test_p7_3_the_survey_is_due_in_five_working_days(office: Organisation) -> None:
    judged(office, "major")
    judged(office, "important")

    dues = {one["clock"]: office.local(one["due"]) for one in seen(office)["deadlines"]}
    assert dues.get("site_survey") == "2026-12-04T18:00:00+08:00"
    assert do(office, "management_office", SURVEY).status == 403
