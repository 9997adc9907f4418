"""Escalation to a tier without members: the owners are notified, and a metric counts it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import company_in, handled, of_class
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
TIER_2 = "2026-11-27T15:00:00+08:00"
ALARM = (
    "投诉 {} 的“投诉处理时长”须于2026年11月27日（周五）15:00前（北京时间）完成，"
    "现处第 2 层级，而该层级的角色无人担任。请尽快为该层级的角色指定人员。"
)


@pytest.fixture
def company() -> Organisation:
    """Role team lead, the second tier, has no members."""
    company = company_in(InProcess(START))
    gone = company.world.call(
        "DELETE", f"{company.path}/people/{company.subs['team_lead']}", auth=company.auth("owner")
    )
    assert gone.status == 204, gone.text
    return company


@pytest.fixture
def staffed() -> Organisation:
    return company_in(InProcess(START))


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file(**of_class("important"))


def test_the_owners_are_told_that_the_tier_has_no_members(company: Organisation, number: str) -> None:
    company.world.move_to(TIER_2)
    assert company.told("owner", number) == [ALARM.format(number)]


def test_the_owners_get_a_mail_too(company: Organisation, number: str) -> None:
    company.world.move_to(TIER_2)
    assert ALARM.format(number) in company.world.mail(company.emails["owner"])


def test_the_notice_to_the_vacant_tier_is_recorded_as_failed(company: Organisation, number: str) -> None:
    company.world.move_to(TIER_2)

    failed = company.get("/effects?state=failed", "owner")["effects"]

    assert [(one["number"], one["reader"], one["why"]) for one in failed] == [
        (number, "team_lead", "Nobody has this role.")
    ]


def test_a_vacant_tier_is_a_metric(company: Organisation, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    company.world.move_to(TIER_2)
    assert capsys.readouterr().out.count('"TierVacant":[1.0]') == 1


def test_the_escalation_continues_with_the_next_tier(company: Organisation, number: str) -> None:
    company.world.move_to("2026-11-27T21:00:00+08:00")
    assert company.told("business_unit", number)[0] == f"投诉 {number} 已逾期，现升级至本层级，请处理。"


def test_the_owners_are_not_told_of_a_tier_with_members(company: Organisation, number: str) -> None:
    company.world.move_to("2026-11-27T21:00:00+08:00")
    assert len(company.told("owner", number)) == 1


def at_the_top(company: Organisation) -> str:
    """A case of the service department. The business unit, the top tier, has no members."""
    number = handled(company, "service_department", **of_class("important"))
    path = f"{company.path}/people/{company.subs['business_unit']}"
    assert company.world.call("DELETE", path, auth=company.auth("owner")).status == 204
    company.world.move_to("2026-12-05T09:00:00+08:00")
    return number


def test_the_alarm_of_the_top_tier_reaches_the_owners_despite_an_assignee(staffed: Organisation) -> None:
    number = at_the_top(staffed)
    escalated, repeated = 1, 2
    vacant = "现处第 3 层级，而该层级的角色无人担任"
    assert sum(vacant in text for text in staffed.told("owner", number)) == escalated + repeated


def test_the_assignee_is_told_too(staffed: Organisation) -> None:
    number = at_the_top(staffed)
    assert f"投诉 {number} 已逾期，逐级升级后仍未完成，请尽快处理。" in staffed.told("service_department", number)
