"""A procedure of one person, which tests of clocks, calendars and limitations complete with parts of their own."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy

ANN = Asker("staff", "ann", (Grant("ann"),))


def policy(office: dict[str, Any], plant: dict[str, Any], **parts: Any) -> Policy:
    """`office`: the calendar. `plant`: the other one, of this name. `parts` replace those of the document."""
    document = {
        "language": 1,
        "name": "One",
        "calendar": office,
        "calendars": {"plant": plant},
        "people": {"ann": "Ann"},
        "tiers": [{"roles": "ann"}, {"roles": "ann"}],
        "intake": {"channels": ["a"], "unit": "optional"},
        "stages": {"registered": {"decide": {"by": "ann", "to": "over"}, "reply": {"by": "ann"}}, "over": {}},
        **parts,
    }
    return compile_policy(publishing.prepare(document).document, "1")
