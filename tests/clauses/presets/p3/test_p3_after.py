"""P3 `auto-repair-forms`: accountability, pending matters, home visits and the return visit."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import FILLED, FORM, closed, decided, executed, found, parked, reported
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.steps import FORM_FOLLOWS, HANDED_OVER

REASONS = ["quality", "parts_delay", "customer_absent", "no_time"]


def tasks(workshop: Organisation, number: str) -> list[str]:
    return [task["task"] for task in workshop.complaint(number, "customer_manager")["tasks"]]


def test_p3_5_accountability_is_due_8_elapsed_hours_after_the_final_opinion(workshop: Organisation) -> None:
    workshop.world.move_to("2026-11-27T16:00:00+08:00")

    number = decided(workshop)

    assert workshop.local(workshop.deadline(number, "accountability")["due"]) == "2026-11-28T00:00:00+08:00"


@pytest.mark.parametrize("field", list(FORM))
def test_p3_5_accountability_talk_and_final_form_are_recorded(workshop: Organisation, field: str) -> None:
    answer = workshop.try_act(decided(workshop), "management", "execute", **{**FORM, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p3_5_the_form_is_due_at_the_centre_by_the_end_of_the_same_civil_day(workshop: Organisation) -> None:
    number = executed(workshop)

    assert workshop.deadline(number, "accountability")["state"] == "met"
    assert workshop.local(workshop.deadline(number, "handover")["due"]) == "2026-11-28T00:00:00+08:00"
    assert workshop.told("service_centre", number)[:1] == [FORM_FOLLOWS.format(number)]


def test_p3_5_the_hand_over_stops_the_clock_and_is_notified(workshop: Organisation) -> None:
    number = closed(workshop)

    assert workshop.deadline(number, "handover")["state"] == "met"
    assert workshop.told("service_centre", number)[:1] == [HANDED_OVER.format(number)]


@pytest.mark.parametrize(("stage", "clock"), [(decided, "accountability"), (executed, "handover")])
def test_p3_5_a_miss_is_escalated(workshop: Organisation, stage: object, clock: str) -> None:
    number = stage(workshop)  # type: ignore[operator]

    workshop.world.move_to("2026-11-28T00:00:00+08:00")

    assert workshop.events(number, type_="escalated")[0]["fields"]["clock"] == clock


@pytest.mark.parametrize("reason", REASONS)
def test_p3_6_four_reasons_make_a_pending_matter_once_approved(workshop: Organisation, reason: str) -> None:
    number = parked(workshop, reason)

    [event] = workshop.events(number, type_="parked")
    assert (event["fields"]["reason"], workshop.complaint(number)["stage"]) == (reason, "pending")


def test_p3_6_there_is_no_other_reason(workshop: Organisation) -> None:
    answer = workshop.try_act(reported(workshop), "customer_manager", "park", reason="weather", asked="done")

    assert (answer.status, answer.pointer) == (422, "/fields/reason")


@pytest.mark.parametrize("asked", [None, "later"])
def test_p3_6_the_customer_is_first_asked_to_come(workshop: Organisation, asked: object) -> None:
    answer = workshop.try_act(reported(workshop), "customer_manager", "park", reason="no_time", asked=asked)

    assert (answer.status, answer.pointer) == (422, "/fields/asked")


def test_p3_6_without_the_general_managers_approval_it_is_not_parked(workshop: Organisation) -> None:
    number = reported(workshop)

    answer = workshop.act(number, "customer_manager", "park", reason="parts_delay", asked="done")

    assert (answer["stage"], [one["approvers"] for one in answer["proposals"]]) == ("handling", [["general_manager"]])
    assert workshop.try_act(number, "management", "approve").status == 403
    assert f"投诉 {number} 有事项待审批，请审批。" in workshop.told("general_manager", number)


def test_p3_6_a_pending_matter_waits_for_the_customer(workshop: Organisation) -> None:
    number = parked(workshop)

    assert workshop.deadline(number, "liability")["state"] == "paused"
    assert workshop.told("service_centre", number)[:1] == [f"投诉 {number} 已暂停办理，转为未了事宜。"]
    text = f"您的投诉 {number} 暂按未了事宜处理，请您在方便时直接找客户经理解决。"
    assert workshop.told("complainant", number)[:1] == [text]


def test_p3_7_a_major_complaint_needs_a_home_visit_after_approval(workshop: Organisation) -> None:
    number = parked(workshop, severity="major")
    assert "home_visit" not in tasks(workshop, number)

    workshop.act(number, "general_manager", "approve")

    assert tasks(workshop, number) == ["home_visit"]
    text = f"投诉 {number} 有待办事项：上门拜访，请于2026年12月2日（周三）18:00前（北京时间）完成。"
    assert workshop.told("customer_manager", number)[:1] == [text]


def test_p3_7_a_visit_that_is_not_made_is_escalated_though_the_matter_is_resumed(workshop: Organisation) -> None:
    number = parked(workshop, severity="major")
    workshop.act(number, "general_manager", "approve")
    workshop.act(number, "customer_manager", "accept", **FILLED)
    workshop.act(number, "customer_manager", "resume")

    workshop.world.move_to("2026-12-02T18:00:00+08:00")

    assert "home_visit" in [one["fields"]["clock"] for one in workshop.events(number, type_="escalated")]


def test_p3_7_only_the_general_manager_approves_the_visit(workshop: Organisation) -> None:
    assert workshop.try_act(parked(workshop, severity="major"), "management", "approve").status == 403


def test_p3_7_the_result_of_the_visit_is_recorded(workshop: Organisation) -> None:
    number = parked(workshop, severity="major")
    workshop.act(number, "general_manager", "approve")
    answer = workshop.try_act(number, "customer_manager", "do_task", task="home_visit")
    assert answer.pointer == "/fields/visit"

    workshop.act(number, "customer_manager", "do_task", task="home_visit", visit="客户接受方案。")

    assert tasks(workshop, number) == []


def test_p3_7_a_complaint_reclassified_as_major_needs_a_visit_too(workshop: Organisation) -> None:
    number = parked(workshop)

    workshop.act(number, "customer_manager", "classify", severity="major")

    assert [one["act"] for one in workshop.complaint(number, "general_manager")["proposals"]] == ["open_task"]


def test_p3_7_a_general_complaint_needs_no_visit(workshop: Organisation) -> None:
    number = parked(workshop)

    assert workshop.complaint(number, "general_manager")["proposals"] == []


@pytest.mark.parametrize("severity", ["major", "general"])
def test_p3_7_a_complaint_that_is_not_pending_needs_no_visit(workshop: Organisation, severity: str) -> None:
    number = found(workshop, severity="general")

    workshop.act(number, "customer_manager", "classify", severity=severity)

    assert workshop.complaint(number, "general_manager")["proposals"] == []


def test_p3_10_the_return_visit_is_due_24_hours_after_handling_is_complete(workshop: Organisation) -> None:
    number = closed(workshop, return_visit_wanted=True)

    assert tasks(workshop, number) == ["return_visit"]
    assert workshop.local(workshop.deadline(number, "return_visit")["due"]) == "2026-11-28T09:00:00+08:00"
    assert f"投诉 {number} 有待办事项：回访，请于2026年11月28日（周六）09:00前（北京时间）完成。" in workshop.told(
        "service_centre", number
    )


def test_p3_10_the_clock_of_the_return_visit_does_not_run_during_handling(workshop: Organisation) -> None:
    number = executed(workshop, return_visit_wanted=True)

    assert tasks(workshop, number) == []


@pytest.mark.parametrize("fields", [{}, {"return_visit_wanted": False}])
def test_p3_10_only_complaints_flagged_by_the_manager_are_visited(
    workshop: Organisation, fields: dict[str, object]
) -> None:
    assert tasks(workshop, closed(workshop, **fields)) == []


def test_p3_10_the_centre_visits_and_records_the_customers_satisfaction(workshop: Organisation) -> None:
    number = closed(workshop, return_visit_wanted=True)
    answer = workshop.try_act(number, "service_centre", "do_task", task="return_visit")
    assert answer.pointer == "/fields/satisfied"

    workshop.act(number, "service_centre", "do_task", task="return_visit", satisfied=True, contact="电话")

    assert workshop.deadline(number, "return_visit")["state"] == "met"


@pytest.mark.parametrize(
    ("reason", "why"), [("parts_delay", "未了原因：配件延时"), ("customer_absent", "未了原因：客户不在场")]
)
def test_p3_6_the_customer_who_is_asked_to_come_reads_why(workshop: Organisation, reason: str, why: str) -> None:
    number = parked(workshop, reason)
    workshop.world.settle()

    [newest, *_] = workshop.get(f"/messages?complaint={number}", "complainant", number)["messages"]

    assert [f"{one['label']['zh']}：{one['text']['zh']}" for one in newest["enclosed"]] == [why]
