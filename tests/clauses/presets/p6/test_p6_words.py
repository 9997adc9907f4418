"""P6: what people read of the times of P6.3 to P6.5, and what is kept between departments."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.deadlines import read_by_complainant
from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.offices.company import company_in, decided, handled
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.steps import DECIDED
from tests.clauses.world import InProcess


@pytest.fixture
def company() -> Organisation:
    return company_in(InProcess("2026-11-27T09:00:00+08:00"))


def test_p6_5_the_customer_is_asked_for_an_answer_and_told_what_silence_does(company: Organisation) -> None:
    number = decided(company)

    assert company.told("complainant", number)[0] == DECIDED.format(number)


def test_p6_5_a_result_that_reached_nobody_says_no_day_of_closing(company: Organisation) -> None:
    company.mails = False
    number = decided(company)

    assert company.told("complainant", number)[0] == f"您的投诉 {number} 已有处理结果，内容附后。请您答复是否接受。"


def test_p6_5_the_customer_reads_what_each_time_for_an_answer_is_for(company: Organisation) -> None:
    number = decided(company)

    assert read_by_complainant(company, number, "reminder", "silence") == {
        "reminder": "您：答复是否接受处理结果；届时尚未答复的，我们会提醒您",
        "silence": "您：答复是否接受处理结果；届时仍未答复的，予以结案",
    }


def test_p6_3_the_customer_reads_that_other_departments_take_part(company: Organisation) -> None:
    number = handled(company)
    for asked in ("support_department", "quality_control"):
        company.act(number, "business_unit", "notify", asked=asked, request="请配合。")

    assert read_by_complainant(company, number, "support", "sample_test") == {
        "support": "客户服务部门：相关部门配合处理",
        "sample_test": "客户服务部门：对样本进行检测分析",
    }


def test_p6_5_the_customer_reads_who_answers_a_dispute(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "dispute", reason="没有赔偿")

    assert read_by_complainant(company, number, "dispute_answer") == {"dispute_answer": "客户服务部门：处理您的异议"}


def test_p6_5_the_customer_reads_who_closes_and_archives(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="已办结。")

    assert read_by_complainant(company, number, "accepted_case", "archiving") == {
        "accepted_case": "客户服务部门：办理结案",
        "archiving": "客户服务部门：办理归档",
    }


def test_p6_3_what_a_department_contributes_stays_between_departments(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "notify", asked="support_department", request="请提供记录。")
    company.act(number, "support_department", "reply", contribution="记录显示晚到三天。")

    assert "contribution" in hidden_from_the_complainant(company, number, "business_unit")
