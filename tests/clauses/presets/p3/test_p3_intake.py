"""P3.1 and P3.2 `auto-repair-forms`: the apology, the nature, the report by anyone, and the form at once."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import FILLED, FINDING, filled, found, parked, reported
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.steps import REGISTERED


@pytest.mark.parametrize("apologised", [False, "已道歉"])
def test_p3_1_a_complaint_without_an_apology_is_not_taken(workshop: Organisation, apologised: object) -> None:
    answer = workshop.try_file(facts={"apologised": apologised})

    assert (answer.status, answer.pointer) == (422, "/facts/apologised")


@pytest.mark.parametrize("category", [None, {}])
def test_p3_1_the_nature_is_judged(workshop: Organisation, category: object) -> None:
    answer = workshop.try_file(category=category)

    assert (answer.status, answer.pointer) == (422, "/category/nature")


def test_p3_1_the_centre_reports_to_the_manager_too(workshop: Organisation) -> None:
    number = workshop.file()

    workshop.act(number, "service_centre", "forward", to="customer_manager")

    assert workshop.deadline(number, "report")["state"] == "met"


@pytest.mark.parametrize("to", ["customer_manager", "service_centre"])
@pytest.mark.parametrize("who", ["staff", "respondent_department", "management", "general_manager"])
def test_p3_1_each_role_that_took_it_reports_it(workshop: Organisation, who: str, to: str) -> None:
    number = workshop.file(auth=workshop.auth(who))

    workshop.act(number, who, "forward", to=to)

    assert workshop.deadline(number, "report")["state"] == "met"
    assert workshop.events(number, type_="forwarded")[0]["actor"]["role"] == who


def test_p3_1_the_complainant_does_not_report(workshop: Organisation) -> None:
    assert workshop.try_act(workshop.file(), "complainant", "forward", to="customer_manager").status == 403


def test_p3_1_the_complainant_is_told_of_the_registration(workshop: Organisation) -> None:
    number = workshop.file()

    assert workshop.told("complainant", number) == [REGISTERED["complainant"][0].format(number)]


@pytest.mark.parametrize("to", ["customer_manager", "service_centre"])
def test_p3_2_the_form_is_due_within_the_working_day_of_the_report(workshop: Organisation, to: str) -> None:
    number = workshop.file()

    workshop.act(number, "staff", "forward", to=to)

    assert workshop.local(workshop.deadline(number, "form")["due"]) == "2026-11-27T18:00:00+08:00"


@pytest.mark.parametrize("who", ["customer_manager", "service_centre"])
def test_p3_2_manager_or_centre_fills_the_form_in(workshop: Organisation, who: str) -> None:
    number = reported(workshop)

    workshop.act(number, who, "accept", **FILLED, form_summary="空调不制冷")

    assert workshop.deadline(number, "form")["state"] == "met"
    [event] = workshop.events(number, type_="accepted")
    assert event["fields"]["given"] == ["form_filler", "form_summary"]
    text = f"投诉 {number} 的《客户信息反馈处理单》已填写。"
    assert [workshop.told(each, number)[0] for each in ("service_centre", "customer_manager")] == [text, text]


@pytest.mark.parametrize("who", ["staff", "respondent_department", "management", "complainant"])
def test_p3_2_nobody_else_fills_the_form_in(workshop: Organisation, who: str) -> None:
    assert workshop.try_act(reported(workshop), who, "accept", **FILLED).status == 403


def test_p3_2_the_form_says_who_filled_it_in(workshop: Organisation) -> None:
    answer = workshop.try_act(reported(workshop), "customer_manager", "accept")

    assert (answer.status, answer.pointer) == (422, "/fields/form_filler")


def test_p3_2_there_is_no_form_before_the_report(workshop: Organisation) -> None:
    assert workshop.try_act(workshop.file(), "customer_manager", "accept", **FILLED).status == 409


def test_p3_2_the_form_of_a_pending_matter_can_be_filled_in(workshop: Organisation) -> None:
    number = parked(workshop)

    workshop.act(number, "service_centre", "accept", **FILLED)

    assert workshop.deadline(number, "form")["state"] == "met"


def test_p3_2_a_missing_form_is_escalated(workshop: Organisation) -> None:
    number = reported(workshop)

    workshop.world.move_to("2026-11-27T18:00:00+08:00")

    assert [one["fields"]["clock"] for one in workshop.events(number, type_="escalated")] == ["form"]


def test_p3_2_a_form_that_was_not_filled_in_is_not_handed_over(workshop: Organisation) -> None:
    number = reported(workshop)
    workshop.act(number, "customer_manager", "find_liability", **FINDING)

    answer = workshop.try_act(number, "customer_manager", "forward", to="management")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert workshop.deadline(number, "form")["state"] == "running"


def test_p3_2_a_form_that_was_handed_over_is_not_asked_for_again(workshop: Organisation) -> None:
    number = reported(workshop)
    workshop.act(number, "customer_manager", "find_liability", **FINDING)
    workshop.act(number, "customer_manager", "accept", **FILLED)

    workshop.act(number, "customer_manager", "forward", to="management")

    assert workshop.deadline(number, "form")["state"] == "met"


def test_p3_3_the_time_of_the_attempted_contact_is_recorded(workshop: Organisation) -> None:
    number = filled(workshop)

    workshop.act(number, "customer_manager", "mark_unreachable", tried_at="2026-11-27T09:00:00+08:00")

    [event] = workshop.events(number, type_="unreachable")
    assert event["fields"]["tried_at"] == "2026-11-27T01:00:00.000Z"


def test_p3_3_the_attempted_contact_lies_in_the_past(workshop: Organisation) -> None:
    number, later = filled(workshop), "2026-11-28T09:00:00+08:00"

    answer = workshop.try_act(number, "customer_manager", "mark_unreachable", tried_at=later)

    assert (answer.status, answer.pointer) == (422, "/fields/tried_at")


def test_p3_3_only_the_manager_is_warned_four_hours_before(workshop: Organisation) -> None:
    number = filled(workshop)
    text = f"投诉 {number} 即将到期，请于2026年11月28日（周六）09:00前（北京时间）完成。"

    workshop.world.move_to("2026-11-28T05:00:00+08:00")

    assert [who for who in workshop.tokens if text in workshop.told(who, number)] == ["customer_manager"]


@pytest.mark.parametrize("who", ["staff", "service_centre", "management", "complainant"])
def test_p3_3_nobody_else_hands_it_over(workshop: Organisation, who: str) -> None:
    assert workshop.try_act(found(workshop), who, "forward", to="management").status == 403


def test_p3_1_whoever_takes_the_complaint_is_guided(workshop: Organisation) -> None:
    who = "staff"

    assert [line["zh"] for line in workshop.complaint(workshop.file(), who)["guidance"]] == [
        "第一时间向客户道歉并记录。"
    ]
