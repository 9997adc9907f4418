"""P6: a reopened complaint gets the full limit again, and still becomes major if it is not resolved (P6.2, P6.5)."""

from __future__ import annotations

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


def test_p6_5_a_miss_of_the_last_rung_is_notified(company: Organisation) -> None:
    number = company.file()

    advance(company.world, "4 days")

    assert any("最高层级" in text for text in company.told("business_unit", number))
