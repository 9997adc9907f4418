"""P6.3 `corporate-standard`: agent, team lead, business unit; the truth is checked; one person is responsible."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import (
    CONCERNED,
    WORK_ORDER,
    decided,
    forwarded,
    handled,
    lowered,
    of_class,
    recorded,
    reviewed,
)
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p6.steps import GENERAL, MAJOR, passed_on, to_review

UNITS = ["business_unit", "sales_unit", "service_department", "quality_control", "quality_management"]


def test_p6_3_the_agents_work_order_goes_to_the_team_lead(company: Organisation) -> None:
    number = recorded(company)

    assert company.told("team_lead", number) == [to_review(GENERAL).format(number)]


def test_p6_3_only_the_team_lead_reviews_it(company: Organisation) -> None:
    number = recorded(company)

    assert company.try_act(number, "agent", "confirm").status == 403
    assert company.act(number, "team_lead", "confirm")["stage"] == "reviewed"


def test_p6_3_the_team_lead_can_give_it_back_with_a_reason(company: Organisation) -> None:
    number = recorded(company)

    answer = company.act(number, "team_lead", "object", reason="地址不完整")

    assert answer["stage"] == "registered"
    assert f"投诉 {number} 的处理有异议，已退回，请重新处理。" in company.told("agent", number)


@pytest.mark.parametrize("unit", UNITS)
def test_p6_3_the_reviewed_order_is_passed_to_the_unit_that_is_concerned(company: Organisation, unit: str) -> None:
    number = reviewed(company, **CONCERNED[unit])

    answer = company.act(number, "team_lead", "forward", to=unit)

    assert answer["stage"] == "forwarded"
    until = MAJOR if unit == "quality_management" else GENERAL
    assert passed_on(until).format(number) in company.told(unit, number)


def test_p6_3_a_sales_unit_takes_direct_complaints_itself(company: Organisation) -> None:
    number = company.file(channel="direct")

    answer = company.act(number, "sales_unit", "accept", **WORK_ORDER)

    assert answer["stage"] == "recorded"


def test_p6_3_one_person_is_responsible(company: Organisation) -> None:
    number = forwarded(company)

    answer = company.act(number, "business_unit", "assign", responsible=company.subs["business_unit"])

    assert answer["assigned"] == {"responsible": [company.subs["business_unit"]]}
    assert f"投诉 {number} 已指派，请承办。" in company.told("business_unit", number)


def test_p6_3_two_people_cannot_be_responsible(company: Organisation) -> None:
    hire(company, "business_unit", name="colleague")
    number = forwarded(company)
    both = [company.subs["business_unit"], company.subs["colleague"]]

    answer = company.try_act(number, "business_unit", "assign", responsible=both)

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p6_3_a_non_member_cannot_be_responsible(company: Organisation) -> None:
    number = forwarded(company)

    answer = company.try_act(number, "business_unit", "assign", responsible="nobody")

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p6_3_the_truth_is_checked_before_a_decision(company: Organisation) -> None:
    number = handled(company)

    answer = company.try_act(number, "business_unit", "decide", solution="退款", outcome="resolved")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p6_3_the_check_says_whether_it_is_true(company: Organisation) -> None:
    number = handled(company)

    answer = company.try_act(number, "business_unit", "inspect", findings="查无此单")

    assert (answer.status, answer.pointer) == (422, "/fields/truthful")


def test_p6_3_quality_control_adds_its_test_report(company: Organisation) -> None:
    number = handled(company, "quality_control")

    tested = {"sample_test": "抽样检测合格", "test_report": "检字第7号"}
    company.act(number, "quality_control", "inspect", findings="抽检合格", truthful=False, **tested)

    [event] = company.events(number, type_="inspected")
    assert event["fields"]["given"] == ["findings", "sample_test", "test_report"]


@pytest.mark.parametrize("severity", ["general", "important"])
def test_p6_3_quality_control_does_not_judge_without_a_sample_test(company: Organisation, severity: str) -> None:
    number = handled(company, "quality_control", **of_class(severity))

    answer = company.try_act(number, "quality_control", "inspect", findings="抽检合格", truthful=False)

    assert (answer.status, answer.pointer) == (422, "/fields/sample_test")


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "quality_control"])
def test_p6_3_other_units_need_no_sample_test(company: Organisation, unit: str) -> None:
    number = handled(company, unit)

    assert company.try_act(number, unit, "inspect", findings="属实", truthful=True).status == 200


def test_p6_3_quality_that_is_no_longer_major_needs_a_sample_test(company: Organisation) -> None:
    number = forwarded(company, "quality_management")
    lowered(company, number, "general", "slight", "media")
    company.act(number, "quality_control", "assign", responsible=company.subs["quality_control"])

    answer = company.try_act(number, "quality_control", "inspect", findings="抽检合格", truthful=False)

    assert (answer.status, answer.pointer) == (422, "/fields/sample_test")


@pytest.mark.parametrize(("truthful", "expected"), [(True, 200), (False, 422)])
def test_p6_3_only_what_is_true_is_compensated(company: Organisation, truthful: bool, expected: int) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", findings="已查证。", truthful=truthful)

    answer = company.try_act(number, "business_unit", "decide", solution="赔偿。", outcome="compensated")

    assert answer.status == expected
    assert answer.pointer == (None if truthful else "/fields/outcome")


def test_p6_3_a_unit_can_pass_it_on_to_another(company: Organisation) -> None:
    number = handled(company, "sales_unit")

    answer = company.act(number, "sales_unit", "forward", pass_to="business_unit", reason="属业务部门")

    assert answer["stage"] == "forwarded"
    assert passed_on(GENERAL).format(number) in company.told("business_unit", number)


def test_p6_5_a_decision_meets_the_deadline_and_is_told(company: Organisation) -> None:
    number = decided(company)

    assert company.deadline(number, "resolution")["state"] == "met"
    assert company.told("complainant", number)[:1] == [f"您的投诉 {number} 已作出处理决定：已解决。"]


def test_p6_3_a_person_outside_the_roles_can_do_nothing(company: Organisation) -> None:
    number = company.file()
    hire(company, "quality_management", name="auditor")

    assert company.try_act(number, "auditor", "accept", **WORK_ORDER).status == 403
