"""P5.2, P5.3: the message of a demand names the kinds that are wanted, and whether one is enough."""

from __future__ import annotations

from tests.clauses.offices.regulator import WANTED, assigned, regulator_in, send
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

UNTIL = "2026-12-10T18:00:00+08:00"


def messages(regulator: Organisation, number: str, language: str) -> list[str]:
    regulator.world.settle()
    found = regulator.get(f"/messages?complaint={number}", "complainant", number)["messages"]
    return [one["text"][language] for one in found]


def test_a_demand_names_the_kind_that_is_wanted() -> None:
    regulator = regulator_in(InProcess("2026-11-23T09:00:00+08:00"))
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="complainant", kinds=["bill"], until=UNTIL, **WANTED)

    assert "所需材料：通信账单。" in messages(regulator, number, "zh")[0]
    assert "What is needed: Bill." in messages(regulator, number, "en")[0]


def test_a_demand_that_names_several_kinds_asks_for_each() -> None:
    regulator = regulator_in(InProcess("2026-11-23T09:00:00+08:00"))
    number = assigned(regulator)
    regulator.act(
        number, "inspector", "demand_evidence", of="complainant", kinds=["contract", "bill"], until=UNTIL, **WANTED
    )

    assert "所需材料：通信账单、通信服务合同。" in messages(regulator, number, "zh")[0]
    assert "What is needed: Bill, Contract." in messages(regulator, number, "en")[0]


def test_a_demand_that_names_no_kind_says_that_one_is_enough() -> None:
    regulator = regulator_in(InProcess("2026-11-23T09:00:00+08:00"))
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="complainant", until=UNTIL, **WANTED)

    assert "（任一种即可）。" in messages(regulator, number, "zh")[0]
    assert "(any of these)." in messages(regulator, number, "en")[0]


def test_a_demand_for_several_kinds_lasts_until_a_file_of_each_is_sealed() -> None:
    regulator = regulator_in(InProcess("2026-11-23T09:00:00+08:00"))
    number = assigned(regulator)
    regulator.act(
        number, "inspector", "demand_evidence", of="complainant", kinds=["contract", "bill"], until=UNTIL, **WANTED
    )
    before = len(regulator.events(number, type_="evidence_received"))

    send(regulator, number, "contract")
    begun = len(regulator.events(number, type_="evidence_received"))
    send(regulator, number, "bill")

    assert (begun, len(regulator.events(number, type_="evidence_received"))) == (before, before + 1)


def test_the_news_of_a_demand_that_lapsed_names_what_is_missing() -> None:
    regulator = regulator_in(InProcess("2026-11-23T09:00:00+08:00"))
    number = assigned(regulator)
    regulator.act(
        number, "inspector", "demand_evidence", of="complainant", kinds=["contract", "bill"], until=UNTIL, **WANTED
    )
    send(regulator, number, "contract")

    regulator.world.move_to(UNTIL)

    assert (
        regulator.told("inspector", number)[0] == f"投诉 {number} 的举证期限已过，未收到投诉人提交的证据（通信账单）。"
    )
