"""P6.3 `corporate-standard`: sales units take direct complaints, agents the others; who took it stays in touch."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import WORK_ORDER, decided
from tests.clauses.organisation import Organisation

TAKERS = [("phone", "agent", "sales_unit"), ("letter", "agent", "sales_unit"), ("direct", "sales_unit", "agent")]


@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_3_only_who_is_for_the_channel_writes_the_work_order(
    company: Organisation, channel: str, taker: str, other: str
) -> None:
    number = company.file(channel=channel)
    assert company.try_act(number, other, "accept", **WORK_ORDER).status == 403
    assert company.try_act(number, other, "classify", severity="general").status == 403

    assert company.act(number, taker, "accept", **WORK_ORDER)["stage"] == "recorded"

    assert company.try_act(number, other, "classify", severity="general").status == 403
    company.act(number, taker, "classify", severity="general")


@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_3_a_work_order_is_returned_to_who_wrote_it(
    company: Organisation, channel: str, taker: str, other: str
) -> None:
    number = company.file(channel=channel)
    company.act(number, taker, "accept", **WORK_ORDER)

    company.act(number, "team_lead", "object", reason="地址不完整")

    assert company.told(taker, number)[0] == f"投诉 {number} 的处理有异议，已退回，请重新处理。"
    assert company.told(other, number) == []


@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_5_who_took_it_hears_of_decision_and_answer_and_closes_it(
    company: Organisation, channel: str, taker: str, other: str
) -> None:
    number = decided(company, channel=channel)
    assert company.told(taker, number)[0] == f"投诉 {number} 已作出处理决定：已解决。"
    company.act(number, taker, "notify")
    assert company.try_act(number, other, "notify").status == 403
    company.act(number, "complainant", "agree")
    assert company.told(taker, number)[0] == f"投诉 {number}：投诉人已接受处理结果。"
    assert company.try_act(number, other, "close", summary="已退款。").status == 403
    company.act(number, taker, "close", summary="已退款。")
    assert company.try_act(number, other, "archive").status == 403

    assert company.act(number, taker, "archive")["stage"] == "archived"

    assert company.told(other, number) == []


@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_5_who_took_it_hears_that_silence_closed_it(
    company: Organisation, channel: str, taker: str, other: str
) -> None:
    number = decided(company, channel=channel)

    company.world.move_to("2026-12-12T00:00:00+08:00")

    assert company.told(taker, number)[0] == f"投诉 {number} 已结案。"
    assert company.told(other, number) == []


DISPUTED, CLOSED, REOPENED = "投诉 {}：投诉人不接受处理结果。", "投诉 {} 已结案。", "投诉 {} 现重新处理"


@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_3_who_took_it_hears_of_a_dispute_and_of_its_end(
    company: Organisation, channel: str, taker: str, other: str
) -> None:
    number = decided(company, channel=channel)

    company.act(number, "complainant", "dispute", reason="没有赔偿")
    assert company.told(taker, number)[0] == DISPUTED.format(number)
    company.act(number, "team_lead", "close", summary="已解释。", reason="不属赔偿范围")

    assert company.told(taker, number)[0] == CLOSED.format(number)
    assert company.told(other, number) == []


@pytest.mark.parametrize("archived", [True, False])
@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_3_who_took_it_hears_that_the_customer_had_it_reopened(
    company: Organisation, channel: str, taker: str, other: str, archived: bool
) -> None:
    number = decided(company, channel=channel)
    company.world.move_to("2026-12-12T00:00:00+08:00")
    if archived:
        company.act(number, taker, "archive")

    company.act(number, "complainant", "reopen", reason="没有收到退款")

    assert company.told(taker, number)[0].startswith(REOPENED.format(number))
    assert company.told(other, number) == []


@pytest.mark.parametrize("after_a_dispute", [True, False])
@pytest.mark.parametrize(("channel", "taker", "other"), TAKERS)
def test_p6_3_who_took_it_hears_that_the_team_lead_took_it_up_again(
    company: Organisation, channel: str, taker: str, other: str, after_a_dispute: bool
) -> None:
    number = decided(company, channel=channel)
    if after_a_dispute:
        company.act(number, "complainant", "dispute", reason="没有赔偿")

    company.act(number, "team_lead", "reopen", reason="重新处理")

    assert company.told(taker, number)[0].startswith(REOPENED.format(number))
    assert company.told("business_unit", number)[0].startswith(REOPENED.format(number))
    assert company.told(other, number) == []


def test_p6_5_the_mail_to_the_customer_says_what_was_decided(company: Organisation) -> None:
    decided(company, facts={"complainant.email": "customer@mail.example"})

    assert "退还运费并致歉。" in company.world.mail("customer@mail.example")
