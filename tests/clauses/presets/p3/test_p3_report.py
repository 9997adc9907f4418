"""P3 `auto-repair-forms`: report within an hour, the form, liability within 24 hours, review within four."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.workshop import (
    FINDING,
    OBJECTION,
    REVIEW,
    confirmed,
    decided,
    filled,
    found,
    handed_over,
    parked,
    reported,
)
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.steps import ENFORCE, OPINION_GIVEN, REGISTERED, TO_REVIEW, TO_THE_CENTRE, TO_THE_MANAGER

REQUIRED = ["occurred_at", "place", "course", "result"]


@pytest.mark.parametrize("fact", [*REQUIRED, "apologised", "filler", "summary"])
def test_p3_1_facts_apology_and_filler_are_recorded(workshop: Organisation, fact: str) -> None:
    answer = workshop.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


@pytest.mark.parametrize("nature", ["quality", "attitude", "conduct", "delay"])
def test_p3_1_the_nature_is_recorded_at_once(workshop: Organisation, nature: str) -> None:
    assert workshop.complaint(workshop.file(category={"nature": nature}))["category"] == {"nature": nature}


def test_p3_1_there_is_no_other_nature(workshop: Organisation) -> None:
    answer = workshop.try_file(category={"nature": "weather"})

    assert (answer.status, answer.pointer) == (422, "/category/nature")


def test_p3_1_the_report_is_due_one_elapsed_hour_after_receipt(workshop: Organisation) -> None:
    workshop.world.move_to("2026-11-27T17:30:00+08:00")

    number = workshop.file()

    assert workshop.local(workshop.filed[number].due("report")) == "2026-11-27T18:30:00+08:00"


@pytest.mark.parametrize(("to", "told"), [("customer_manager", TO_THE_MANAGER), ("service_centre", TO_THE_CENTRE)])
def test_p3_1_forwarding_to_manager_or_centre_stops_the_clock(workshop: Organisation, to: str, told: str) -> None:
    number = workshop.file()

    workshop.act(number, "staff", "forward", to=to)

    assert workshop.deadline(number, "report")["state"] == "met"
    assert told.format(number) in workshop.told(to, number)


def test_p3_1_reporting_to_anyone_else_is_refused(workshop: Organisation) -> None:
    answer = workshop.try_act(workshop.file(), "staff", "forward", to="management")

    assert (answer.status, answer.pointer) == (422, "/fields/to")


def test_p3_1_a_missed_report_is_escalated(workshop: Organisation) -> None:
    number = workshop.file()

    workshop.world.move_to("2026-11-27T10:00:00+08:00")

    assert workshop.events(number, type_="escalated")[0]["fields"]["roles"] == ["management"]


def test_p3_1_the_receiver_can_classify_the_severity(workshop: Organisation) -> None:
    assert workshop.act(workshop.file(), "staff", "classify", severity="major")["severity"] == "major"


@pytest.mark.parametrize(
    ("stage", "who"), [(Organisation.file, "staff"), (reported, "customer_manager"), (parked, "service_centre")]
)
def test_p3_1_a_wrong_nature_is_corrected(
    workshop: Organisation, stage: Callable[[Organisation], str], who: str
) -> None:
    number = stage(workshop)
    assert workshop.complaint(number)["category"] == {"nature": "quality"}

    view = workshop.act(number, who, "classify", severity="general", nature="attitude")

    assert view["category"] == {"nature": "attitude"}


@pytest.mark.parametrize("fact", ["plate_number", "filler", "summary"])
def test_p3_2_the_form_records_plate_number_filler_and_summary(workshop: Organisation, fact: str) -> None:
    answer = workshop.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p3_2_the_number_is_assigned_at_registration_and_unique(workshop: Organisation) -> None:
    numbers = [workshop.file(), workshop.file()]

    assert numbers == ["202611-000001", "202611-000002"]
    assert [workshop.complaint(number)["stage"] for number in numbers] == ["registered", "registered"]


def test_p3_2_the_complainant_does_not_see_who_filled_in_the_form(workshop: Organisation) -> None:
    number = workshop.file()

    shown = [workshop.complaint(number, who)["facts"].get("filler") for who in ("service_centre", "complainant")]
    assert shown == ["示例接待员", None]


def test_p3_2_the_centre_is_told_of_the_form(workshop: Organisation) -> None:
    number = workshop.file()

    assert workshop.told("service_centre", number) == [REGISTERED["service_centre"][0].format(number)]


@pytest.mark.parametrize("who", ["respondent_department", "service_centre", "management"])
def test_p3_3_no_department_finds_its_own_liability(workshop: Organisation, who: str) -> None:
    assert workshop.try_act(reported(workshop), who, "find_liability", **FINDING).status == 403


def test_p3_3_the_finding_is_made_with_the_respondent_department(workshop: Organisation) -> None:
    who = "customer_manager"
    number = reported(workshop)

    workshop.act(number, who, "find_liability", **FINDING)

    [event] = workshop.events(number, type_="liability_found")
    assert (event["fields"]["finding"], event["actor"]["role"]) == ("ours", who)
    values = workshop.get(f"/complaints/{number}/record", "management")["values"][event["id"]]
    assert values["department_view"] == FINDING["department_view"]


def test_p3_3_manager_and_department_are_told_of_the_finding(workshop: Organisation) -> None:
    number = found(workshop)

    text = f"投诉 {number} 已认定责任。"
    assert [workshop.told(who, number)[0] for who in ("customer_manager", "respondent_department")] == [text, text]


def test_p3_3_the_manager_is_told_of_a_report_to_the_centre(workshop: Organisation) -> None:
    number = workshop.file()

    workshop.act(number, "staff", "forward", to="service_centre")

    text = f"投诉 {number} 已上报客户服务中心，请协同被反馈部门完成责任认定和处理意见。"
    assert workshop.told("customer_manager", number) == [text]


def test_p3_3_the_manager_is_told_of_a_report_to_the_manager_once(workshop: Organisation) -> None:
    number = reported(workshop)

    assert workshop.told("customer_manager", number) == [TO_THE_MANAGER.format(number)]


@pytest.mark.parametrize("field", ["finding", "opinion", "department_view"])
def test_p3_3_a_finding_has_a_handling_opinion(workshop: Organisation, field: str) -> None:
    answer = workshop.try_act(reported(workshop), "customer_manager", "find_liability", **{**FINDING, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p3_3_nothing_is_handed_over_before_the_finding(workshop: Organisation) -> None:
    assert workshop.try_act(filled(workshop), "customer_manager", "forward", to="management").status == 409


def test_p3_3_liability_is_due_24_hours_from_registration(workshop: Organisation) -> None:
    number = reported(workshop)

    assert workshop.local(workshop.deadline(number, "liability")["due"]) == "2026-11-28T09:00:00+08:00"


def test_p3_3_for_an_unreachable_customer_liability_is_due_48_hours_from_the_same_start(workshop: Organisation) -> None:
    number = reported(workshop)
    workshop.world.move_to("2026-11-27T20:00:00+08:00")

    workshop.act(number, "customer_manager", "mark_unreachable")

    assert workshop.local(workshop.deadline(number, "liability")["due"]) == "2026-11-29T09:00:00+08:00"


def test_p3_3_the_hand_over_to_management_stops_the_clock_and_is_notified(workshop: Organisation) -> None:
    number = found(workshop)
    assert workshop.deadline(number, "liability")["state"] == "running"

    workshop.act(number, "customer_manager", "forward", to="management", contacted=True)

    assert workshop.deadline(number, "liability")["state"] == "met"
    assert workshop.told("management", number)[:1] == [TO_REVIEW.format(number)]
    assert workshop.events(number, type_="forwarded")[-1]["fields"]["contacted"] is True


def test_p3_3_liability_is_warned_about_four_hours_before_and_escalated(workshop: Organisation) -> None:
    number = filled(workshop)

    workshop.world.move_to("2026-11-28T09:00:00+08:00")

    assert [workshop.local(one["at"]) for one in workshop.events(number, type_="warned")] == [
        "2026-11-28T05:00:00+08:00"
    ]
    assert [one["fields"]["roles"] for one in workshop.events(number, type_="escalated")] == [["management"]]


def test_p3_4_the_review_is_due_4_hours_after_the_hand_over(workshop: Organisation) -> None:
    number = found(workshop)
    workshop.world.move_to("2026-11-27T16:00:00+08:00")

    workshop.act(number, "customer_manager", "forward", to="management")

    assert workshop.local(workshop.deadline(number, "review")["due"]) == "2026-11-27T20:00:00+08:00"


@pytest.mark.parametrize("field", list(REVIEW))
def test_p3_4_the_approver_names_the_company_rule_and_gives_a_negligence_opinion(
    workshop: Organisation, field: str
) -> None:
    answer = workshop.try_act(handed_over(workshop), "management", "confirm", **{**REVIEW, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p3_4_the_review_goes_on_after_the_report_to_the_general_manager(workshop: Organisation) -> None:
    number = confirmed(workshop)

    workshop.act(number, "management", "notify")

    assert workshop.deadline(number, "review")["state"] == "running"
    assert workshop.told("general_manager", number) == [f"投诉 {number} 的复核结果已上报，请给出处理意见。"]


def test_p3_4_the_general_managers_opinion_stops_the_review(workshop: Organisation) -> None:
    assert workshop.deadline(decided(workshop), "review")["state"] == "met"


@pytest.mark.parametrize("reported_up", [False, True])
def test_p3_4_a_missed_review_is_escalated(workshop: Organisation, reported_up: bool) -> None:
    number = confirmed(workshop)
    if reported_up:
        workshop.act(number, "management", "notify")

    workshop.world.move_to("2026-11-27T13:00:00+08:00")

    assert [one["fields"]["clock"] for one in workshop.events(number, type_="escalated")] == ["review"]


def objected(workshop: Organisation) -> str:
    number = handed_over(workshop)
    workshop.act(number, "management", "object", **OBJECTION)
    return number


@pytest.mark.parametrize("field", list(OBJECTION))
def test_p3_4_an_objection_names_the_company_rule_and_has_a_reason(workshop: Organisation, field: str) -> None:
    answer = workshop.try_act(handed_over(workshop), "management", "object", **{**OBJECTION, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p3_4_manager_and_department_are_told_of_an_objection(workshop: Organisation) -> None:
    number = objected(workshop)

    for who in ("customer_manager", "respondent_department"):
        assert workshop.told(who, number)[:1] == [f"管理部对投诉 {number} 的处理意见有异议，请参加协商并签署协商意见。"]


def test_p3_4_the_general_managers_opinion_goes_back_to_manager_and_departments(workshop: Organisation) -> None:
    number = decided(workshop)

    texts = {"customer_manager": OPINION_GIVEN, "respondent_department": OPINION_GIVEN, "management": ENFORCE}
    for who, text in texts.items():
        assert workshop.told(who, number)[:1] == [text.format(number)]
