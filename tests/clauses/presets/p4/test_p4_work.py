"""P4 `government-service-centre`: qualified investigation, three working days, follow-up."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import DECISION, accepted, assigned, decided, inspected
from tests.clauses.organisation import Organisation, hire
from tests.kernel.web.pages.case_page import case_page

TASK = "投诉 {} 有待办事项：向投诉人反馈处理结果，请完成。"


def test_p4_4_the_director_assigns_qualified_people(hall: Organisation) -> None:
    number = accepted(hall)
    assert hall.try_act(number, "reception", "assign", investigators=[hall.subs["investigator"]]).status == 403

    answer = hall.act(number, "director", "assign", investigators=[hall.subs["investigator"]])

    assert answer["assigned"] == {"investigator": [hall.subs["investigator"]]}
    assert hall.told("investigator", number) == [f"投诉 {number} 已指派，请承办。"]


@pytest.mark.parametrize("who", ["reception", "director"])
def test_p4_4_people_who_are_no_investigators_are_not_assigned(hall: Organisation, who: str) -> None:
    answer = hall.try_act(accepted(hall), "director", "assign", investigators=[hall.subs[who]])

    assert (answer.status, answer.pointer) == (422, "/fields/investigators")


def test_p4_4_a_stranger_is_not_assigned(hall: Organisation) -> None:
    answer = hall.try_act(accepted(hall), "director", "assign", investigators=["nobody"])

    assert (answer.status, answer.pointer.split("/")[2]) == (422, "investigators")


def test_p4_4_somebody_is_assigned(hall: Organisation) -> None:
    answer = hall.try_act(accepted(hall), "director", "assign")

    assert (answer.status, answer.pointer) == (422, "/fields/investigators")


def test_p4_4_the_investigation_records_its_findings_and_its_time(hall: Organisation) -> None:
    number = assigned(hall)
    for wrong in ({"findings": None}, {"done_at": "2026-11-28T10:00:00+08:00"}):
        answer = hall.try_act(number, "investigator", "inspect", **{"findings": "属实。", **wrong})
        assert (answer.status, answer.pointer) == (422, f"/fields/{next(iter(wrong))}")

    hall.act(number, "investigator", "inspect", findings="属实。", done_at="2026-11-27T09:00:00+08:00")

    [event] = hall.events(number, type_="inspected")
    assert event["fields"] == {"done_at": "2026-11-27T01:00:00.000Z", "given": ["findings"]}


def test_p4_4_nobody_investigates_before_the_assignment(hall: Organisation) -> None:
    answer = hall.try_act(accepted(hall), "investigator", "inspect", findings="属实。")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p4_4_only_those_assigned_investigate(hall: Organisation) -> None:
    hire(hall, "investigator", name="second")
    number = assigned(hall)

    assert hall.try_act(number, "second", "inspect", findings="属实。").status == 403
    hall.act(number, "investigator", "inspect", findings="属实。")
    assert len(hall.events(number, type_="inspected")) == 1


def test_p4_4_only_those_assigned_decide(hall: Organisation) -> None:
    hire(hall, "investigator", name="second")

    assert hall.try_act(inspected(hall), "second", "decide", **DECISION).status == 403


def test_p4_4_nothing_is_decided_before_the_investigation(hall: Organisation) -> None:
    assert hall.try_act(assigned(hall), "investigator", "decide", **DECISION).status == 409


INVITED = "处理方案附后，请您对处理结果作出评价；2027年2月25日（周四）24:00 前未评价的，本中心将予以结案。"


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld", "not_upheld"])
def test_p4_5_the_mail_has_the_plan_and_invites_a_rating(hall: Organisation, outcome: str) -> None:
    hall.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = inspected(hall)

    hall.act(number, "investigator", "decide", plan="增设窗口。", outcome=outcome)

    mail = hall.world.mail("complainant@example.org")
    assert "增设窗口。" in mail
    assert INVITED in mail


@pytest.mark.parametrize("page", ["", "/acts/rate"])
def test_p4_5_the_pages_on_which_the_complainant_rates_have_the_plan_and_the_invitation(
    hall: Organisation, page: str
) -> None:
    text = case_page(hall, decided(hall), page)

    assert [part for part in ("增设窗口。", "请您对处理结果作出评价") if part not in text] == []


@pytest.mark.parametrize("field", ["plan", "outcome"])
def test_p4_5_a_handling_plan_is_made(hall: Organisation, field: str) -> None:
    answer = hall.try_act(inspected(hall), "investigator", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize(
    ("outcome", "text"), [("upheld", "投诉属实"), ("partly_upheld", "部分属实"), ("not_upheld", "投诉不实")]
)
def test_p4_5_each_outcome_is_told_to_the_complainant(hall: Organisation, outcome: str, text: str) -> None:
    number = inspected(hall)

    hall.act(number, "investigator", "decide", plan="已核实。", outcome=outcome)

    assert hall.told("complainant", number)[:1] == [f"您的投诉 {number} 已作出处理决定：{text}。{INVITED}"]


def test_p4_5_the_complainant_is_told_of_the_result(hall: Organisation) -> None:
    number = decided(hall)

    assert hall.told("complainant", number)[:1] == [f"您的投诉 {number} 已作出处理决定：投诉属实。{INVITED}"]
    [event] = hall.events(number, type_="decided")
    assert (
        hall.get(f"/complaints/{number}/record", "complainant", number)["values"][event["id"]]["plan"] == "增设窗口。"
    )


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-11-27T09:30:00+08:00", "2026-12-02T18:00:00+08:00"),
        ("2027-01-29T09:30:00+08:00", "2027-02-03T18:00:00+08:00"),
    ],
)
def test_p4_6_the_decision_is_due_3_working_days_after_receipt(hall: Organisation, filed: str, due: str) -> None:
    hall.world.move_to(filed)

    assert hall.local(hall.filed[hall.file()].due("decision")) == due


def test_p4_6_a_worked_weekend_day_counts_and_a_holiday_does_not(autumn_hall: Organisation) -> None:
    """In 2026, Sunday 20 September is a working day. 25 to 27 September and 1 to 7 October are holidays."""
    number = autumn_hall.file()

    assert autumn_hall.local(autumn_hall.filed[number].due("decision")) == "2026-09-22T18:00:00+08:00"


def test_p4_6_the_decision_is_warned_about_a_working_day_before_and_then_escalated(hall: Organisation) -> None:
    number = assigned(hall)

    hall.world.move_to("2026-12-04T18:00:00+08:00")

    assert [hall.local(event["at"]) for event in hall.events(number, type_="warned")] == ["2026-12-01T09:00:00+08:00"]
    escalated = hall.events(number, type_="escalated")
    assert [(hall.local(event["at"]), event["fields"]["roles"]) for event in escalated] == [
        ("2026-12-02T18:00:00+08:00", ["reception"]),
        ("2026-12-03T18:00:00+08:00", ["director"]),
    ]


def test_p4_6_everyone_who_acts_before_the_decision_is_warned(hall: Organisation) -> None:
    number = assigned(hall)

    hall.world.move_to("2026-12-01T09:00:00+08:00")

    for who in ("reception", "investigator", "director"):
        assert hall.told(who, number)[0].startswith(f"投诉 {number} 即将到期")


def test_p4_6_the_director_is_reminded_every_five_working_days(hall: Organisation) -> None:
    number = assigned(hall)

    hall.world.move_to("2026-12-18T18:00:00+08:00")

    assert [hall.local(event["at"]) for event in hall.events(number, type_="missed")] == [
        "2026-12-02T18:00:00+08:00",
        "2026-12-03T18:00:00+08:00",
        "2026-12-04T18:00:00+08:00",
        "2026-12-11T18:00:00+08:00",
        "2026-12-18T18:00:00+08:00",
    ]


def test_p4_6_a_decision_in_time_meets_the_deadline(hall: Organisation) -> None:
    assert hall.deadline(decided(hall), "decision")["state"] == "met"


def test_p4_5_the_message_has_the_plan(hall: Organisation) -> None:
    number = decided(hall)

    hall.world.settle()

    [message, *_] = hall.get(f"/messages?complaint={number}", "complainant", number)["messages"]
    assert [(one["name"], one["text"]["zh"]) for one in message["enclosed"]] == [("plan", DECISION["plan"])]
