"""P6 `corporate-standard`: alarms reach the tier and those who can act in the present stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.company import decided, forwarded, handled, recorded, reviewed
from tests.clauses.organisation import Organisation, hire

OVERDUE = "投诉 {} 已逾期，请尽快处理。"
WARNED = "投诉 {} 即将到期"
LATE = "投诉 {} 已逾期，现升级至本层级，请处理。"
STILL = "投诉 {} 已逾期，逐级升级后仍未完成，请尽快处理。"


def direct(company: Organisation) -> str:
    return company.file(channel="direct")


def in_the_sales_unit(company: Organisation) -> str:
    return forwarded(company, "sales_unit")


def in_quality_control(company: Organisation) -> str:
    return handled(company, "quality_control")


def agreed(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "complainant", "agree")
    return number


def alarmed(company: Organisation, number: str, *texts: str) -> set[str]:
    starts = tuple(text.format(number) for text in texts)
    return {who for who in company.tokens if any(one.startswith(starts) for one in company.told(who, number))}


CASES: dict[str, tuple[Callable[[Organisation], str], set[str]]] = {
    "P6.3: filed": (Organisation.file, {"agent"}),
    "P6.3: taken directly": (direct, {"sales_unit"}),
    "P6.3: recorded": (recorded, {"team_lead"}),
    "P6.3: reviewed": (reviewed, {"team_lead"}),
    "P6.3: passed on": (in_the_sales_unit, {"sales_unit", "team_lead"}),
    "P6.3: handled": (in_quality_control, {"quality_control", "team_lead"}),
}
"""By clauses: a scene, and who can end its delay."""


@pytest.mark.parametrize("case", CASES)
def test_p6_5_warnings_reach_those_who_can_act(company: Organisation, case: str) -> None:
    scene, acting = CASES[case]
    number = scene(company)

    company.world.move_to("2026-11-28T08:00:00+08:00")

    assert alarmed(company, number, WARNED) == acting


@pytest.mark.parametrize("case", CASES)
def test_p6_5_misses_reach_those_who_can_act_and_the_tier(company: Organisation, case: str) -> None:
    scene, acting = CASES[case]
    number = scene(company)

    company.world.move_to("2026-11-28T09:00:00+08:00")

    assert alarmed(company, number, OVERDUE, LATE) == acting | {"team_lead"}


@pytest.mark.parametrize("case", CASES)
def test_p6_5_repeated_alarms_reach_them_again(company: Organisation, case: str) -> None:
    scene, acting = CASES[case]
    number = scene(company)
    company.world.move_to("2026-11-29T09:00:00+08:00")
    before = {who: len(company.told(who, number)) for who in company.tokens}

    company.world.move_to("2026-11-30T09:00:00+08:00")

    again = {who for who in company.tokens if len(company.told(who, number)) > before[who]}
    assert again == acting | {"business_unit"}


def test_p6_5_the_agent_hears_of_an_accepted_case_that_is_not_closed(company: Organisation) -> None:
    number = agreed(company)

    company.world.move_to("2026-12-02T18:00:00+08:00")

    assert alarmed(company, number, OVERDUE) == {"agent"}


def test_p6_2_quality_management_hears_of_the_delay_of_its_task(company: Organisation) -> None:
    number = in_quality_control(company)

    company.world.move_to("2026-12-28T10:00:00+08:00")

    assert OVERDUE.format(number) in company.told("quality_management", number)


def test_p6_3_a_colleague_of_the_person_responsible_is_not_alarmed(company: Organisation) -> None:
    hire(company, "quality_control", name="colleague")
    number = in_quality_control(company)

    company.world.move_to("2026-11-28T09:00:00+08:00")

    assert "colleague" not in alarmed(company, number, WARNED, OVERDUE)
