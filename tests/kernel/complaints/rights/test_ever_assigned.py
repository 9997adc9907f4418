"""`not: assigned.<role>`: all who were ever assigned to the complaint in this role are excluded."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.rights.exclusion import selected_recipients
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.policy.language.parts import PeopleSelector
from tests.kernel.complaints.small_procedure import MANAGER, Case, policy, staff

ANN, BEN, CAT = staff("sub-ann", "agent"), staff("sub-ben", "agent"), staff("sub-cat", "agent")
NOT = {"role": "agent", "not": ["assigned.mediator"]}
STAGES: dict[str, Any] = {
    "open": {
        "assign": {"by": "manager", "needs": "who", "assigns": {"mediator": "who"}},
        "forward": {"by": "manager", "needs": "handler", "assigns": {"agent": "handler"}},
        "decide": {"by": NOT, "to": "done"},
        "inspect": {"by": {"role": "agent", "not": ["forwarded", "assigned.agent"]}},
        "close": {"by": "manager", "to": "done"},
    }
}


def case() -> Case:
    people = {"mediator": {"en": "Mediator"}}
    fields = {"who": {"en": "Mediator"}, "handler": {"en": "Handler"}}
    return Case(policy({"people": people, "fields": fields, "stages": STAGES}))


def test_a_person_who_is_assigned_is_excluded() -> None:
    found = case()
    found.act("assign", MANAGER, who=["sub-ann"])
    assert found.refusal("decide", ANN) == "forbidden"
    assert found.act("decide", BEN).stage == "done"


def test_a_person_who_was_assigned_and_is_no_longer_stays_excluded() -> None:
    found = case()
    found.act("assign", MANAGER, who=["sub-ann", "sub-ben"])
    found.act("assign", MANAGER, who=["sub-ben"])
    found.act("assign", MANAGER, who=["sub-cat"])
    assert [found.refusal("decide", one) for one in (ANN, BEN, CAT)] == ["forbidden"] * 3
    assert found.complaint.formerly == {"mediator": ["sub-ann", "sub-ben"]}


def test_who_is_assigned_again_is_named_once() -> None:
    found = case()
    for who in ("sub-ann", "sub-ben", "sub-ann"):
        found.act("assign", MANAGER, who=[who])
    assert (found.complaint.formerly, found.complaint.assigned) == (
        {"mediator": ["sub-ben"]},
        {"mediator": ["sub-ann"]},
    )


def test_an_assignment_in_another_role_excludes_nobody() -> None:
    found = case()
    found.act("forward", MANAGER, handler=["sub-ann"])
    assert found.refusal("inspect", ANN) == "forbidden"
    assert found.act("decide", ANN).stage == "done"


def test_a_person_who_stands_in_for_the_assigned_now_is_excluded() -> None:
    found = case()
    found.act("assign", MANAGER, who=["sub-ann"])
    deputy = Asker("staff", "sub-dan", (Grant("agent"),), absent=frozenset({"sub-ann"}))
    assert found.refusal("decide", deputy) == "forbidden"


def test_messages_leave_them_out_because_of_the_assignment() -> None:
    found = case()
    found.act("assign", MANAGER, who=["sub-ann"])
    selected = selected_recipients(found.complaint, [PeopleSelector(role="agent", excluded=["assigned.mediator"])])
    assert (selected.excluded, selected.events) == ({"agent": ["sub-ann"]}, ["assigned"])
