"""Who is told that a proposed task was approved or rejected. No person proposes it, so there is no proposer to tell."""

from __future__ import annotations

import pytest

from tests.kernel.complaints.small_procedure import MANAGER, Case, policy

STAGES = {"open": {"reply": {"by": "agent"}, "decide": {"by": ["agent", "manager"], "to": "done"}}}
TASK = {"name": {"en": "Contact"}, "on": "replied", "for": "agent", "approval": "manager"}


@pytest.mark.parametrize(("settled", "told"), [("approve", ["task_opened"]), ("reject", ["rejected"])])
def test_the_role_of_a_proposed_task_is_told_once_of_what_became_of_it(settled: str, told: list[str]) -> None:
    case = Case(policy({"stages": STAGES, "tasks": {"contact": TASK}}))
    case.act("reply")
    before = len(case.drafts)

    case.act(settled, MANAGER, {})

    assert [one.fields["wording"] for one in case.drafts[before:] if one.fields.get("to") == ["agent"]] == told
