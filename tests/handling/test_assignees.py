"""People in fields of kind `people`: only those that a person gives are compared with the members."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM, Occurrence
from chalicelib.features.handling import assignees
from chalicelib.kit.problem import Problem
from infra.memory_store.store import MemoryStore
from tests.kernel.complaints.small_procedure import AGENT, Case, policy

STRANGER = "3f05addb-5b1d-4b7e-8f9d-aa13b5101dc0"
CHANGES: dict[str, Any] = {
    "tiers": [{"roles": "manager"}],
    "fields": {"role": {"en": "Person", "kind": "people"}},
    "stages": {"open": {"inspect": {"by": "agent", "takes": "role"}, "decide": {"by": "agent", "to": "done"}}},
}


def flow() -> Flow:
    case = Case(policy(CHANGES))
    return Flow(case.policy, case.complaint)


def checked(asked: Flow) -> None:
    with binding.tenant("acme"):
        assignees.check(MemoryStore(), "acme", asked, [], {}, None)


def test_a_person_in_a_field_of_an_act_is_a_member() -> None:
    asked = flow()
    asked.add("inspected", Occurrence(1, AGENT.actor(), act="inspect"), {"role": [STRANGER]})
    with pytest.raises(Problem) as refused:
        checked(asked)
    assert [place.pointer for place in refused.value.places] == ["/fields/role"]
    assert refused.value.detail == "People are assigned by their id as members of the organisation."


def test_a_field_of_this_name_in_an_event_of_time_names_no_person() -> None:
    """The event of a task has its role."""
    asked = flow()
    asked.add("task_opened", Occurrence(1, SYSTEM), {"task": "call", "role": "agent"})
    checked(asked)
    assert [draft.type for draft in asked.drafts] == ["task_opened"]
