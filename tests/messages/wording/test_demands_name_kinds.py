"""P5.2, P5.3: the message of a demand names the kinds that are wanted, and whether one is enough."""

from __future__ import annotations

from tests.clauses.offices.regulator import assigned, regulator_in
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
    regulator.act(number, "inspector", "demand_evidence", of="complainant", kinds=["bill"], until=UNTIL)

    assert "所需材料：通信账单。" in messages(regulator, number, "zh")[0]
    assert "What is needed: Bill." in messages(regulator, number, "en")[0]


def test_a_demand_of_several_kinds_says_that_one_is_enough() -> None:
    regulator = regulator_in(InProcess("2026-11-23T09:00:00+08:00"))
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="complainant", kinds=["contract", "bill"], until=UNTIL)

    assert "（任一种即可）。" in messages(regulator, number, "zh")[0]
    assert "(any of these)." in messages(regulator, number, "en")[0]
