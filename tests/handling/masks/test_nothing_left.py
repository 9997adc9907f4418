"""A time that waits for decisions on masks begins if the texts have no masks any more."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.offices.marketplace import ASKED_FOR, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.masks import test_clocks
from tests.handling.masks.test_clocks import NAMED, due
from tests.handling.masks.test_decisions import DECIDED, demand, filed, masks

shop = test_clocks.shop


@pytest.fixture
def at() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def waiting(at: Organisation) -> str:
    """The respondent is asked while the complainant's reason has two masks."""
    number = filed(at)
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    return number


def erase_texts(at: Organisation, number: str, seq: int = 1) -> None:
    """Of an event: a search finds nothing any more."""
    assert isinstance(at.world, InProcess)
    pk = keys.complaint(at.id, number)
    store = at.world.fakes.store
    with binding.tenant(at.id):
        store.commit([Remove(one) for one in store.get([keys.private(pk, seq, n) for n in range(4)])])


def decide(at: Organisation, number: str, act: str = "confirm_mask") -> dict[str, Any]:
    return at.act(number, "handler", act, masks=[f"{number}/1/reason/1"])


def test_a_reminder_begins_it_and_reminds_of_nothing(at: Organisation) -> None:
    number = waiting(at)
    erase_texts(at, number)
    at.world.move_to("2026-12-20T10:00:00+08:00")

    assert at.events(number, type_="mask_reminded") == []
    [begun] = at.events(number, type_="mask_confirmed")
    assert (begun["actor"]["kind"], begun["fields"]["masks"], begun["private"]) == ("system", [], [])
    assert {at.local(one) for one in begun["fields"]["begun"].values()} == {"2026-12-04T18:00:00+08:00"}


def test_a_reminder_still_reminds_while_a_mask_is_left(at: Organisation) -> None:
    number = waiting(at)
    decide(at, number)
    at.world.move_to("2026-12-02T18:00:00+08:00")

    assert (len(at.events(number, type_="mask_reminded")), demand(at, number)["until"]) == (1, None)


@pytest.mark.parametrize("act", ["unmask", "confirm_mask"])
def test_a_decision_on_a_mask_that_is_gone_begins_it(at: Organisation, act: str) -> None:
    number = waiting(at)
    erase_texts(at, number)
    at.world.move_to(DECIDED)
    decide(at, number, act)

    assert at.local(demand(at, number)["until"]) == "2026-12-03T18:00:00+08:00"
    assert "举证时间自现在起计算" in at.told("seller", number)[0]


def test_it_begins_once(at: Organisation) -> None:
    number = waiting(at)
    erase_texts(at, number)
    decide(at, number)

    answer = at.try_act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/1"])

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_a_decision_on_a_mask_that_is_gone_must_be_well_formed(at: Organisation) -> None:
    number = waiting(at)
    erase_texts(at, number)

    answer = at.try_act(number, "handler", "confirm_mask", mask="x")

    assert answer.status == 422
    assert demand(at, number)["until"] is None


def test_it_begins_although_other_masks_were_decided(at: Organisation) -> None:
    number = waiting(at)
    decide(at, number)
    at.act(number, "handler", "inspect", findings="店铺承认发错货。")
    assert [one["state"] for one in masks(at, number)] == ["confirmed", "pending"]

    erase_texts(at, number)
    decide(at, number)

    assert demand(at, number)["until"] is not None


def test_a_decision_on_a_mask_that_is_left_is_recorded_and_begins_it(at: Organisation) -> None:
    number = filed(at)
    at.act(number, "handler", "inspect", findings="经核实，欧阳小明所述属实。")
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    inspected = at.events(number, type_="inspected")[0]["seq"]
    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/{n}" for n in (1, 2)])
    erase_texts(at, number, inspected)

    decide(at, number, "unmask")

    assert [one["state"] for one in masks(at, number)] == ["released", "confirmed"]
    assert demand(at, number)["until"] is not None


def test_any_act_begins_a_clock_that_waits(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    forwarded = shop.events(number, type_="forwarded")[0]["seq"]
    erase_texts(shop, number, forwarded)
    shop.act(number, "agent", "inspect", question="壶在何处？")

    assert due(shop, number) == ("running", "2026-12-02T17:00:00+08:00")


def test_an_act_whose_text_has_a_mask_begins_nothing(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    erase_texts(shop, number, shop.events(number, type_="forwarded")[0]["seq"])
    shop.act(number, "agent", "inspect", question=NAMED)

    assert due(shop, number) == ("paused", None)
