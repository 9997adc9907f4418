"""P6 `corporate-standard`: a silent customer is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.steps import PLEASE_ANSWER
from tests.clauses.silent_parties import reminders

REMINDED, CLOSED = "2026-12-05T00:00:00+08:00", "2026-12-12T00:00:00+08:00"
REMINDER = PLEASE_ANSWER
CLOSING = "您的投诉 {} 已结案。您尚未答复是否接受处理结果；如您不接受，可说明理由，我们将重新处理。"


def silent(company: Organisation) -> str:
    number = decided(company)
    company.world.move_to(CLOSED)
    return number


def test_p6_5_a_silent_customer_is_reminded(company: Organisation) -> None:
    number = decided(company)

    company.world.move_to(REMINDED)

    [event] = reminders(company, number)
    assert (event["actor"]["kind"], company.local(event["at"])) == ("system", REMINDED)
    assert company.told("complainant", number)[:1] == [REMINDER.format(number)]


def test_p6_5_silence_closes_the_case_with_its_reason(company: Organisation) -> None:
    number = silent(company)

    [event] = company.events(number, type_="closed")
    assert (event["actor"]["kind"], company.local(event["at"])) == ("system", CLOSED)
    assert company.told("agent", number)[0] == f"投诉 {number} 已结案。"
    values = company.get(f"/complaints/{number}/record", "agent")["values"][event["id"]]
    assert "客户在期限内未对处理结果提出意见" in values["summary"]
    assert company.told("complainant", number)[:1] == [CLOSING.format(number)]
    assert f"您的投诉 {number} 已结案。" not in company.told("complainant", number)


@pytest.mark.parametrize("answer", ["agree", "dispute"])
def test_p6_5_an_answer_stops_reminder_and_silence(company: Organisation, answer: str) -> None:
    number = decided(company)

    company.act(number, "complainant", answer)
    company.world.move_to(CLOSED)

    assert {company.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
    assert reminders(company, number) == company.events(number, type_="closed") == []


def test_p6_5_a_case_that_is_taken_up_again_stops_them_too(company: Organisation) -> None:
    number = decided(company)

    company.act(number, "team_lead", "reopen", reason="客户来电")

    assert {company.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}


@pytest.mark.parametrize("archived", [True, False])
@pytest.mark.parametrize("who", ["team_lead", "business_unit"])
def test_p6_5_a_late_answer_reopens_the_case(company: Organisation, archived: bool, who: str) -> None:
    number = silent(company)
    if archived:
        company.act(number, "agent", "archive")
    missing = company.try_act(number, "complainant", "reopen")
    assert (missing.status, missing.pointer) == (422, "/fields/reason")

    assert company.act(number, "complainant", "reopen", reason="仍未退款")["stage"] == "handling"

    assert company.told(who, number)[0].startswith(f"投诉 {number} 现重新处理")
    decision = company.try_act(number, "business_unit", "decide", solution="补退差额。", outcome="resolved")
    assert (decision.status, decision.problem) == (409, "act-not-open")  # it is inspected again
    assert company.deadline(number, "resolution", run=2)["state"] == "running"


@pytest.mark.parametrize("archived", [True, False])
def test_p6_5_who_has_agreed_can_reopen_with_a_reason(company: Organisation, archived: bool) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="已退款")
    if archived:
        company.act(number, "agent", "archive")
    assert company.told("complainant", number)[:1] == [f"您的投诉 {number} 已结案。"]

    assert company.act(number, "complainant", "reopen", reason="未同意")["stage"] == "handling"

    assert company.complaint(number, "agent")["flags"]["answered"] == "no"


def test_p6_5_after_a_new_decision_the_answer_counts_anew(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "team_lead", "reopen", reason="核算有误")
    company.act(number, "business_unit", "inspect", findings="核算有误。", truthful=True)
    company.act(number, "business_unit", "decide", solution="补退差额。", outcome="resolved")
    assert company.try_act(number, "agent", "close", summary="已退款").status == 409
    company.world.move_to(REMINDED)
    assert company.try_act(number, "agent", "close", summary="已退款").status == 409

    company.world.move_to(CLOSED)

    assert company.told("complainant", number)[:1] == [CLOSING.format(number)]
    assert company.try_act(number, "agent", "reopen", reason="后悔").status == 403
    assert company.act(number, "complainant", "reopen", reason="差额未到")["stage"] == "handling"


def test_p6_5_the_agent_is_told_of_a_silent_case_that_was_taken_up_again(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "team_lead", "reopen", reason="核算有误")
    company.act(number, "business_unit", "inspect", findings="核算有误。", truthful=True)
    company.act(number, "business_unit", "decide", solution="补退差额。", outcome="resolved")

    company.world.move_to(CLOSED)

    assert company.told("agent", number)[0] == f"投诉 {number} 已结案。"


def test_p6_5_an_archived_case_is_on_the_archive_s_list(company: Organisation) -> None:
    number = silent(company)
    assert company.get("/complaints?shelf=archived", "agent")["complaints"] == []

    company.act(number, "agent", "archive")

    shelf = company.get("/complaints?shelf=archived", "agent")["complaints"]
    assert [row["number"] for row in shelf] == [number]


def test_p6_5_only_agent_and_team_lead_remind(company: Organisation) -> None:
    number = decided(company)

    assert company.try_act(number, "business_unit", "notify").status == 403
    company.act(number, "agent", "notify")
    assert company.told("complainant", number)[:1] == [REMINDER.format(number)]
