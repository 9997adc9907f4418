"""P1.4 (+): in each text that the respondent reads, the complainant is masked; a false hit is released on record."""

from __future__ import annotations

from tests.clauses.offices.marketplace import ASKED_FOR, accepted
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p1.test_p1_4_identity import shop

__all__ = ["shop"]
FACTS = {"complainant.name": "欧阳小明", "reason": "我是欧阳小明，货与描述不符。"}


def demanded(marketplace: Organisation, shop: str) -> str:
    number = accepted(marketplace, unit=shop, facts=FACTS)
    marketplace.world.move_to("2026-11-30T09:00:00+08:00")
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)
    return number


def reason(marketplace: Organisation, number: str, shop: str) -> str:
    found: str = marketplace.complaint(number, shop)["facts"]["reason"]
    return found


def test_p1_4_the_reason_is_masked_for_the_respondent(marketplace: Organisation, shop: str) -> None:
    assert reason(marketplace, demanded(marketplace, shop), shop) == "我是▇▇▇，货与描述不符。"


def test_p1_4_a_false_hit_is_released_by_an_act_on_record(marketplace: Organisation, shop: str) -> None:
    number = demanded(marketplace, shop)

    marketplace.act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])

    assert reason(marketplace, number, shop) == FACTS["reason"]
    assert len(marketplace.events(number, type_="unmasked")) == 1


def test_p1_4_the_two_working_days_begin_when_the_masks_are_decided(marketplace: Organisation, shop: str) -> None:
    number = demanded(marketplace, shop)
    marketplace.world.move_to("2026-12-01T09:00:00+08:00")
    marketplace.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/1"])

    [demand] = [one for one in marketplace.complaint(number, "handler")["demands"] if one["of"] == "respondent"]

    assert marketplace.local(demand["until"]) == "2026-12-03T18:00:00+08:00"
