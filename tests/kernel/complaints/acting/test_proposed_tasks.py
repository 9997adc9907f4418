"""Tasks that open after an approval."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, to_text
from tests.kernel.complaints.small_procedure import MANAGER, NUMBER, START, Case, policy

STAGES = {
    "open": {
        "reply": {"by": "agent", "takes": "until"},
        "decide": {"by": ["agent", "manager"], "to": "done"},
    }
}
TASK = {"name": {"en": "Contact"}, "on": "replied", "for": "agent", "approval": "manager"}
UNTIL = to_text(START + 50 * HOUR)


@pytest.mark.parametrize("stated", [{}, {"until": UNTIL}], ids=["without a due time", "with a due time"])
def test_a_proposed_task_has_a_due_time_only_if_the_event_states_one(stated: dict[str, str]) -> None:
    timed = {"stated": "until"} if stated else {}
    fields = {"until": {"en": "Until", "kind": "time"}}
    case = Case(policy({"stages": STAGES, "tasks": {"contact": {**TASK, **timed}}, "fields": fields}))
    case.act("reply", **stated)
    [proposed] = [one for one in case.drafts if one.type == "proposed"]
    assert proposed.fields == {"act": "open_task", "approvers": ["manager"], "task": "contact", **stated}

    case.act("approve", MANAGER, stated, proposal=f"{NUMBER}/3")
    [opened] = [one for one in case.drafts if one.type == "task_opened"]
    assert opened.fields == {"task": "contact", "role": "agent", **stated}
