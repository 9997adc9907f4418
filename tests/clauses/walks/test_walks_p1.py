"""P1 `platform` from sign-up to the archive: everybody answers, or one party stays silent where it could act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.giving import given
from tests.clauses.offices.marketplace import ASKED, ASKED_FOR, DECISION, decision, marketplace_in, unit
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.silent_parties import until_the_end
from tests.clauses.walks.test_walks import A_MONTH, archived, world
from tests.clauses.world import InProcess, World
from tests.register.asking import asked, listed, values
from tests.register.notices import on

__all__ = ["world"]
START = "2026-11-27T09:00:00+08:00"


def test_walk_platform(world: World) -> None:
    marketplace = marketplace_in(world)
    number = marketplace.file(unit="seller")
    given(marketplace, number, "screenshot", name="截图.pdf")

    marketplace.act(number, "screener", "classify", severity="major")
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs["handler"])
    marketplace.act(number, "handler", "inspect", findings="聊天记录属实。")
    marketplace.act(number, "handler", "demand_evidence", kinds=["transaction"], **ASKED_FOR)
    given(marketplace, number, "transaction", auth=marketplace.auth("seller"), name="流水.pdf")
    marketplace.act(number, "handler", "decide", **decision(sanctions="penalty"))
    assert marketplace.told("complainant", number)[:1] == [f"您的投诉 {number} 已作出处理决定：投诉成立。"]
    assert "经核实成立" in marketplace.told("seller", number)[0]
    marketplace.act(number, "handler", "close", summary="退款并处罚。")
    marketplace.act(number, "archivist", "archive")

    archived(marketplace, number, "archivist")
    assert {marketplace.deadline(number, clock)["state"] for clock in ("screening", "handling")} == {"met"}


@A_MONTH
def test_walk_platform_with_a_silent_respondent(world: World) -> None:
    marketplace = marketplace_in(world)
    number = marketplace.file(unit="seller")
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs["handler"])
    marketplace.act(number, "handler", "inspect", findings="聊天记录属实。")
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)

    world.move_to(marketplace.events(number, type_="evidence_demanded")[-1]["fields"]["until"])

    marketplace.act(number, "handler", "decide", **DECISION)
    marketplace.act(number, "handler", "close", summary="被投诉方未答复。")
    marketplace.act(number, "archivist", "archive")
    archived(marketplace, number, "archivist")


@A_MONTH
def test_walk_platform_with_a_respondent_outside_the_system(world: World) -> None:
    marketplace = marketplace_in(world)
    number = marketplace.file()
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs["handler"])
    marketplace.act(number, "handler", "demand_evidence", **ASKED)
    marketplace.act(number, "handler", "inspect", findings="店铺承认发错货。")
    world.move_to(to_text(world.now() + 20 * DAY))
    marketplace.act(number, "handler", "decide", **DECISION)
    marketplace.act(number, "handler", "notify", told_how="挂号信寄出警告。")
    marketplace.act(number, "handler", "close", summary="警告。")
    marketplace.act(number, "archivist", "archive")

    archived(marketplace, number, "archivist")


def in_the_system(marketplace: Organisation) -> str:
    unit(marketplace, "seller")
    hire(marketplace, "respondent", name="respondent", unit="seller")
    return "seller"


def without_an_account(marketplace: Organisation) -> str:
    return unit(marketplace, "seller")


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(1, 20))])
@pytest.mark.parametrize("respondent", [in_the_system, without_an_account])
def test_x6_a_complaint_about_a_silent_unit_ends(respondent: Callable[[Organisation], str], seed: int) -> None:
    marketplace = sign_up(InProcess(START), "platform")

    until_the_end(marketplace, marketplace.file(unit=respondent(marketplace)), seed)


@pytest.mark.nightly
@pytest.mark.parametrize("respondent", [in_the_system, without_an_account])
def test_x6_a_complaint_about_a_silent_unit_ends_on_the_local_stack(
    respondent: Callable[[Organisation], str], stack: World
) -> None:
    marketplace = sign_up(stack, "platform")

    until_the_end(marketplace, marketplace.file(unit=respondent(marketplace)), seed=1)


@A_MONTH
def test_walk_platform_publishes_a_major_case(world: World) -> None:
    """The complainant consents and the director approves; no party objects."""
    marketplace = marketplace_in(world)
    number = marketplace.file(unit="seller")
    given(marketplace, number, "screenshot", name="截图.pdf")
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs["handler"])
    marketplace.act(number, "handler", "classify", severity="major")
    marketplace.act(number, "handler", "inspect", findings="聊天记录属实。")
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)
    given(marketplace, number, "transaction", auth=marketplace.auth("seller"), name="流水.pdf")
    marketplace.act(number, "handler", "decide", **decision(sanctions="penalty"))
    marketplace.act(number, "handler", "close", summary="退款。", summary_for_public="商家发错货，已退款。")
    world.settle()

    on(marketplace, number, "complainant", "consent")
    on(marketplace, number, "director", "approve")
    assert listed(marketplace) == []
    world.move_to(to_text(world.now() + 20 * DAY))

    [notice] = listed(marketplace)
    assert values(notice)["summary_for_public"] == "商家发错货，已退款。"
    assert number not in asked(marketplace).text
    on(marketplace, number, "director", "withdraw", reason="应当事人要求。")
    assert [one["state"] for one in listed(marketplace)] == ["withdrawn"]
