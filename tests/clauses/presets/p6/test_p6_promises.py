"""P6.5 `corporate-standard`: a promised time that moves is told, and what was missed stays missed (X.2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import company_in, decided, forwarded, handled, lowered, of_class, recorded
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.steps import DECIDED
from tests.clauses.world import InProcess

IMPORTANT: dict[str, Any] = {"severity": "important", "sign": "wide_effect"}
EARLIER = (
    "“处理您的投诉”的期限由2026年11月28日（周六）09:00前（北京时间）改为2026年11月27日（周五）15:00前（北京时间）。"
    "变动原因：投诉类别现为“重要投诉”。"
)
"""As the customer reads it."""
FOR_STAFF = EARLIER.replace("处理您的投诉", "投诉处理时长")


def test_p6_5_the_customer_is_told_the_old_and_the_new_time_and_why(company: Organisation) -> None:
    number = company.file()

    company.act(number, "agent", "classify", **IMPORTANT)

    assert company.told_in_full("complainant", number)[0] == f"您的投诉 {number} 的期限有变动。{EARLIER}"
    assert company.told_in_full("complainant", number, "en")[0] == (
        f'The time of your complaint {number} has changed. "We resolve your complaint" was due by '
        "Sat 28 Nov 2026 09:00 "
        "(Beijing time) and is now due by Fri 27 Nov 2026 15:00 (Beijing time). "
        "Reason: its class is now Important."
    )


def test_p6_5_the_customer_gets_it_by_mail_too(company: Organisation) -> None:
    number = company.file(facts={"complainant.email": "customer@customers.example"})

    company.act(number, "agent", "classify", **IMPORTANT)

    company.world.settle()
    assert EARLIER in company.world.mail("customer@customers.example").replace("\n", "")


def test_p6_5_the_team_lead_is_told(company: Organisation) -> None:
    number = recorded(company)

    company.act(number, "agent", "classify", **IMPORTANT)

    assert company.told_in_full("team_lead", number)[0] == f"投诉 {number} 的期限有变动。{FOR_STAFF}"


def test_p6_5_the_unit_is_told(company: Organisation) -> None:
    number = forwarded(company, "service_department")

    company.act(number, "team_lead", "classify", **IMPORTANT)

    assert any(FOR_STAFF in text for text in company.told_in_full("service_department", number))


def test_p6_5_the_unit_to_which_it_was_handed_on_is_told(company: Organisation) -> None:
    number = forwarded(company)
    company.act(number, "team_lead", "forward", pass_to="sales_unit", reason="属销售单位")

    company.act(number, "team_lead", "classify", **IMPORTANT)

    assert any(FOR_STAFF in text for text in company.told_in_full("sales_unit", number))


@pytest.mark.parametrize("who", ["sales_unit", "quality_management", "owner"])
def test_p6_5_those_who_were_told_no_time_are_not(company: Organisation, who: str) -> None:
    number = handled(company)

    company.act(number, "team_lead", "classify", **IMPORTANT)

    assert company.told(who, number) == []


def test_p6_5_a_lower_class_is_told_when_it_takes_effect(company: Organisation) -> None:
    number = company.file(**of_class("important"))
    before = company.told("complainant", number)

    company.act(number, "team_lead", "classify", severity="general", struck=["wide_effect"], reason="不属实。")
    assert company.told("complainant", number) == before
    company.act(number, "business_unit", "approve")

    [text, *_] = company.told_in_full("complainant", number)
    assert "由2026年11月27日（周五）15:00前（北京时间）改为2026年11月28日（周六）09:00前（北京时间）" in text


def test_p6_5_the_twelve_hours_after_a_month_are_told_to_customer_team_lead_and_unit() -> None:
    january = company_in(InProcess("2026-01-31T09:00:00+08:00"))
    number = handled(january)

    january.world.move_to("2026-03-01T00:00:00+08:00")

    moved = (
        "“处理您的投诉”的期限由2026年2月1日（周日）09:00前（北京时间）改为2026年3月1日（周日）12:00前（北京时间）。"
        "原期限已过，逾期记录不变。"
    )
    for who in ("complainant", "team_lead", "business_unit"):
        named = moved if who == "complainant" else moved.replace("处理您的投诉", "投诉处理时长")
        assert sum(named in text for text in january.told_in_full(who, number)) == 1


def test_p6_5_a_class_with_the_same_time_tells_nothing(company: Organisation) -> None:
    number = company.file()
    before = company.told("complainant", number)

    company.act(number, "agent", "classify", severity="general", sign="slight")

    assert company.told("complainant", number) == before


def test_p6_5_after_the_decision_no_time_moves(company: Organisation) -> None:
    number = decided(company)

    assert [one for one in company.events(number, type_="notified") if "moved" in one["fields"]] == []


def missed_figures(company: Organisation) -> dict[str, int]:
    rows = company.get("/reports/all?measure=missed&by=clock&from=2026-11-01&to=2026-12-31", "owner")["rows"]
    return {row["keys"]["clock"]: row["values"]["missed"]["numerator"] for row in rows}


def test_p6_5_what_was_missed_stays_missed_after_a_lower_class(company: Organisation) -> None:
    number = company.file(**of_class("important"))
    company.world.move_to("2026-11-27T15:30:00+08:00")
    assert company.deadline(number, "resolution")["state"] == "missed"

    lowered(company, number, "general", "slight", "wide_effect")

    deadline = company.deadline(number, "resolution")
    assert (deadline["state"], company.local(deadline["due"])) == ("missed", "2026-11-27T15:00:00+08:00")
    assert missed_figures(company)["resolution"] == 1
    assert "的期限有变动" not in str(company.told("complainant", number))


def test_p6_5_a_decision_in_the_same_minute_meets_the_new_time_and_both_are_on_record(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", findings="属实。", truthful=True)

    company.act(number, "team_lead", "classify", **IMPORTANT)
    company.act(number, "business_unit", "decide", solution="退款。", outcome="resolved")

    assert company.deadline(number, "resolution")["state"] == "met"
    told = company.told("complainant", number)[:2]
    assert told == [DECIDED.format(number), f"您的投诉 {number} 的期限有变动。"]
