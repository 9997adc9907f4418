"""P6 `corporate-standard` as its people live it: to the archive, and with a customer who is silent."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import WORK_ORDER, decided
from tests.clauses.organisation import Organisation


def test_p6_3_a_quality_complaint_ends_in_the_archive(company: Organisation) -> None:
    number = company.file(channel="direct", category={"matter": "product_quality", "wanted": "claim"})
    company.act(number, "sales_unit", "accept", **WORK_ORDER)
    company.act(number, "team_lead", "confirm")
    company.act(number, "team_lead", "classify", severity="major", sign="serious_quality")
    company.act(number, "team_lead", "forward", to="quality_management")
    company.act(number, "quality_management", "assign", responsible=company.subs["quality_management"])
    company.act(number, "quality_management", "notify", asked="quality_control", request="请取样检测。")
    company.act(number, "quality_control", "execute", sample_test="菌落超标。", test_report="检字第9号")
    company.act(number, "quality_management", "inspect", findings="属实", truthful=True)
    company.act(number, "quality_management", "decide", solution="召回并赔偿。", outcome="compensated")
    company.act(number, "complainant", "dispute", reason="赔偿太少")
    company.act(number, "team_lead", "reopen", reason="重新核定")
    company.act(number, "quality_management", "inspect", findings="损失更大", truthful=True)
    company.act(number, "quality_management", "decide", solution="加倍赔偿。", outcome="compensated")
    company.act(number, "complainant", "agree")
    company.act(number, "sales_unit", "close", summary="已赔偿。")

    company.act(number, "sales_unit", "archive")

    shown = company.complaint(number, "team_lead")
    assert (shown["stage"], shown["acts"]) == ("archived", [])


@pytest.mark.parametrize("who", ["agent", "team_lead"])
def test_p6_3_a_complaint_whose_customer_is_silent_is_closed_by_time_alone(company: Organisation, who: str) -> None:
    number = decided(company)
    company.world.move_to("2026-12-08T09:00:00+08:00")
    assert company.try_act(number, who, "close", summary="客户未答复。").status == 409

    company.world.move_to("2026-12-12T00:00:00+08:00")

    assert company.complaint(number)["stage"] == "closed"


@pytest.mark.parametrize("who", ["business_unit", "sales_unit", "support_department", "complainant"])
def test_p6_3_others_do_not_close_it(company: Organisation, who: str) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")

    assert company.try_act(number, who, "close", summary="完").status == 403
