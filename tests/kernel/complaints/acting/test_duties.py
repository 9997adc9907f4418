"""Duties from which the record excludes people: acts, approvals and tasks of the present stage."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.acting.duties import Duty, duties
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy, staff

OTHER = staff("sub-other", "agent")


def case() -> Case:
    changes: dict[str, Any] = {
        "stages": {
            "open": {
                "recuse": {"by": ["agent", "manager"], "takes": "person"},
                "decide": {"by": "agent", "to": "done", "approval": {"by": "manager"}},
            }
        },
        "tasks": {"call": {"en": "Call", "for": "agent", "on": "registered", "within": "1 day"}},
    }
    return Case(policy(changes))


def found(asked: Case) -> dict[str, Duty]:
    return {duty.act: duty for duty in duties(asked.policy, asked.complaint)}


def test_without_an_exclusion_no_duty_is_at_risk() -> None:
    assert found(case()) == {}


def test_a_recusal_concerns_each_act_approval_and_task() -> None:
    asked = case()
    asked.act("decide", OTHER)
    asked.act("recuse", MANAGER, person=["sub-agent"])
    every = found(asked)
    assert {act: duty.roles for act, duty in every.items()} == {
        "recuse": ["agent", "manager"],
        "decide": ["agent"],
        "approve": ["manager"],
        "do_task": ["agent"],
    }
    assert {act: duty.key for act, duty in every.items() if act != "recuse"} == {
        "decide": "open/decide",
        "approve": "open/approve/4",
        "do_task": "open/do_task/2",
    }
    assert [(duty.events, duty.people[-1]) for duty in every.values()] == [(["recused"], ["sub-agent"])] * 4


def test_a_task_is_unstaffed_when_the_record_excludes_the_last_person_of_its_role() -> None:
    asked = case()
    asked.act("recuse", MANAGER, person=["sub-agent"])
    task = found(asked)["do_task"]
    assert (task.is_unstaffed([AGENT, MANAGER]), task.is_unstaffed([AGENT, OTHER])) == (True, False)
    assert not task.is_unstaffed([MANAGER]), "without any member the role lacks people, and no exclusion is the cause"
