"""The office's `assign`: which acts a person may repeat with it, and with which fields."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy

FIELDS = {
    "handler": {"en": "Handler", "most": 1},
    "boss": {"en": "Boss", "most": 1},
    "reason": {"en": "Reason"},
    "grade": {"kind": "choice", "choices": {"high": {"en": "High", "when": {"stage": "later"}}, "low": {"en": "Low"}}},
}
ASSIGN = {"by": "manager", "needs": "handler", "assigns": {"agent": "handler"}}
BOTH = {"by": "manager", "needs": "handler", "takes": "boss", "assigns": {"agent": "handler", "manager": "boss"}}


def later(**first: dict[str, Any]) -> Case:
    """A complaint in a stage that lists no act that assigns. `first`: the acts of the stage before."""
    stages = {
        "open": {**first, "decide": {"by": "agent", "to": "later"}},
        "later": {"close": {"by": ["agent", "manager"], "to": "done"}},
    }
    return Case(policy({"fields": FIELDS, "stages": stages}))


def assigned(case: Case) -> EventDraft:
    return [draft for draft in case.drafts if draft.type == "assigned"][-1]


def form(case: Case, asker: Asker = MANAGER) -> dict[str, bool]:
    """The fields of the office's `assign`; True for those that are required."""
    return {spec.name: spec.required for spec in open_acts.form(case.policy, case.complaint, asker, "assign")}


def offers(case: Case, asker: Asker) -> bool:
    return "assign" in open_acts.office_acts_open_to(case.policy, case.complaint, asker)


def places(case: Case, asker: Asker = MANAGER, **given: Any) -> list[str]:
    with pytest.raises(Problem) as refused:
        case.act("assign", asker, **given)
    return [place.pointer for place in refused.value.places]


def test_an_assign_is_repeated_with_all_its_fields() -> None:
    case = later(assign={**ASSIGN, "needs": ["handler", "reason"], "takes": "grade"})
    case.act("assign", MANAGER, handler=["sub-agent"], reason="Holiday.")
    case.act("decide")

    assert form(case) == {"handler": True, "reason": True, "grade": False}
    assert places(case, handler=["sub-other"]) == ["/fields/reason"]
    assert case.act("assign", MANAGER, handler=["sub-other"], reason="Illness.").assigned == {"agent": ["sub-other"]}
    event = assigned(case)
    assert (event.secrets, event.actor.role) == ({"content": {"reason": "Illness."}}, "manager")


def test_the_choices_of_a_repeated_assign_are_those_of_the_present_case() -> None:
    case = later(assign={**ASSIGN, "takes": "grade"})
    case.act("assign", MANAGER, handler=["sub-agent"])
    assert case.refusal("assign", MANAGER, handler=["sub-agent"], grade="high") == "invalid"
    case.act("decide")

    assert case.refusal("assign", MANAGER, handler=["sub-other"], grade="high") is None


def test_a_repeated_assign_can_give_a_role_that_nobody_had() -> None:
    case = later(assign=BOTH)
    case.act("assign", MANAGER, handler=["sub-agent"])
    case.act("decide")

    assigned = case.act("assign", MANAGER, handler=["sub-other"], boss=["sub-manager"]).assigned
    assert assigned == {"agent": ["sub-other"], "manager": ["sub-manager"]}


def test_an_act_whose_approval_depends_on_its_own_values_is_not_repeated() -> None:
    """Repeated, it would escape the approval: the office gives none of these values."""
    case = later(accept={**ASSIGN, "takes": "grade", "approval": {"by": "agent", "when": {"grade": "low"}}})
    case.act("accept", MANAGER, handler=["sub-agent"])
    case.act("decide")

    assert case.complaint.assigned == {"agent": ["sub-agent"]}
    assert (offers(case, MANAGER), case.refusal("assign", MANAGER, handler=["sub-other"])) == (False, "act-not-open")


def test_of_another_act_only_the_fields_that_name_people_are_repeated() -> None:
    case = later(accept={**ASSIGN, "needs": ["handler", "reason"], "takes": "grade"})
    case.act("accept", MANAGER, handler=["sub-agent"], reason="New.")
    case.act("decide")

    assert form(case) == {"handler": True}
    assert places(case) == ["/fields/handler"]
    assert places(case, handler=["sub-other"], reason="Holiday.") == ["/fields/reason"]
    assert case.act("assign", MANAGER, handler=["sub-other"]).assigned == {"agent": ["sub-other"]}
    assert assigned(case).actor.role == "manager"


def test_of_another_act_each_of_two_people_may_be_replaced_alone() -> None:
    case = later(accept={**BOTH, "needs": ["handler", "boss"], "takes": []})
    case.act("accept", MANAGER, handler=["sub-agent"], boss=["sub-manager"])
    case.act("decide")

    assert form(case) == {"handler": False, "boss": False}
    assert places(case) == ["/fields/handler", "/fields/boss"]
    assert case.act("assign", MANAGER, boss=["sub-other"]).assigned == {
        "agent": ["sub-agent"],
        "manager": ["sub-other"],
    }
    assert case.act("assign", MANAGER, handler=["sub-other"]).assigned["agent"] == ["sub-other"]


def test_of_another_act_a_role_that_nobody_has_is_not_given() -> None:
    case = later(accept=BOTH)
    case.act("accept", MANAGER, handler=["sub-agent"])
    case.act("decide")

    assert form(case) == {"handler": True}
    assert places(case, handler=["sub-other"], boss=["sub-manager"]) == ["/fields/boss"]


def test_a_field_of_two_roles_is_repeated_once() -> None:
    case = later(accept={**ASSIGN, "assigns": {"agent": "handler", "manager": "handler"}})
    case.act("accept", MANAGER, handler=["sub-agent"])
    case.act("decide")

    assert form(case) == {"handler": True}
    assert case.act("assign", MANAGER, handler=["sub-other"]).assigned == {
        "agent": ["sub-other"],
        "manager": ["sub-other"],
    }


def test_each_role_is_repeated_by_one_act_and_an_assign_comes_first() -> None:
    """`accept` has no role left after `assign`, and `forward` has one."""
    forward = {"by": "manager", "needs": "boss", "assigns": {"manager": "boss"}}
    case = later(accept={**ASSIGN, "needs": "reason", "assigns": {"agent": "reason"}}, assign=ASSIGN, forward=forward)
    case.act("accept", MANAGER, reason=["sub-agent"])
    case.act("assign", MANAGER, handler=["sub-agent"])
    case.act("forward", MANAGER, boss=["sub-manager"])
    case.act("decide")

    assert form(case) == {"handler": False, "boss": False}
    assert case.act("assign", MANAGER, boss=["sub-other"]).assigned["manager"] == ["sub-other"]
    assert case.act("assign", MANAGER, handler=["sub-other"]).assigned["agent"] == ["sub-other"]
    assert places(case, reason=["sub-agent"]) == ["/fields/reason", "/fields/handler"]


def test_who_may_not_do_the_first_act_repeats_the_second() -> None:
    forward = {"by": "agent", "needs": "boss", "assigns": {"manager": "boss"}}
    case = later(assign=ASSIGN, forward=forward)
    case.act("assign", MANAGER, handler=["sub-agent"])
    case.act("forward", boss=["sub-manager"])
    case.act("decide")

    assert (form(case, AGENT), form(case, MANAGER)) == ({"boss": True}, {"handler": True})
    assert case.act("assign", boss=["sub-other"]).assigned["manager"] == ["sub-other"]
    assert places(case, AGENT, handler=["sub-other"]) == ["/fields/handler", "/fields/boss"]


def test_who_may_do_neither_act_repeats_none() -> None:
    case = later(accept=ASSIGN)
    case.act("accept", MANAGER, handler=["sub-agent"])
    case.act("decide")

    assert (offers(case, AGENT), offers(case, MANAGER)) == (False, True)
    assert case.refusal("assign", AGENT, handler=["sub-other"]) == "forbidden"


def test_a_party_repeats_no_act_but_its_own_assign() -> None:
    mine = {**ASSIGN, "by": ["complainant", "manager"]}
    for name, refusal in (("supplement", "forbidden"), ("assign", None)):
        case = later(**{name: mine})
        case.act(name, COMPLAINANT, handler=["sub-agent"])
        case.act("decide")

        assert not offers(case, COMPLAINANT)
        assert case.refusal("assign", COMPLAINANT, handler=["sub-other"]) == refusal


def test_of_another_act_a_field_gives_only_the_roles_that_no_act_before_repeats() -> None:
    of_both = {**ASSIGN, "assigns": {"agent": "handler", "manager": "handler"}}
    case = later(accept=of_both, assign={**ASSIGN, "needs": "boss", "assigns": {"agent": "boss"}})
    case.act("accept", MANAGER, handler=["sub-agent"])
    case.act("decide")

    assert case.act("assign", MANAGER, handler=["sub-other"]).assigned == {
        "agent": ["sub-agent"],
        "manager": ["sub-other"],
    }


def test_of_two_assigns_of_a_role_the_first_is_repeated() -> None:
    first, second = {**ASSIGN, "needs": "boss", "assigns": {"agent": "boss"}}, {**ASSIGN, "to": "later"}
    stages = {
        "open": {"assign": first, "decide": {"by": "agent", "to": "between"}},
        "between": {"assign": second},
        "later": {"close": {"by": ["agent", "manager"], "to": "done"}},
    }
    case = Case(policy({"fields": FIELDS, "stages": stages}))
    case.act("assign", MANAGER, boss=["sub-agent"])
    case.act("decide")
    case.act("assign", MANAGER, handler=["sub-agent"])

    assert form(case) == {"boss": True}
    assert case.act("assign", MANAGER, boss=["sub-other"]).assigned == {"agent": ["sub-other"]}
