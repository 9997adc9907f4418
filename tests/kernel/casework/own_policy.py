"""An organisation on a policy of its own, with its owner and an agent."""

from __future__ import annotations

import json
from typing import Any

from tests.clauses.organisation import Organisation, first_sign_in, hire
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
BASE: dict[str, Any] = {
    "language": 1,
    "name": {"en": "Example"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {"agent": {"en": "Agent"}},
    "tiers": [{"roles": "agent"}],
}
"""Without what the policies of the tests differ in."""


def signed_up(policy: dict[str, Any]) -> Organisation:
    world = InProcess(START)
    organisation = Organisation(world, "own-policy", "")
    body = {"id": organisation.id, "name": "Own", "email": "owner@own.example", "policy": json.dumps(policy)}
    answer = world.call("POST", "/v1/tenants", body)
    assert answer.status == 201, answer.text
    organisation.tokens["owner"] = first_sign_in(world, "owner@own.example")
    hire(organisation, "agent")
    return organisation
