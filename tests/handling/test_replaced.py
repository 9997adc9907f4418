"""Who is no longer assigned in a complaint is told so, by each act that assigns others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read

FRIDAY = "2026-11-27T09:00:00+00:00"
TOLD = "Complaint {} is now assigned to another person. You no longer handle it."
ASSIGN = {"by": "manager", "needs": "handler", "assigns": {"agent": "handler"}, "tells": "assigned"}
FACTS = {"complainant.name": "A Customer", "complainant.email": "customer@mail.example", "content": "It broke."}
POLICY: dict[str, Any] = {
    "sample": {"channel": "email", "facts": FACTS},
    "fields": {"handler": {"en": "Who handles it"}, "second": {"en": "Who helps"}},
    "stages": {
        "registered": {
            "assign": ASSIGN,
            "accept": {"by": "manager", "needs": "second", "assigns": {"manager": "second"}},
            "forward": {"by": "agent", "needs": "handler", "assigns": {"agent": "handler"}},
        },
    },
}


@pytest.fixture
def shop() -> Organisation:
    shop = sign_up_with(InProcess(FRIDAY), json.dumps(added(read(SMALLEST), POLICY)))
    hire(shop, "agent", name="second", language="en")
    hire(shop, "agent", name="both", also=["manager"], language="en")
    return shop


def assigned(shop: Organisation, *people: str) -> str:
    number = shop.file()
    shop.act(number, "manager", "assign", handler=[shop.subs[who] for who in people])
    return number


def told(shop: Organisation, number: str) -> set[str]:
    return {
        who for who in ("agent", "second", "both", "manager") if TOLD.format(number) in shop.told(who, number, "en")
    }


def test_a_first_assignment_replaces_no_person(shop: Organisation) -> None:
    assert told(shop, assigned(shop, "agent")) == set()


def test_who_is_replaced_is_told(shop: Organisation) -> None:
    number = assigned(shop, "agent", "second")

    shop.act(number, "manager", "assign", handler=[shop.subs["second"]])

    assert told(shop, number) == {"agent"}


def test_who_is_replaced_by_the_built_in_act_is_told(shop: Organisation) -> None:
    number = assigned(shop, "agent")
    shop.act(number, "agent", "decide", solution="Repaired.")

    shop.act(number, "manager", "assign", handler=[shop.subs["second"]])

    assert told(shop, number) == {"agent"}


def test_who_hands_it_over_in_person_is_not_told(shop: Organisation) -> None:
    number = assigned(shop, "agent")

    shop.act(number, "agent", "forward", handler=[shop.subs["second"]])

    assert told(shop, number) == set()


def test_who_is_still_assigned_in_another_role_is_not_told(shop: Organisation) -> None:
    number = assigned(shop, "both")
    shop.act(number, "manager", "accept", second=[shop.subs["both"]])

    shop.act(number, "manager", "assign", handler=[shop.subs["agent"]])

    assert told(shop, number) == set()


def test_two_people_who_replace_each_other_are_each_told(shop: Organisation) -> None:
    number = assigned(shop, "agent")

    shop.act(number, "manager", "assign", handler=[shop.subs["second"]])
    shop.act(number, "manager", "assign", handler=[shop.subs["agent"]])

    assert told(shop, number) == {"agent", "second"}
