"""The office's `assign` in stages that do not list it keeps to the conditions of the policy's act."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy

ASSIGN = {"by": "agent", "needs": "handler", "assigns": {"agent": "handler"}}


def assigned(**assign: Any) -> Case:
    """A complaint whose agent is assigned, in a stage that lists no `assign`."""
    stages = {
        "open": {
            "assign": {**ASSIGN, **assign},
            "inspect": {"by": "agent", "sets": {"size": "small"}},
            "decide": {"by": "agent", "to": "later"},
        },
        "later": {
            "close": {"by": ["agent", "manager"], "to": "done"},
            "reply": {"by": "manager", "sets": {"size": "large"}},
        },
    }
    changes = {"tiers": [{"roles": "manager"}], "fields": {"handler": {"en": "Handler", "most": 1}}, "stages": stages}
    case = Case(policy(changes))
    case.act("inspect")
    case.act("assign", handler=["sub-agent"])
    if case.complaint.proposals:
        case.act("approve", MANAGER, {"handler": ["sub-agent"]})
    case.act("decide")
    return case


def reassigned(case: Case) -> bool:
    """Whether another agent can be assigned. What is offered agrees with what is accepted."""
    offered = "assign" in open_acts.office_acts_open_to(case.policy, case.complaint, AGENT)
    refusal = case.refusal("assign", handler=["sub-other"])
    assert (refusal is None, case.complaint.assigned == {"agent": ["sub-other"]}) == (offered, offered)
    return offered


@pytest.mark.parametrize(
    ("assign", "possible"),
    [
        ({}, True),
        ({"approval": {"by": "manager"}}, False),
        ({"approval": {"by": "manager", "when": {"size": "large"}}}, True),
        ({"approval": {"by": "manager", "when": {"size": "small"}}}, False),
        ({"when": {"size": "small"}}, True),
        ({"after": "inspected"}, True),
    ],
    ids=["plain", "approval", "no approval now", "approval now", "condition", "after"],
)
def test_the_office_replaces_nobody_whose_assignment_needs_approval(assign: dict[str, Any], possible: bool) -> None:
    assert reassigned(assigned(**assign)) is possible


def test_the_office_replaces_nobody_while_the_acts_condition_does_not_hold() -> None:
    case = assigned(when={"size": "small"})
    case.act("reply", MANAGER)
    assert reassigned(case) is False
