"""A small office with short working days, in which one has only to count the hours."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from chalicelib.policy.reading.source import read
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.policy.test_guide import SMALLEST, added

START = "2026-11-23T09:00:00+00:00"
"""A Monday."""
_ANSWERS = {
    "reply": {"by": "agent", "needs": "solution", "tells": "complainant"},
    "decide": {"by": "agent", "to": "decided", "needs": ["solution", "outcome"], "takes": "refund"},
}
_STEPS = {
    "accept": {"by": "agent", "tells": "complainant"},
    "refuse": {"by": "agent", "to": "closed", "needs": "ground", "tells": "complainant"},
    "demand_evidence": {
        "by": "agent",
        "needs": ["wanted", "of"],
        "within": "3 working days",
        "tells": "complainant",
    },
    "receive_evidence": {"by": "agent", "needs": "received"},
    "classify": {"by": "agent", "needs": "matter"},
    "park": {"by": "agent", "to": "parked"},
    "close": {"by": "agent", "to": "closed"},
}
POLICY: dict[str, Any] = {
    "calendar": {"timezone": "UTC", "holidays": None, "hours": {"mon-fri": ["09:00-17:00"]}},
    "intake": {
        "channels": {"phone": {"en": "Telephone"}},
        "categories": {"matter": {"noise": {"en": "Noise"}, "dirt": {"en": "Dirt"}}},
        "refusals": {"unclear": {"en": "Unclear"}, "old": {"en": "Too old"}},
        "facts": {"price": {"en": "Price", "kind": "number", "sum": "money"}},
    },
    "fields": {
        "outcome": {
            "en": "Outcome",
            "kind": "choice",
            "choices": {"upheld": {"en": "Upheld"}, "not_upheld": {"en": "Not upheld"}},
        },
        "rating": {
            "en": "Rating",
            "kind": "choice",
            "choices": {"satisfied": {"en": "Satisfied"}, "dissatisfied": {"en": "Dissatisfied"}},
        },
        "refund": {"en": "Refund", "kind": "number", "sum": "money"},
        "wanted": {"en": "What we need"},
        "received": {"en": "What came"},
        "ground": {"en": "Ground"},
        "of": {"en": "Whom we ask", "kind": "choice", "choices": {"complainant": {"en": "Customer"}}},
    },
    "stages": {
        "registered": {**_STEPS, **_ANSWERS},
        "parked": {"name": {"en": "Parked"}, "resume": {"by": "agent", "to": "registered"}},
        "decided": {
            "object": {"by": "manager", "to": "registered", "takes": "reason"},
            "rate": {"by": "complainant", "needs": "rating"},
        },
        "closed": {"reopen": {"by": "agent", "to": "registered"}},
    },
    "clocks": {"answer": {"from": ["registered", "reopened"], "paused_in": "parked"}},
    "sample": {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}},
}


@pytest.fixture
def office() -> Organisation:
    return office_at()


def document() -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(added(read(SMALLEST), POLICY))
    del found["calendar"]["hours"]["sat"]
    return found


def office_at(policy: dict[str, Any] | None = None) -> Organisation:
    return sign_up_with(InProcess(START), json.dumps(policy or document()))


def at(office: Organisation, day: int, hour: int) -> None:
    """On that day of November, from the 23rd, a Monday."""
    office.world.move_to(f"2026-11-{day}T{hour:02d}:00:00+00:00")


def asked(
    office: Organisation, query: str, who: str = "owner", period: str = "from=2026-11-01&to=2026-11-30"
) -> Answer:
    return office.world.call("GET", f"{office.path}/reports/all?{query}&{period}", auth=office.auth(who))


def rows(office: Organisation, measure: str, *by: str, **asking: str) -> dict[str, dict[str, Any]]:
    """By the value of the first dimension, empty without one."""
    answer = asked(office, "&".join([f"measure={measure}", *(f"by={name}" for name in by)]), **asking)
    assert answer.status == 200, answer.text
    found = {"/".join(row["keys"].values()): row["values"].get(measure, {}) for row in answer.json["rows"]}
    return {key: {name: one for name, one in value.items() if name != "cases"} for key, value in found.items()}


def cases(office: Organisation, measure: str) -> list[str]:
    [row] = asked(office, f"measure={measure}").json["rows"]
    answer = office.world.call("GET", row["values"][measure]["cases"], auth=office.auth("owner"))
    return sorted(answer.json["numbers"])


def put(office: Organisation, who: str = "owner", **entered: Any) -> Answer:
    return office.world.call("PUT", f"{office.path}/references", entered, auth=office.auth(who))
