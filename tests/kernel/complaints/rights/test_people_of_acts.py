"""Assignments by any act, acts of several roles, and acts that ask for a clock."""

from __future__ import annotations

import pytest

from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy, staff

ASSIGNING = {
    "fields": {"officer": {"en": "Officer"}},
    "stages": {
        "open": {
            "accept": {"by": "manager", "needs": "officer", "to": "accepted", "assigns": {"agent": "officer"}},
        },
        "accepted": {"decide": {"by": {"role": "agent", "of": "assigned"}, "to": "done"}},
    },
}


def test_any_act_can_assign() -> None:
    case = Case(policy(ASSIGNING))
    assert case.act("accept", MANAGER, officer=["sub-agent"]).assigned == {"agent": ["sub-agent"]}
    assert case.refusal("decide", staff("sub-other", "agent")) == "forbidden"
    assert case.act("decide").stage == "done"


@pytest.mark.parametrize(
    ("unit", "own", "refused"),
    [(None, "north", None), ("north", "north", None), ("north", "south", "forbidden"), ("north", None, "forbidden")],
)
def test_an_act_of_the_unit_is_for_its_members_and_without_a_unit_for_members_of_any(
    unit: str | None, own: str | None, refused: str | None
) -> None:
    decide = {"by": [{"role": "agent", "of": "unit"}, "manager"], "to": "done"}
    case = Case(policy({"intake": {"unit": "optional"}, "stages": {"open": {"decide": decide}}}), unit=unit)
    assert case.refusal("decide", Asker("staff", "sub-agent", (Grant("agent", own),))) == refused


ALL = {
    "fields": {"view": {"kind": "choice", "choices": {"yes": {"en": "Yes"}, "no": {"en": "No"}}}},
    "stages": {
        "open": {"confirm": {"by": ["agent", "manager"], "all": True, "needs": "view", "to": "done"}},
    },
}


def test_each_role_does_an_act_of_all_once_with_its_own_fields() -> None:
    case = Case(policy(ALL))
    assert case.act("confirm", view="yes").stage == "open"
    assert (case.open_to(AGENT), case.open_to(MANAGER)) == ([], ["confirm"])
    assert case.act("confirm", MANAGER, view="no").stage == "done"
    assert [draft.fields["view"] for draft in case.drafts if draft.type == "confirmed"] == ["yes", "no"]


def test_a_role_that_has_done_it_is_refused() -> None:
    case = Case(policy(ALL))
    case.act("confirm", view="yes")
    assert case.refusal("confirm", view="yes") == "act-not-open"
    assert case.refusal("confirm", staff("sub-third", "agent"), view="yes") == "act-not-open"


def test_one_person_in_both_roles_does_it_once() -> None:
    case, both = Case(policy(ALL)), staff("sub-both", "agent", "manager")
    case.act("confirm", both, view="yes")
    assert case.refusal("confirm", both, view="yes") == "act-not-open"
    assert case.act("confirm", MANAGER, view="yes").stage == "done"


CLOCK = {
    "clocks": {"check": {"from": "registered", "until": "inspected", "within": "3 hours", "missed": "record"}},
    "stages": {
        "open": {
            "inspect": {"by": "agent", "when": {"clock.check": "running"}},
            "decide": {"by": "agent", "to": "done", "when": {"clock.check": ["met", "missed"]}},
            "close": {"by": "manager", "to": "done"},
        },
    },
}


def test_an_act_can_ask_for_the_latest_run_of_a_clock() -> None:
    case = Case(policy(CLOCK))
    assert case.refusal("decide") == "act-not-open"
    case.act("inspect")
    assert case.open_to() == ["decide"]
    with pytest.raises(Problem):
        case.act("inspect")
    assert case.act("decide").stage == "done"
