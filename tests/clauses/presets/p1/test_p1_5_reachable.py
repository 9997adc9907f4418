"""P1.5 `platform`: a respondent that gets an account is told by the system, also after it was told in another way."""

from __future__ import annotations

from tests.clauses.offices.marketplace import ASKED, DECISION, accepted, unit
from tests.clauses.organisation import Organisation, hire


def test_p1_5_a_unit_that_got_an_account_is_told_by_the_system(marketplace: Organisation) -> None:
    number = _told_outside(marketplace)
    hire(marketplace, "respondent", name="shop", unit="shop")
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    marketplace.act(number, "second", "demand_evidence", of="respondent")
    marketplace.world.move_to("2026-12-20T09:00:00+08:00")

    marketplace.act(number, "second", "decide", opinion="证据不足。", outcome="not_upheld")

    assert marketplace.told("shop", number)[:1] == [f"针对您的投诉 {number} 已作出处理决定：投诉不成立。"]
    assert marketplace.try_act(number, "second", "close", summary="复核后改判。").status == 200


def _told_outside(marketplace: Organisation) -> str:
    """An archived case about a unit without an account, which was told of the decision by letter."""
    number = accepted(marketplace, unit=unit(marketplace, "shop"))
    marketplace.act(number, "handler", "notify", **ASKED)
    [proposal] = marketplace.complaint(number, "director")["proposals"]
    marketplace.act(number, "director", "approve", proposal=proposal["proposal"])
    marketplace.act(number, "handler", "decide", **DECISION)
    marketplace.act(number, "handler", "close", summary="已警告。", told_how="挂号信。")
    marketplace.act(number, "archivist", "archive")
    return number
