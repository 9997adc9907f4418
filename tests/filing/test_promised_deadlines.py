"""The deadlines that a filing is answered with are those of its registration, also in the answer to a repeat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer, fresh_key
from tests.kernel.casework.own_policy import BASE, signed_up

WITHIN = [
    {"when": {"demand": "open"}, "limit": "9 days"},
    {"when": {"demand": ["none", "answered", "lapsed"]}, "limit": "5 days"},
]
POLICY: dict[str, Any] = {
    **BASE,
    "intake": {
        "channels": {"phone": {"en": "Phone"}},
        "first": "open",
        "evidence": {"photo": {"en": "Photo"}},
        "evidence_within": "3 days",
    },
    "stages": {"open": {"decide": {"by": "agent", "to": "done"}}, "done": {"name": {"en": "Done"}}},
    "clocks": {"answer": {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": WITHIN}},
}


@pytest.fixture
def own() -> Organisation:
    return signed_up(POLICY)


def file(own: Organisation, key: str) -> Answer:
    body = {"channel": "phone", "facts": {}}
    headers = {"Idempotency-Key": key}
    return own.world.call("POST", f"{own.path}/complaints", body, auth=own.auth("agent"), headers=headers)


def test_a_demand_that_changes_a_deadline_at_once_changes_no_promise(own: Organisation) -> None:
    key = fresh_key()
    first = file(own, key)
    [promised] = first.json["deadlines"]
    assert (promised["clock"], promised["due"]) == ("answer", "2026-12-02T01:00:00.000Z")
    [now] = own.get(f"/complaints/{first.json['number']}/deadlines", "agent")["deadlines"]
    assert now["due"] == "2026-12-06T01:00:00.000Z"
    assert file(own, key).json == first.json
