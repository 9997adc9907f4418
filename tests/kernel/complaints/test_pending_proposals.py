"""What a pending proposal depends on: events, time, files and switches void it, and its proposer is told each time."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chalicelib.complaints.acting import demands
from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import small_procedure
from tests.kernel.complaints.small_procedure import MANAGER, NUMBER, START, Case

APPROVAL = {"approval": {"by": "manager"}}
EVIDENCE = {"evidence": {"photo": {"en": "P"}}, "unit": "none"}
OF = {"of": {"en": "Of", "kind": "choice", "choices": {"complainant": {"en": "C"}}}}
DEMAND = {"by": "agent", "needs": "of", "within": "1 day"}
CLOCK = {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "5 working days"}
SEVERITY = {"classes": {"lo": {"en": "l"}, "hi": {"en": "h"}}}


def policy(**changes: Any) -> Policy:
    return small_procedure.policy({"tiers": [{"roles": "manager"}], **changes})


def opened(**acts: Any) -> dict[str, Any]:
    return {"open": {"decide": {"by": "agent", "to": "done"}, **acts}}


def told(drafts: Any) -> list[list[str]]:
    return [one.fields["to"] for one in drafts if one.fields.get("wording") == "voided"]


def pass_time(case: Case, to: int) -> Case:
    flow = Flow(case.policy, case.complaint)
    advance(flow, to)
    case.complaint, case.now = flow.complaint, to
    case.drafts.extend(flow.drafts)
    return case


# ---- values ----------------------------------------------------------------------------------------------------------


def test_an_act_that_ends_the_clock_of_a_condition_voids_the_proposal() -> None:
    decide = {"by": "agent", "to": "done", "when": {"clock.answer": "running"}, **APPROVAL}
    stages = opened(decide=decide, reply={"by": "agent"}, close={"by": "agent", "to": "done"})
    case = Case(policy(stages=stages, clocks={"answer": {**CLOCK, "until": "replied"}}))
    case.act("decide")
    assert case.act("reply").proposals == {}
    assert told(case.drafts) == [["@sub-agent"]]


def test_an_act_that_changes_the_condition_of_a_ground_voids_the_proposed_refusal() -> None:
    acts = {
        "accept": {"by": "agent", "sets": {"x": "yes"}},
        "reply": {"by": "agent", "sets": {"x": "no"}},
        "refuse": {"by": "agent", "needs": "ground", "to": "done", **APPROVAL},
    }
    refusals = {"late": {"en": "Late", "when": {"x": "yes"}}, "other": {"en": "Other"}}
    case = Case(policy(intake={"refusals": refusals}, stages=opened(**acts)))
    case.act("accept")
    case.act("refuse", ground="late")
    assert case.act("reply").proposals == {}


LEADS = {"to": [{"stage": "second", "when": {"severity": "lo"}}, {"stage": "done", "when": {"severity": "hi"}}]}
TELLS = {"to": "done", "tells": [{"to": "complainant", "when": {"severity": "hi"}}]}


@pytest.mark.parametrize("outcome", [LEADS, TELLS], ids=["where it leads", "whom it tells"])
def test_an_act_that_changes_the_outcome_of_the_proposed_one_voids_the_proposal(outcome: dict[str, Any]) -> None:
    acts = {"decide": {"by": "agent", **outcome, **APPROVAL}, "classify": {"by": "agent", "needs": "severity"}}
    second = {"close": {"by": "agent", "to": "done"}}
    stages = {"open": acts, "second": second} if outcome is LEADS else {"open": acts}
    case = Case(policy(severity=SEVERITY, stages=stages), severity="lo")
    case.act("decide")
    assert case.act("classify", severity="hi").proposals == {}
    assert told(case.drafts) == [["@sub-agent"]]


def test_ageing_voids_a_proposal_and_the_proposer_is_told() -> None:
    severity = {**SEVERITY, "ageing": {"after": "1 day", "until": "decided", "to": "hi"}}
    decide = {"by": "agent", "to": "done", "approval": {"by": "manager", "when": {"severity": "lo"}}}
    case = Case(policy(severity=severity, stages={"open": {"decide": decide}}), severity="lo")
    case.act("decide")
    pass_time(case, START + 3 * DAY)
    assert (case.complaint.proposals, told(case.drafts)) == ({}, [["@sub-agent"]])


def test_a_file_that_answers_a_demand_voids_a_proposal_and_the_proposer_is_told() -> None:
    decide = {"by": "agent", "to": "done", "when": {"demand": ["open", "none"]}, **APPROVAL}
    case = Case(policy(intake=EVIDENCE, fields=OF, stages={"open": {"demand_evidence": DEMAND, "decide": decide}}))
    case.act("demand_evidence", of="complainant")
    case.act("decide")
    flow = Flow(case.policy, case.complaint)
    demands.answer_with_file(flow, {"kind": "photo"}, COMPLAINANT.actor(), case.now + HOUR)
    assert (flow.complaint.proposals, told(flow.drafts)) == ({}, [["@sub-agent"]])


# ---- stages ----------------------------------------------------------------------------------------------------------

MOVING = {
    "open": {
        "decide": {"by": "agent", "to": "done", **APPROVAL},
        "forward": {"by": "agent", "to": "second"},
        "park": {"by": "agent", "to": "third"},
        "reply": {"by": "agent", "to": "fourth"},
    },
    "second": {"close": {"by": "agent", "to": "done"}},
    "third": {"decide": {"by": "agent", "to": "second", **APPROVAL}},
    "fourth": {"decide": {"by": "agent", "to": "done", **APPROVAL}},
}


@pytest.mark.parametrize(
    ("act", "left"), [("forward", 0), ("park", 0), ("reply", 1)], ids=["lacks the act", "another target", "same act"]
)
def test_a_stage_that_lacks_the_act_or_defines_it_differently_voids_the_proposal(act: str, left: int) -> None:
    case = Case(policy(stages=MOVING))
    case.act("decide")
    assert len(case.act(act).proposals) == left
    assert told(case.drafts) == [["@sub-agent"]] * (1 - left)


# ---- demands and runs ------------------------------------------------------------------------------------------------


def test_a_lapsed_demand_voids_the_proposal_to_answer_it() -> None:
    acts = {"demand_evidence": DEMAND, "receive_evidence": {"by": "agent", **APPROVAL}}
    case = Case(policy(intake=EVIDENCE, fields=OF, stages=opened(**acts)))
    case.act("demand_evidence", of="complainant")
    case.act("receive_evidence")
    pass_time(case, START + 3 * DAY)
    assert told(case.drafts) == [["@sub-agent"]]
    case.act("demand_evidence", of="complainant")
    assert case.refusal("approve", MANAGER) == "act-not-open"
    assert len(case.complaint.demands) == 1


def test_an_approved_receipt_answers_the_demand_that_was_the_only_one_at_the_proposal() -> None:
    acts = {"demand_evidence": DEMAND, "receive_evidence": {"by": "agent", **APPROVAL}}
    case = Case(policy(intake=EVIDENCE, fields=OF, stages=opened(**acts)))
    case.act("demand_evidence", of="complainant")
    case.act("receive_evidence")
    case.act("demand_evidence", of="complainant")
    case.act("approve", MANAGER, {})
    left = [key for key in case.complaint.demands if case.complaint.demand_to_answer(key) is not None]
    assert left == [str(case.complaint.seq - 3)]
    assert next(one for one in case.drafts if one.type == "evidence_received").fields["demand"] == f"{NUMBER}/2"


def test_a_restarted_clock_voids_the_extension_of_its_run_before() -> None:
    acts = {"accept": {"by": "agent"}, "extend": {"by": "agent", "needs": ["clock", "until"], **APPROVAL}}
    case = Case(policy(stages=opened(**acts), clocks={"answer": {**CLOCK, "from": ["registered", "accepted"]}}))
    case.act("extend", clock="answer", until=to_text(START + 30 * DAY))
    case.act("accept")
    assert (case.complaint.proposals, told(case.drafts)) == ({}, [["@sub-agent"]])


def test_an_extension_of_the_same_run_is_approved() -> None:
    acts = {"reply": {"by": "agent"}, "extend": {"by": "agent", "needs": ["clock", "until"], **APPROVAL}}
    case = Case(policy(stages=opened(**acts), clocks={"answer": CLOCK}))
    until = to_text(START + 30 * DAY)
    case.act("extend", clock="answer", until=until)
    case.act("reply")
    case.act("approve", MANAGER, {"clock": "answer", "until": until})
    assert case.complaint.runs[0].due == START + 30 * DAY


# ---- switches --------------------------------------------------------------------------------------------------------

OUTCOME = {"outcome": {"en": "O", "kind": "choice", "choices": {"a": {"en": "a"}, "b": {"en": "b"}}}}
PROPOSED = {"by": "agent", "needs": "outcome", "to": "done", **APPROVAL}


def switched(case: Case, document: Any, **terms: Any) -> Case:
    new, case.now = compile_policy(document, "2"), case.now + HOUR
    plan = switching.plan(case.policy, new, case.complaint, SwitchTerms(**terms), [], case.now)
    flow = Flow(new, case.complaint)
    switching.perform(flow, plan, SwitchTerms(**terms), Actor("owner", "o", "owner"), case.now)
    case.complaint, case.policy = flow.complaint, new
    case.drafts.extend(flow.drafts)
    return case


def proposed() -> Case:
    case = Case(policy(fields=OUTCOME, stages={"open": {"decide": PROPOSED}}))
    case.act("decide", outcome="a")
    return case


def _renamed(decide: Any) -> Any:
    document = copy.deepcopy(small_procedure.DOCUMENT)
    document.update(fields=OUTCOME, tiers=[{"roles": "manager"}])
    document["intake"]["first"] = "begin"
    document["stages"] = {"begin": {"decide": decide}, "done": {"name": {"en": "Done"}}}
    return publishing.prepare(document).document


def test_a_switch_that_renames_the_stage_keeps_a_proposal_of_the_same_act() -> None:
    case = switched(proposed(), _renamed(PROPOSED), stages={"open": "begin"})
    assert (case.complaint.stage, len(case.complaint.proposals), told(case.drafts)) == ("begin", 1, [])
    assert case.act("approve", MANAGER, {"outcome": "a"}).stage == "done"


@pytest.mark.parametrize(
    "change",
    [
        {"stages": {"open": {"decide": {**PROPOSED, "sets": {"refund": "yes"}}}}},
        {"stages": {"open": {"decide": {**PROPOSED, "approval": {"by": ["manager", "agent"]}}}}},
        {"fields": {"outcome": {**OUTCOME["outcome"], "choices": {"a": {"en": "another"}}}}},
    ],
    ids=["effects", "approvers", "choices"],
)
def test_a_switch_to_another_definition_of_the_act_voids_the_proposal(change: dict[str, Any]) -> None:
    new = policy(**{"fields": OUTCOME, "stages": {"open": {"decide": PROPOSED}}, **change})
    case = switched(proposed(), new.document)
    assert (case.complaint.proposals, case.complaint.origins, told(case.drafts)) == ({}, {}, [["@sub-agent"]])
    event = next(one for one in case.drafts if one.type == "switched")
    assert event.result.voided == ["2"]
