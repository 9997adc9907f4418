"""P6 `corporate-standard`, after the decision: the complainant's answer, reopening, closing, archive."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import decided, forwarded
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.steps import (
    ACCEPTED_RESULT,
    CLOSED_AFTER_DISPUTE,
    DISPUTED,
    GENERAL,
    TO_SETTLE,
    passed_on,
)


def test_p6_3_an_unconcerned_unit_passes_it_on_before_an_assignment(company: Organisation) -> None:
    number = forwarded(company)
    missing = company.try_act(number, "business_unit", "forward")
    assert [one["pointer"] for one in missing.json["errors"]] == ["/fields/pass_to", "/fields/reason"]

    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")

    assert company.told("sales_unit", number) == [passed_on(GENERAL).format(number)]


def test_p6_5_the_agent_is_told_that_the_complainant_agrees(company: Organisation) -> None:
    number = decided(company)

    company.act(number, "complainant", "agree")

    assert company.told("agent", number)[:1] == [ACCEPTED_RESULT.format(number)]


def test_p6_5_the_complainant_agrees_once_to_each_decision(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")

    assert company.try_act(number, "complainant", "agree").status == 409


@pytest.mark.parametrize(("who", "text"), [("team_lead", TO_SETTLE), ("business_unit", DISPUTED)])
def test_p6_3_a_dispute_is_told_to_the_team_lead_and_the_person_responsible(
    company: Organisation, who: str, text: str
) -> None:
    number = decided(company)

    company.act(number, "complainant", "dispute", reason="没有赔偿")

    assert company.told(who, number)[:1] == [text.format(number)]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("complainant", "您的投诉 {} 现重新处理。"),
        ("business_unit", "投诉 {} 现重新处理，请于2026年11月28日（周六）09:00前（北京时间）完成。"),
    ],
)
def test_p6_3_the_team_lead_reopens_it_with_a_reason_and_all_concerned_are_told(
    company: Organisation, who: str, text: str
) -> None:
    number = decided(company)
    assert company.try_act(number, "team_lead", "reopen").pointer == "/fields/reason"

    answer = company.act(number, "team_lead", "reopen", reason="投诉人不接受")

    assert answer["stage"] == "handling"
    assert company.told(who, number)[:1] == [text.format(number)]


def test_p6_3_closing_needs_a_summary_and_is_told(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")
    assert company.try_act(number, "agent", "close").pointer == "/fields/summary"

    company.act(number, "agent", "close", summary="已退款")

    assert company.told("complainant", number)[:1] == [f"您的投诉 {number} 已结案。"]


@pytest.mark.parametrize("who", ["agent", "team_lead"])
def test_p6_5_no_person_closes_it_before_an_answer_or_the_time_that_the_customer_was_told(
    company: Organisation, who: str
) -> None:
    number = decided(company)
    company.act(number, who, "notify")

    company.world.move_to("2026-12-11T23:59:00+08:00")

    assert company.try_act(number, who, "close", summary="已退款").status == 409


def disputed(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "complainant", "dispute", reason="没有赔偿")
    return number


@pytest.mark.parametrize("field", ["summary", "reason"])
def test_p6_5_after_a_dispute_only_the_team_lead_closes_it_with_the_reason(company: Organisation, field: str) -> None:
    number = disputed(company)
    fields = {"summary": "已解释。", "reason": "已按合同赔偿。"}
    assert company.try_act(number, "agent", "close", **fields).status == 403
    missing = company.try_act(number, "team_lead", "close", **{**fields, field: None})
    assert (missing.status, missing.pointer) == (422, f"/fields/{field}")

    assert company.act(number, "team_lead", "close", **fields)["stage"] == "closed"

    assert company.told("complainant", number)[:1] == [CLOSED_AFTER_DISPUTE.format(number)]
    assert company.try_act(number, "complainant", "reopen", reason="不服").status == 409


def test_p6_5_the_customer_reads_why_a_disputed_case_was_closed(company: Organisation) -> None:
    number = decided(company, facts={"complainant.email": "customer@example.org"})
    company.act(number, "complainant", "dispute")

    company.act(number, "team_lead", "close", summary="已解释。", reason="已按合同赔偿。")

    assert "已按合同赔偿。" in company.world.mail("customer@example.org")


def test_p6_5_the_agent_is_told_of_the_decision(company: Organisation) -> None:
    number = decided(company)

    assert company.told("agent", number)[0] == f"投诉 {number} 已作出处理决定：已解决。"
