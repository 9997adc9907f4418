"""Which proposal an approval settles, by whom, and that the act must still be open then."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import approvals
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import MANAGER, NUMBER, Case, policy

APPROVAL = {"approval": {"by": "manager"}}
STAGES = {
    "open": {
        "decide": {"by": "agent", "to": "done", **APPROVAL},
        "reply": {"by": "agent", **APPROVAL},
    }
}
UNIT = {"unit": "optional"}


def proposed_twice() -> Case:
    case = Case(policy({"stages": STAGES}))
    case.act("decide")
    case.act("reply")
    return case


def manager(unit: str | None) -> Asker:
    return Asker("staff", "sub-manager", (Grant("manager", unit=unit),))


# ---- which proposal --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_without_a_proposal_there_is_nothing_to_settle(act: str) -> None:
    case = Case(policy({"stages": STAGES}))
    with pytest.raises(Problem) as refused:
        case.act(act, MANAGER, {})
    assert (refused.value.kind, refused.value.extra) == ("act-not-open", {"acts": []})
    assert refused.value.detail == "Nothing awaits approval in this complaint."


@pytest.mark.parametrize("act", ["approve", "reject"])
@pytest.mark.parametrize("name", [{}, {"proposal": "2"}, {"proposal": f"{NUMBER}/9"}], ids=["none", "short", "unknown"])
def test_of_several_proposals_one_must_be_named(act: str, name: dict[str, str]) -> None:
    case = proposed_twice()
    before = case.complaint

    with pytest.raises(Problem) as refused:
        case.act(act, MANAGER, {}, **name)

    [place] = refused.value.places
    assert (refused.value.kind, place.pointer) == ("invalid", "/fields/proposal")
    assert str(place.detail) == f"must be one of: {NUMBER}/2, {NUMBER}/4"
    assert case.complaint is before


@pytest.mark.parametrize(("key", "event"), [("2", "decided"), ("4", "replied")])
def test_the_named_proposal_is_performed(key: str, event: str) -> None:
    case = proposed_twice()
    case.act("approve", MANAGER, {}, proposal=f"{NUMBER}/{key}")
    approved = next(one for one in case.drafts if one.type == "approved")
    assert approved.fields["proposal"] == f"{NUMBER}/{key}"
    assert [one.type for one in case.drafts if one.type in ("decided", "replied")] == [event]


def test_the_form_requires_the_name_among_several_proposals_only() -> None:
    case = Case(policy({"stages": STAGES}))
    case.act("decide")
    [only] = approvals.form(case.policy, case.complaint, MANAGER)
    case.act("reply")
    [one_of_two] = approvals.form(case.policy, case.complaint, MANAGER)
    assert [(form.required, list(form.choices)) for form in (only, one_of_two)] == [
        (False, [f"{NUMBER}/2"]),
        (True, [f"{NUMBER}/2", f"{NUMBER}/4"]),
    ]


def of_two_approvers() -> Case:
    """The manager approves `decide`, the head `reply`."""
    acts = {**STAGES["open"], "reply": {"by": "agent", "approval": {"by": "head"}}}
    case = Case(policy({"people": {"head": {"en": "Head"}}, "stages": {"open": acts}}))
    case.act("decide")
    case.act("reply")
    return case


HEAD = Asker("staff", "sub-head", (Grant("head"),))


@pytest.mark.parametrize(("asker", "own"), [(MANAGER, "2"), (HEAD, "4")], ids=["manager", "head"])
def test_the_form_of_an_approver_has_the_proposals_that_they_may_approve(asker: Asker, own: str) -> None:
    case = of_two_approvers()

    [form] = approvals.form(case.policy, case.complaint, asker)

    assert (form.required, list(form.choices)) == (False, [f"{NUMBER}/{own}"])


@pytest.mark.parametrize(("asker", "event"), [(MANAGER, "decided"), (HEAD, "replied")], ids=["manager", "head"])
def test_an_approval_without_a_name_is_of_the_only_proposal_of_this_approver(asker: Asker, event: str) -> None:
    case = of_two_approvers()

    case.act("approve", asker, {})

    assert [one.type for one in case.drafts if one.type in ("decided", "replied")] == [event]


def test_a_wrong_name_is_answered_with_the_proposals_of_this_approver() -> None:
    case = of_two_approvers()

    with pytest.raises(Problem) as refused:
        case.act("approve", HEAD, {}, proposal=f"{NUMBER}/9")

    assert str(refused.value.places[0].detail) == f"must be one of: {NUMBER}/4"


def test_a_proposal_of_another_approver_is_forbidden_by_its_name() -> None:
    assert of_two_approvers().refusal("approve", HEAD, proposal=f"{NUMBER}/2") == "forbidden"


# ---- the approver's unit ---------------------------------------------------------------------------------------------


def proposed_in_north() -> Case:
    case = Case(policy({"stages": STAGES, "intake": UNIT}), unit="north")
    case.act("decide")
    return case


def test_a_manager_of_another_unit_does_not_approve() -> None:
    case, other = proposed_in_north(), manager("south")
    [key] = case.complaint.proposals
    assert case.refusal("approve", other) == "forbidden"
    assert approvals.approvable_by(case.policy, case.complaint, other) == []
    assert not approvals.could_approve(case.policy, case.complaint, key, other)
    assert "approve" not in case.open_to(other)


@pytest.mark.parametrize("unit", ["north", None], ids=["own unit", "all units"])
def test_a_manager_whose_grant_covers_the_unit_approves(unit: str | None) -> None:
    case, own = proposed_in_north(), manager(unit)
    [key] = case.complaint.proposals
    assert approvals.could_approve(case.policy, case.complaint, key, own)
    assert "approve" in case.open_to(own)
    case.act("approve", own, {})
    approved = next(one for one in case.drafts if one.type == "approved")
    assert (case.complaint.stage, approved.actor.unit) == ("done", unit)


# ---- the act must still be open --------------------------------------------------------------------------------------

WHEN = {"when": {"checked": "yes"}}
LATER = {
    "inspect": {"by": "agent", "sets": {"checked": "yes"}},
    "reply": {"by": "agent", "sets": {"checked": "no"}},
}
LIMITED = {"decide": {"by": "agent", "to": "done", **WHEN, **APPROVAL}, **LATER}


def proposed_under(**acts: Any) -> Case:
    case = Case(policy({"stages": {"open": acts}}))
    case.act("inspect")
    case.act("decide")
    return case


def test_a_proposal_whose_condition_no_longer_holds_is_not_performed() -> None:
    case = proposed_under(**LIMITED)
    case.act("reply")
    before = case.complaint

    assert case.refusal("approve", MANAGER) == "act-not-open"

    assert case.complaint is before
    assert (len(before.proposals), "decided" in case.types) == (0, False)


def test_a_proposal_whose_condition_still_holds_is_performed() -> None:
    case = proposed_under(**LIMITED)
    case.act("inspect")
    assert case.act("approve", MANAGER, {}).stage == "done"


CLOSE = {"close": {"by": "agent", "to": "done", "after": "decided", **APPROVAL}}
REOPENED = {
    "open": {"decide": {"by": "agent"}, "reopen": {"by": "agent", "to": "again"}, **CLOSE},
    "again": {"decide": {"by": "agent"}, **CLOSE},
}


def test_a_proposal_whose_earlier_event_was_undone_waits_until_it_happens_again() -> None:
    case = Case(policy({"stages": REOPENED}))
    for act in ("decide", "close", "reopen"):
        case.act(act)
    assert (case.refusal("approve", MANAGER), len(case.complaint.proposals)) == ("act-not-open", 1)

    case.act("decide")
    assert case.act("approve", MANAGER, {}).stage == "done"
