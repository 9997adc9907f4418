"""A message whose wording says `{progress}` lists what has happened since the last event of its type."""

from __future__ import annotations

from typing import Any

from chalicelib.kit.instants import HOUR
from tests.kernel.complaints.small_procedure import Case, policy

NEWS: dict[str, Any] = {
    "stages": {
        "open": {
            "inspect": {"by": "agent"},
            "reply": {"by": "agent", "tells": {"to": "complainant", "wording": "news"}},
            "decide": {"by": "manager", "to": "done"},
        },
        "done": {"name": {"en": "Done"}},
    },
    "wording": {"news": {"en": "News of {number}: {progress}."}},
}


def told(case: Case) -> list[list[str]]:
    return [draft.fields["progress"] for draft in case.drafts if draft.type == "notified"]


def test_what_happened_at_the_instant_of_the_last_message_is_not_told_again() -> None:
    case = Case(policy(NEWS))
    case.act("inspect")
    case.now -= HOUR  # the reply comes at the same instant
    case.act("reply")

    case.act("reply")

    assert told(case) == [["registered", "inspected", "replied"], ["replied"]]
