"""P6: a reopened complaint gets the full limit again, and still becomes major if it is not resolved (P6.2, P6.5)."""

from __future__ import annotations

import pytest

from tests.clauses import printed_page
from tests.clauses.offices import company as at_company
from tests.clauses.organisation import Organisation
from tests.clauses.world import advance


def reopened(company: Organisation) -> str:
    number = at_company.decided(company)
    company.act(number, "complainant", "dispute", reason="问题没有解决")
    company.act(number, "team_lead", "reopen", reason="重新处理")
    return number


def test_p6_5_a_reopened_complaint_gets_the_full_limit_again(company: Organisation) -> None:
    number = reopened(company)

    assert company.deadline(number, "resolution")["state"] == "running"


def test_p6_2_a_reopened_complaint_becomes_major_after_a_month(company: Organisation) -> None:
    number = reopened(company)

    advance(company.world, "32 days")

    assert company.complaint(number)["severity"] == "major"


@pytest.mark.parametrize("by", ["team_lead", "complainant"])
def test_p6_3_a_reopened_complaint_is_inspected_again_before_it_is_decided(company: Organisation, by: str) -> None:
    number = at_company.decided(company)
    if by == "complainant":
        company.world.move_to("2026-12-13T00:00:00+08:00")  # silence closed it
    company.act(number, by, "reopen", reason="重新处理")
    decision = {"solution": "换货。", "outcome": "resolved"}
    assert company.try_act(number, "business_unit", "decide", **decision).status == 409

    company.act(number, "business_unit", "inspect", findings="属实", truthful=True)

    assert company.act(number, "business_unit", "decide", **decision)["stage"] == "decided"


def test_p6_3_the_work_order_says_that_a_closed_complaint_is_in_work_again(company: Organisation) -> None:
    number = at_company.decided(company)
    company.world.move_to("2026-12-13T00:00:00+08:00")
    company.act(number, "complainant", "reopen", reason="又坏了")

    printed = printed_page.printed(company, number, "work_order", "agent").values

    assert printed["结案"] == ["2026年12月12日 00:00 系统（期限届满自动办理） （重新处理前）"]
    assert printed["重新处理"] == ["2026年12月13日 00:00 投诉人"]
    assert printed["当前阶段"] == ["处理中"]
    assert "2026年12月12日 00:00" in printed["处理小结"][0]


def test_p6_5_a_miss_of_the_last_rung_is_notified(company: Organisation) -> None:
    number = company.file()

    advance(company.world, "4 days")

    assert any("逐级升级后仍未完成" in text for text in company.told("business_unit", number))
