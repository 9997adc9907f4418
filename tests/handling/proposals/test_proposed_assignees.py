"""People whom a proposal would assign are checked when it is made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
POLICY: dict[str, Any] = {
    "language": 1,
    "name": {"en": "Shop"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {"agent": {"en": "Agent"}, "manager": {"en": "Manager"}, "director": {"en": "Director"}},
    "intake": {
        "channels": {"phone": {"en": "Phone"}},
        "facts": {"content": {"en": "Content", "required": True}},
        "first": "open",
    },
    "fields": {"handler": {"en": "Handler", "most": 1}},
    "stages": {
        "open": {
            "inspect": {"by": "agent"},
            "accept": {
                "by": "manager",
                "to": "accepted",
                "needs": "handler",
                "assigns": {"agent": {"field": "handler", "not": ["inspected"]}},
                "approval": {"by": "director"},
            },
        },
        "accepted": {"decide": {"by": {"role": "agent", "of": "assigned"}, "to": "done"}},
        "done": {"name": {"en": "Done"}},
    },
    "sample": {"channel": "phone", "facts": {"content": "Late"}},
}


@pytest.fixture
def shop() -> Organisation:
    found = sign_up_with(InProcess(START), json.dumps(POLICY))
    hire(found, "agent", name="second")
    return found


@pytest.mark.parametrize("who", ["stranger", "manager", "agent"])
def test_who_cannot_be_assigned_cannot_be_proposed(shop: Organisation, who: str) -> None:
    """No member, a member without the role, and a member excluded by their part in the complaint."""
    number = shop.file()
    shop.act(number, "agent", "inspect")
    answer = shop.try_act(number, "manager", "accept", handler=[shop.subs.get(who, "nobody")])
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/handler")
    assert shop.events(number, "manager", "proposed") == []


def test_who_can_be_assigned_is_assigned_at_the_approval(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "inspect")
    shop.act(number, "manager", "accept", handler=[shop.subs["second"]])
    assert shop.act(number, "director", "approve")["stage"] == "accepted"
    assert shop.act(number, "second", "decide")["stage"] == "done"


@pytest.mark.parametrize(("unit", "status"), [("north", 200), ("south", 422)])
def test_who_has_the_role_for_one_unit_is_proposed_for_its_complaints_only(unit: str, status: int) -> None:
    shop = sign_up_with(InProcess(START), json.dumps({**POLICY, "intake": {**POLICY["intake"], "unit": "optional"}}))
    for name in ("north", "south"):
        body = {"id": name, "name": name}
        assert shop.world.call("POST", f"{shop.path}/units", body, auth=shop.auth("owner")).status == 201
    hire(shop, "agent", name="northern", unit="north")

    number = shop.file(unit=unit)

    assert shop.try_act(number, "manager", "accept", handler=[shop.subs["northern"]]).status == status
