"""`sum: money` and `sum: hours`: reports add the latest valid value of each complaint, by field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess, advance
from tests.kernel.policy.test_guide import SMALLEST, added, read

POLICY = {
    "intake": {"facts": {"price": {"en": "Price", "kind": "number", "sum": "money"}}},
    "fields": {
        "paid": {"en": "Paid", "kind": "number", "sum": "money"},
        "worked": {"en": "Hours", "kind": "number", "sum": "hours"},
        "size": {"en": "Size", "kind": "number"},
    },
    "stages": {
        "registered": {
            "note": {"by": "agent", "takes": "worked"},
            "decide": {
                "by": "agent",
                "to": "decided",
                "needs": "solution",
                "takes": ["paid", "size"],
                "tells": "complainant",
            },
        },
        "decided": {"reopen": {"by": "manager", "to": "registered"}},
    },
    "sample": {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}},
}


@pytest.fixture
def shop() -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(added(read(SMALLEST), POLICY)))


def sums(shop: Organisation, by: str = "field") -> dict[str, dict[str, Any]]:
    query = f"/reports/all?by={by}&measure=sum_of_money&measure=sum_of_hours&from=2026-11-27&to=2026-12-05"
    rows = shop.get(query, "owner")["rows"]
    return {row["keys"][by]: {name: one["sum"] for name, one in row["values"].items()} for row in rows}


def test_amounts_of_several_complaints_are_added_by_field(shop: Organisation) -> None:
    for price, paid in ((19.99, 10), (0.01, 2.5)):
        number = shop.file(facts={"price": price})
        shop.act(number, "agent", "decide", solution="Repaired.", paid=paid, size=7)

    assert sums(shop) == {"price": {"sum_of_money": 20.0}, "paid": {"sum_of_money": 12.5}}


def test_the_latest_value_of_a_complaint_counts_on_its_day(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "note", worked=3)
    advance(shop.world, "24 hours")
    shop.act(number, "agent", "note", worked=1.25)

    assert sums(shop, "day") == {"2026-11-28": {"sum_of_hours": 1.25}}


def test_a_value_that_a_reopening_ended_does_not_count(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.", paid=10)
    shop.act(number, "manager", "reopen")

    assert sums(shop) == {}


def test_after_a_reopening_the_new_value_counts(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.", paid=10)
    shop.act(number, "manager", "reopen")
    shop.act(number, "agent", "decide", solution="Replaced.", paid=4)

    assert sums(shop) == {"paid": {"sum_of_money": 4.0}}
