"""Acts with `all`: each role does them once, and they take effect when the last role has done them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant, as_party
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints import small_procedure
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, NUMBER, Case, staff

DIRECTOR = staff("sub-director", "director")
CLOCKS = {
    "answer": {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "5 working days"},
    "payment": {"name": {"en": "P"}, "from": "decided", "until": "closed", "within": "5 working days"},
}
DECIDE = {"by": ["agent", "manager"], "all": True, "to": "done", "tells": ["complainant", "director"]}

DECIDED = {"decide": DECIDE, "close": {"by": "director", "to": "done", "after": "decided"}}


def policy(**changes: Any) -> Policy:
    people = {"director": {"en": "Director"}}
    tiers = [{"roles": ["agent", "manager", "director"]}]
    return small_procedure.policy({"tiers": tiers, "people": people, **changes})


def states(case: Case) -> dict[str, str]:
    return {run.clock: run.state for run in case.complaint.runs}


def test_clocks_messages_and_after_wait_for_the_last_role() -> None:
    case = Case(policy(stages={"open": DECIDED}, clocks=CLOCKS))
    case.act("decide")
    assert (states(case), case.open_to(DIRECTOR), case.complaint.stage) == ({"answer": "running"}, [], "open")
    assert case.types == ["registered", "decided"]
    case.act("decide", MANAGER)
    assert (states(case), case.complaint.stage) == ({"payment": "running"}, "done")
    assert [one.fields["to"] for one in case.drafts if one.type == "notified"] == [["complainant"], ["director"]]


def test_the_last_role_answers_the_demand() -> None:
    receive = {"by": ["agent", "manager"], "all": True}
    of = {"en": "Of", "kind": "choice", "choices": {"complainant": {"en": "C"}}}
    acts = {
        "demand_evidence": {"by": "agent", "needs": "of", "within": "5 days"},
        "receive_evidence": receive,
        "decide": {"by": "agent", "to": "done", "when": {"demand": "answered"}},
        "close": {"by": "manager", "to": "done"},
    }
    intake = {"evidence": {"photo": {"en": "P"}}, "unit": "none"}
    case = Case(policy(intake=intake, fields={"of": of}, stages={"open": acts}))
    case.act("demand_evidence", of="complainant")
    assert len(case.act("receive_evidence").demands) == 1
    assert case.refusal("decide") == "act-not-open"
    assert case.act("receive_evidence", MANAGER).demand_to_answer("2") is None
    assert case.refusal("decide") is None


# ---- approvals -------------------------------------------------------------------------------------------------------

FINE = {"fine": {"en": "F", "kind": "flag"}}
AGREE = {"by": ["agent", "manager"], "all": True, "to": "done", "approval": {"by": "director"}}


def test_an_approved_act_counts_for_the_proposers_role() -> None:
    case = Case(policy(stages={"open": {"agree": AGREE}}))
    case.act("agree")
    assert case.act("approve", DIRECTOR, {}).signed == {"agree": ["agent"]}
    assert case.refusal("agree", staff("sub-third", "agent")) == "act-not-open"
    case.act("agree", MANAGER)
    assert case.act("approve", DIRECTOR, {}).stage == "done"


def test_one_roles_approved_act_does_not_void_the_proposal_of_another() -> None:
    agree = {**AGREE, "needs": "fine", "sets": {"x": "field.fine"}}
    case = Case(policy(fields=FINE, stages={"open": {"agree": agree}}))
    case.act("agree", AGENT, fine=True)
    case.act("agree", MANAGER, fine=False)
    case.act("approve", DIRECTOR, {"fine": True}, proposal=f"{NUMBER}/2")
    assert list(case.complaint.proposals) == ["4"]
    assert case.act("approve", DIRECTOR, {"fine": False}).stage == "done"


def test_a_second_proposal_for_a_role_is_void_when_the_first_is_approved() -> None:
    case = Case(policy(stages={"open": {"agree": AGREE}}))
    case.act("agree")
    case.act("agree", staff("sub-third", "agent"))
    assert case.act("approve", DIRECTOR, {}, proposal=f"{NUMBER}/2").proposals == {}
    assert [one.fields["to"] for one in case.drafts if one.fields.get("wording") == "voided"] == [["@sub-third"]]


# ---- people ----------------------------------------------------------------------------------------------------------

CONFIRM = {"open": {"confirm": {"by": ["agent", "manager"], "all": True, "to": "done"}}}
CLOSE = {"by": "director", "to": "done"}
BOTH = staff("sub-both", "agent", "manager")


@pytest.mark.parametrize(
    "second",
    [BOTH, Asker("staff", "sub-deputy", (Grant("manager", lent_by="sub-both"),), absent=frozenset({"sub-both"}))],
    ids=["in person", "by a deputy"],
)
def test_nobody_does_it_for_two_roles(second: Asker) -> None:
    case = Case(policy(stages=CONFIRM))
    assert case.act("confirm", BOTH).signed == {"confirm": ["agent"]}
    assert (case.open_to(second), case.refusal("confirm", second)) == ([], "act-not-open")
    assert case.act("confirm", MANAGER).stage == "done"


def test_a_deputy_who_did_it_does_not_do_it_in_their_own_role() -> None:
    case = Case(policy(stages=CONFIRM))
    case.act("confirm", Asker("staff", "sub-deputy", (Grant("agent", lent_by="sub-both"), Grant("manager"))))
    assert case.refusal("confirm", staff("sub-deputy", "manager")) == "act-not-open"
    assert case.refusal("confirm", BOTH) == "act-not-open"


def test_whose_proposal_was_approved_does_not_do_it_for_another_role_but_the_approver_may() -> None:
    agree = {**AGREE, "approval": {"by": "manager"}}
    case = Case(policy(stages={"open": {"agree": agree}}))
    case.act("agree", BOTH)
    case.act("approve", MANAGER, {})
    assert (case.open_to(BOTH), case.open_to(MANAGER)) == ([], ["agree"])


def test_who_records_a_partys_statement_does_it_for_their_own_role_too() -> None:
    case = Case(
        policy(stages={"open": {"agree": {"by": ["complainant", "agent"], "all": True, "to": "done"}, "close": CLOSE}})
    )
    recorder = as_party(AGENT, "complainant", None)
    assert recorder is not None
    case.act("agree", recorder)
    assert case.refusal("agree", COMPLAINANT) == "act-not-open"
    assert case.act("agree").stage == "done"


def test_who_has_done_it_for_their_own_role_records_a_partys_statement_too() -> None:
    agree = {"by": ["complainant", "agent"], "all": True, "to": "done"}
    case = Case(policy(stages={"open": {"agree": agree, "close": CLOSE}}))
    recorder = as_party(AGENT, "complainant", None)
    assert recorder is not None
    case.act("agree")
    assert case.act("agree", recorder).stage == "done"


def test_who_approves_a_complainants_act_does_it_for_their_own_role_too() -> None:
    agree = {"by": ["complainant", "agent"], "all": True, "to": "done", "approval": {"by": "agent"}}
    case = Case(policy(stages={"open": {"agree": agree, "close": CLOSE}}))
    case.act("agree", COMPLAINANT)
    case.act("approve", AGENT, {})
    assert case.complaint.signed == {"agree": ["complainant"]}
    case.act("agree")
    assert case.act("approve", staff("sub-third", "agent"), {}).stage == "done"


def test_another_round_begins_with_the_next_stage() -> None:
    stages = {
        "open": {"confirm": {"by": ["agent", "manager"], "all": True, "to": "second"}},
        "second": {"confirm": {"by": ["agent", "manager"], "all": True, "to": "done"}},
    }
    case = Case(policy(stages=stages))
    case.act("confirm")
    assert case.act("confirm", MANAGER).signers == {}
    assert case.act("confirm").stage == "second"
